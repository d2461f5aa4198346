// The leaders' screen: its figures are the server's, and every one of them leads to the list that it counts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { isTooWide, openStage, password, patienceMs, report } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

async function overview(options, path = "/overview") {
  const leader = await stage.person("leader", options);
  await leader.goto(path);
  await leader.locator(".screen").waitFor();
  await leader.waitForLoadState("networkidle");
  return leader;
}
/// What a link says that its list has: "43 / 49 件" the part, "28 ■ 红灯 34.1%" and "武宁县 4" the number; null: a share or a name.
function countIn(text) {
  const bare = text.replace(/[\d.]+%/g, "");
  const found = /(\d+) \/ \d+ 件/.exec(bare) ?? /(\d+)\D*$/.exec(bare);
  return found ? Number(found[1]) : null;
}
const numberIn = async (locator) => Number(await locator.innerText());

test("who leads is led to the overview when signing in, and elsewhere when something else was wanted", async () => {
  const page = await stage.visitor();
  const signIn = async () => {
    await page.locator("#username").fill("leader");
    await page.locator("#password").fill(password);
    await page.locator("#password").press("Enter");
  };
  await page.goto("/");
  await signIn();
  await page.waitForURL(/\/overview$/);
  await page.getByRole("heading", { name: "态势总览" }).waitFor();
  await page.context().clearCookies();
  await page.goto("/rounds");
  await signIn();
  await page.waitForURL(/\/rounds$/);
});

test("the figures are those of the server", async () => {
  const leader = await overview();
  const [whole] = (await leader.api("GET", "/statistics/summary")).groups;
  assert.equal(await numberIn(leader.locator("[data-figure=total]")), whole.total);
  for (const light of ["on_time", "due_soon", "overdue"])
    assert.equal(await numberIn(leader.locator(`[data-figure=light-${light}]`)), whole.by_light[light]);
  for (const [stage_, count] of Object.entries(whole.by_stage))
    assert.equal(await numberIn(leader.locator(`[data-figure=stage-${stage_}]`)), count);
  for (const rate of ["on_time_rate", "resolution_rate", "satisfaction_rate", "rework_rate"]) {
    const { part, whole: all } = whole[rate];
    assert.match(await leader.locator(`[data-rate=${rate}] .share`).innerText(), new RegExp(`${part} / ${all} 件`));
  }
  const { periods } = await leader.api("GET", "/statistics/trend");
  assert.equal(await leader.locator(".trend canvas").count(), 2);
  assert.equal(await leader.locator("tr[data-period]").count(), periods.length);
  const month = periods.findLast((one) => one.reported > 0);
  for (const moment of ["reported", "assigned", "closed", "overdue"]) {
    const cell = leader.locator(`tr[data-period="${month.from}"] [data-figure=${moment}]`);
    assert.equal(Number(await cell.textContent()), month[moment]);
  }
  const worst = (await leader.api("GET", "/statistics/summary?group_by=unit&sort=-overdue&limit=15")).groups;
  assert.deepEqual(
    await leader.locator(".units tr[data-group]").evaluateAll((rows) => rows.map((row) => row.dataset.group)),
    worst.map((one) => one.key),
  );
});

