// A workflow for which the console has no page of its own: its people do their whole job in the browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violationsOf } from "./axe.mjs";
import { fillIn, give, sees } from "./people.mjs";
import { isTooWide, openStage } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

/// What is wrong with the page as it stands.
async function flawsOf(page) {
  await page.waitForTimeout(500); // what fades in would count as a lack of contrast
  const flaws = await violationsOf(page);
  return (await isTooWide(page)) ? [...flaws, "wider than the screen"] : flaws;
}

/// From "my work" to the form of a command: at once by what one has to do, on a phone by the page.
async function takeUp(page, title, command, phone) {
  await page.goto("/");
  const link = page.getByRole("link", { name: title }).first();
  await link.waitFor();
  assert.deepEqual(await flawsOf(page), []);
  const row = page.getByRole("row", { name: new RegExp(title) });
  if (!phone) return row.locator(`[data-do=${command}]`).click();
  await page.locator("li.card", { hasText: title }).locator(".awaits").waitFor();
  await link.click();
  return page.locator(`[data-command=${command}]`).click();
}

for (const phone of [false, true])
  test(`a lead is registered, handed over, rectified, verified and closed, ${phone ? "on phones" : "on desktops"}`, async () => {
    const title = `外墙脱落无人处理 ${Date.now()}`;
    const [leader, department, visitor] = await Promise.all(
      ["leader", "department", "visitor"].map((name) => stage.person(name, { phone })),
    );

    await leader.goto("/");
    if (phone) await leader.getByRole("button", { name: "更多" }).click();
    await leader.locator('a[href="/inspection-leads"]').first().click();
    await leader.getByRole("heading", { name: "督查问题线索" }).waitFor();
    await leader.locator("[data-task=create]").click();
    await fillIn(leader, "register", {
      title,
      description: "热线三次反映，外墙瓷砖脱落砸坏车辆。",
      region: { unit: "贡江镇" },
      kind: { choose: "限期核查" },
      channel: { option: "信访" },
    });
    await leader.getByRole("heading", { name: title }).waitFor();
    assert.match(await leader.title(), new RegExp(title));
    await sees(leader, "已登记");
    assert.equal(await leader.locator("[data-command=judge].el-button--primary").count(), 1);
    await give(leader, "judge", { founded: { choose: "是" }, grounds: "现场照片。" });
    await leader.getByText("现场照片。").first().waitFor();
    assert.equal(await leader.locator("[data-command=hand_over].el-button--primary").count(), 1);
    assert.deepEqual(await flawsOf(leader), []);
    await give(leader, "hand_over", { lead_unit: { unit: "省自然资源厅" } });
    await sees(leader, "已交办");

    await takeUp(department, title, "rectify", phone);
    await fillIn(department, "rectify", { measures: "已加固。" });
    await sees(leader, "已整改");

    await visitor.goto("/");
    await visitor.locator("button.bell").click();
    await visitor.getByRole("button", { name: new RegExp(title) }).first().click();
    await give(visitor, "return", { reason: "又有脱落。" });
    await sees(leader, "已交办");
    await leader.getByText("又有脱落。").first().waitFor();

    await takeUp(department, title, "rectify", phone);
    await fillIn(department, "rectify", { measures: "已全部更换。" });
    await visitor.goto("/inspection-leads");
    await visitor.getByRole("link", { name: title }).first().click();
    await give(visitor, "verify", { findings: "已无隐患。" });
    await give(leader, "close");
    await sees(leader, "已销号");
    await leader.getByText("已无隐患。").first().waitFor();
    assert.equal(await leader.locator("body").getByText("[object").count(), 0);
    assert.deepEqual(await flawsOf(leader), []);
    for (const page of [leader, department, visitor]) await page.context().close();
  });

test("a lead that becomes a problem leads to it, by its title", async () => {
  const leader = await stage.person("leader");
  const title = `拖欠工资 ${Date.now()}`;
  const lead = await leader.api("POST", "/inspection-leads", {
    title, description: "热线反映。", region: "360731100", kind: "listed_supervision", channel: "hotline_12345",
  });
  await leader.api("POST", `/inspection-leads/${lead.id}/commands/judge`, { founded: true, grounds: "工资表。" });
  await leader.goto(`/inspection-leads/${lead.id}`);
  await leader.locator("[data-command=raise_problem]").click();
  await fillIn(leader, "raise_problem", { category: { option: "就业人才" } });
  await leader.locator("dl .linked a", { hasText: title }).click();
  await leader.waitForURL(/\/problems\//);
  await leader.getByRole("heading", { name: title }).waitFor();
});

test("columns and views of one workflow are not those of another", async () => {
  const county = await stage.person("county");
  await county.goto("/inspection-leads");
  await county.getByRole("button", { name: "显示列" }).click();
  const label = county.locator(".columns label", { hasText: "创建时间" });
  if (!(await label.locator("input").isChecked())) await label.click();
  await county.getByRole("columnheader", { name: "创建时间" }).waitFor();
  await county.goto("/problems");
  await county.getByRole("columnheader", { name: "更新时间" }).waitFor();
  assert.equal(await county.getByRole("columnheader", { name: "报送时间" }).count(), 0);
});

test("an address of no workflow is no page", async () => {
  const county = await stage.person("county");
  await county.goto("/matters");
  await county.getByText("没有这个页面").waitFor();
});

test("no page failed meanwhile, and nothing was asked of another host", () => {
  assert.deepEqual(stage.faults, []);
  assert.deepEqual(stage.foreign, []);
});
