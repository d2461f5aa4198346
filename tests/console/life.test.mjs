// The whole life of a problem: five people at five browsers, nobody reloads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { give, sees } from "./people.mjs";
import { openStage, report } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

for (const phone of [false, true])
  test(`a problem lives from its report to its end, seen by all as it happens, ${phone ? "on phones" : "on desktops"}`, async () => {
    const [township, county, city, province, department, visitor] = await Promise.all(
      ["township", "county", "city", "province", "department", "visitor"].map((name) => stage.person(name, { phone })));
    await township.goto("/");
    const id = await report(township);
    await Promise.all([township, county, city, province].map((page) => page.goto(`/problems/${id}`)));
    let loads = 0;
    township.on("load", () => ++loads);

    await give(county, "escalate", { reason: "涉及市级部门" });
    await city.locator("[data-command=escalate]").waitFor();
    await give(city, "escalate", { reason: "涉及省级部门" });
    await province.locator("[data-command=accept]").waitFor();
    await give(province, "accept");
    await sees(township, "待交办");
    await give(province, "assign", { lead_unit: { unit: "省自然资源厅" } });
    await sees(township, "待签收");

    await department.goto("/");
    await department.getByRole("link", { name: "贡江镇集贸市场周边道路破损严重" }).first().click();
    await give(department, "acknowledge", { contact: "李工 0791-1234567" });
    await give(department, "log_progress", { text: "已到现场查看。" });
    await sees(province, "办理中");
    await give(department, "submit_resolution", { result: { choose: "已解决" }, measures: "路面已重铺。" });
    await sees(province, "办结审核");
    await give(province, "approve_resolution");
    await sees(township, "待回访");
    await give(township, "give_feedback", { solved: { choose: "彻底解决" }, text: "通车了。" });

    await visitor.goto(`/problems/${id}`);
    await visitor.getByText("报送人反馈").first().waitFor();
    await give(visitor, "log_visit", {
      method: { choose: "现场察看" }, thoroughly_resolved: { choose: "彻底解决" }, accepted_by_grassroots: { choose: "满意" },
      findings: "路面平整，商户满意。",
    });
    await give(visitor, "conclude_visits");
    await sees(province, "待销号");
    await give(province, "close");
    await sees(township, "已销号");
    await township.getByText("已到现场查看。").waitFor();
    assert.equal(loads, 0, "the township's page has been loaded again");
    for (const page of [township, county, city, province, department, visitor]) await page.context().close();
  });

test("what waits for one appears by itself, and counts until it is looked at", async () => {
  const [township, county] = await Promise.all([stage.person("township"), stage.person("county")]);
  await county.goto("/");
  await county.locator("[role=status]").first().waitFor();
  const title = `红色革命遗址保护经费不足 ${Date.now()}`;
  await report(township, title);
  const row = county.getByRole("row", { name: new RegExp(title) });
  await row.waitFor();
  assert.match(await row.getAttribute("class"), /fresh/);
  await county.getByRole("link", { name: title }).click();
  await sees(county, "审核把关");
  await county.goto("/");
  await county.getByRole("row", { name: new RegExp(title) }).waitFor();
  assert.doesNotMatch((await county.getByRole("row", { name: new RegExp(title) }).getAttribute("class")) ?? "", /fresh/);
});

test("nothing was asked of another host, and no page failed", () => {
  assert.deepEqual(stage.foreign, []);
  assert.deepEqual(stage.faults, []);
});