test("every figure's list has as many problems as the figure says", async () => {
  for (const path of ["/overview", "/overview?round=4&region=3607&rank=rework_rate&by=week"]) {
    const leader = await overview({}, path);
    const links = await leader.locator(".screen a[href^='/problems?']").evaluateAll((all) =>
      all.map((link) => ({ href: link.getAttribute("href"), text: `${link.textContent} ${link.title}` })));
    assert.ok(links.length > 100, `${links.length} links`);
    const wrong = [];
    let compared = 0;
    for (const { href, text } of links) {
      const said = countIn(text);
      if (said === null) continue;
      ++compared;
      const { total } = await leader.api("GET", `${href}&limit=1`);
      if (total !== said) wrong.push(`${text}: ${total} at ${href}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(compared > 0.8 * links.length, `${compared} of ${links.length} compared`);
    await leader.context().close();
  }
});

test("a click on each kind of figure opens its list, with the filter in words", async () => {
  const leader = await overview();
  await leader.locator(".trend summary").click();
  const { periods } = await leader.api("GET", "/statistics/trend");
  const month = periods.findLast((one) => one.closed > 0);
  const rated = periods.findLast((one) => one.on_time_rate.part > 0);
  const kinds = {
    "[data-figure=in_hand] >> nth=0": null,
    "[data-figure=light-overdue]": null,
    "[data-figure=stage-resolve]": null,
    "[data-figure=state-handling]": null,
    "[data-place='3607']": null,
    ".places [data-figure=overdue] >> nth=0": null,
    ".units [data-figure=in_hand] >> nth=0": null,
    [`tr[data-period="${month.from}"] [data-figure=closed]`]: `${month.from} 至 ${month.until} 销号`,
  };
  for (const [selector, words] of Object.entries(kinds)) {
    const figure = leader.locator(selector);
    const count = Number(/\d+\s*$/.exec(await figure.innerText())[0]);
    await figure.click();
    await leader.waitForURL(/\/problems\?/);
    await leader.locator(".pager").getByText(`共 ${count} 件`).waitFor();
    if (words) await leader.locator(".filters").getByText(words).waitFor();
    await leader.goBack();
    await leader.locator(".screen").waitFor();
    if (!(await leader.locator(".trend details").evaluate((details) => details.open)))
      await leader.locator(".trend summary").click();
  }
  await leader.locator(`tr[data-period="${rated.from}"] [data-figure=on_time_rate]`).click();
  await leader.locator(".pager").getByText(`共 ${rated.on_time_rate.part} 件`).waitFor();
  await leader.locator(".filters").getByText("按期报结").waitFor();
  await leader.locator(".filters .el-tag__close").first().click();
  await leader.waitForURL((url) => !url.searchParams.has("outcome"));
});

test("a bar of the chart opens its list too", async () => {
  const leader = await overview();
  const canvas = leader.locator(".trend canvas").first();
  const box = await canvas.boundingBox();
  // Bars stand on the axis: one of the last month's is found by going along its foot.
  for (let x = box.width - 20; x > 40 && leader.url().includes("/overview"); x -= 4)
    await leader.mouse.click(box.x + x, box.y + box.height - 30);
  await leader.waitForURL(/\/problems\?.*moment=/);
});

test("what is shown is narrowed to a round and a region, in the address", async () => {
  const leader = await overview({}, "/overview?round=4");
  assert.equal(await numberIn(leader.locator("[data-figure=total]")), 125);
  assert.match(await leader.locator("[data-place='360731']").getAttribute("href"), /round=4/);
  await leader.goto("/overview?region=360731");
  await leader.locator(".screen [data-place='360731100']").waitFor(); // the townships of one county
});

test("it counts anew by itself when something happens", async () => {
  const leader = await overview();
  const known = await numberIn(leader.locator("[data-figure=total]"));
  await report(await stage.person("township"), "总览页面上的一件新问题");
  await leader.locator("[data-figure=total]").getByText(String(known + 1), { exact: true }).waitFor();
});

test("without the server the banner shows, and the last figures stay", async () => {
  const leader = await overview();
  const known = await leader.locator("[data-figure=total]").innerText();
  await leader.context().setOffline(true);
  await leader.getByRole("alert").waitFor();
  await leader.getByRole("button", { name: "按周" }).click(); // cannot be read now
  assert.equal(await leader.locator("[data-figure=total]").innerText(), known);
  await leader.context().setOffline(false);
  await leader.getByRole("alert").waitFor({ state: "detached", timeout: patienceMs });
  await leader.locator("tr[data-period]").nth(25).waitFor({ state: "attached" });
});

test("on a phone nothing is wider than the screen, in both languages", async () => {
  for (const language of ["zh", "en"]) {
    const leader = await overview({ phone: true, language });
    assert.equal(await isTooWide(leader), false, language);
    await leader.locator(".trend canvas").first().waitFor();
  }
});

test("charts come with this page alone", async () => {
  const leader = await stage.person("leader");
  const fetched = [];
  leader.on("response", async (response) => {
    if (response.url().endsWith(".js")) fetched.push((await response.body()).length);
  });
  await leader.goto("/report");
  await leader.waitForLoadState("networkidle");
  const largest = Math.max(...fetched); // that of the charts has more than 500 kB
  assert.ok(largest > 0 && largest < 400_000, `the largest file has ${largest} bytes`);
});

test("no page failed or asked another host meanwhile", () => {
  assert.deepEqual(stage.faults, []);
  assert.deepEqual(stage.foreign, []);
});
