// Many at once: a coordinator gives 125 problems to one unit with one form.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chooseUnit } from "./people.mjs";
import { openStage, report } from "./stage.mjs";

const count = 125;
const mark = `批量${Date.now()}`;
let stage;
let province;

before(async () => {
  stage = await openStage();
  const [township, county, city] = await Promise.all(["township", "county", "city"].map((name) => stage.person(name)));
  province = await stage.person("province");
  const ids = [];
  for (let number = 1; number <= count; ++number) ids.push(await report(township, `${mark} 第${number}号农田水渠淤塞`));
  for (const page of [county, city])
    await page.api("POST", "/problems/commands/escalate", { ids, reason: "涉及省级部门" });
  await province.api("POST", "/problems/commands/accept", { ids });
});
after(() => stage.close());

test("125 problems are assigned with one form, and the result says so of each", async () => {
  await province.goto(`/problems?state=awaiting_dispatch&q=${mark}`);
  await province.getByText(`共 ${count} 件`).waitFor();
  await province.getByLabel("选择本页").check();
  await province.getByRole("button", { name: `选择全部 ${count} 件` }).click();
  await province.getByText(`已选 ${count} 件`).waitFor();
  await province.locator("[data-bulk=assign]").click();
  const dialog = province.getByRole("dialog");
  await chooseUnit(province, dialog.locator("#many-assign-lead_unit"), "省水利厅");
  await dialog.locator("#many-assign-due_at").fill("2027-03-31");
  await dialog.getByRole("button", { name: `交办 ${count} 件` }).click();
  await dialog.getByText(`完成 ${count} 件，未完成 0 件`).waitFor();
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  const { total, items } = await province.api("GET", `/problems?state=awaiting_acknowledgement&q=${mark}&limit=200`);
  assert.equal(total, count);
  assert.ok(items.every((one) => one.handle_due_at.startsWith("2027-03-31")));
});

test("of what cannot be done to all, each is named with its reason", async () => {
  const { items } = await province.api("GET", `/problems?q=${mark}&limit=2`);
  await province.api("POST", `/problems/${items[0].id}/commands/urge`, { note: "请抓紧" });
  await province.goto(`/problems?q=${mark}`);
  await province.getByText(`共 ${count} 件`).waitFor();
  await province.locator("tbody input[type=checkbox]").nth(0).check();
  await province.locator("tbody input[type=checkbox]").nth(1).check();
  await province.locator("[data-bulk=list]").click();
  const dialog = province.getByRole("dialog");
  await dialog.locator("#many-list-note").fill("挂牌督办。");
  await dialog.locator(".el-dialog__footer .el-button--primary").click();
  await dialog.getByText("完成 1 件，未完成 1 件").waitFor();
  await dialog.getByRole("row", { name: new RegExp(items[1].title) }).waitFor();
});
