// What administrators do: each page's main task, seen in the API afterwards; a refusal, with nothing lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chooseUnit } from "./people.mjs";
import { isTooWide, openStage, password } from "./stage.mjs";

let stage;
let admin;
before(async () => {
  stage = await openStage();
  admin = await stage.person("admin");
});
after(() => stage.close());

const confirm = (page) => page.locator(".el-dialog__footer .el-button--primary").click();
const gone = (page) => page.getByRole("dialog").waitFor({ state: "detached" });
const tick = (page, name) => page.getByRole("dialog").locator("label", { hasText: name }).click();
const unique = (name) => `${name}${Date.now().toString(36)}`; // the files share a server

/// A secret that is shown once, as somebody would copy it.
async function noted(page) {
  const shown = page.locator(".secret input");
  await shown.waitFor();
  const secret = await shown.inputValue();
  await confirm(page);
  await gone(page);
  return secret;
}

test("a unit is found, added below, renamed and closed down", async () => {
  const code = unique("360731-");
  await admin.goto("/administration/organisations");
  await admin.getByRole("textbox", { name: "单位名称" }).fill("于都县");
  await admin.getByRole("button", { name: "查询" }).click();
  await admin.getByRole("button", { name: "于都县", exact: true }).click();
  await admin.locator("[data-task=add_department]").click();
  await admin.locator("#organisation-name").fill("于都县数据局");
  await admin.locator("#organisation-code").fill("360731-UPPER");
  await confirm(admin);
  await admin.locator(".el-form-item__error").waitFor(); // refused, and what was typed is there
  assert.equal(await admin.locator("#organisation-name").inputValue(), "于都县数据局");
  await admin.locator("#organisation-code").fill(code);
  await confirm(admin);
  await gone(admin);
  await admin.getByRole("heading", { name: "于都县数据局" }).waitFor();
  await admin.locator("[data-task=rename]").click();
  await admin.locator("#organisation-name").fill("于都县大数据局");
  await confirm(admin);
  await admin.getByRole("heading", { name: "于都县大数据局" }).waitFor();
  await admin.locator("[data-task=close]").click();
  await confirm(admin);
  await admin.locator("[data-task=take_up]").waitFor();
  const unit = await admin.api("GET", `/organisations/${code}`);
  assert.deepEqual([unit.name, unit.active, unit.parent], ["于都县大数据局", false, "360731"]);
});

test("an account is made, its password shown once; it signs in, gets another role, is locked", async () => {
  const name = unique("clerk");
  await admin.goto("/administration/users");
  await admin.getByRole("button", { name: "新建账号" }).click();
  await admin.locator("#user-name").fill("admin"); // taken
  await admin.locator("#user-display_name").fill("新来的经办人");
  await chooseUnit(admin, admin.locator("#user-organisation"), "贡江镇");
  await tick(admin, "报送人");
  await confirm(admin);
  await admin.locator(".refused", { hasText: "该账号已存在" }).waitFor();
  assert.equal(await admin.locator("#user-display_name").inputValue(), "新来的经办人");
  await admin.locator("#user-name").fill(name);
  await confirm(admin);
  const first = await noted(admin);

  const clerk = await stage.visitor();
  await clerk.goto("/problems?sort=due"); // where they wanted to go
  await clerk.waitForURL(/sign-in/);
  const signIn = async () => {
    await clerk.locator("#username").fill(name);
    await clerk.locator("#password").fill(first);
    await clerk.keyboard.press("Enter");
    await clerk.getByText("您使用的是初始密码").waitFor();
  };
  await signIn();
  await clerk.reload(); // nothing opens
  await signIn();
  await clerk.locator("#own-password").fill(first);
  await clerk.keyboard.press("Enter");
  await clerk.getByText("新密码不能与当前密码相同").waitFor();
  await clerk.locator("#own-password").fill("只有我知道的密码 3");
  await clerk.keyboard.press("Enter");
  await clerk.waitForURL(/\d\/problems\?sort=due/);
  await clerk.getByRole("button", { name: /新来的经办人/ }).click();
  await clerk.getByRole("menuitem", { name: "修改密码" }).click();
  await clerk.locator("#password-old_password").fill("只有我知道的密码 3");
  await clerk.locator("#password-new_password").fill("很长的一句话 7");
  await confirm(clerk);
  await gone(clerk);
  const kept = await clerk.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  for (const secret of ["很长的一句话", "只有我知道", first])
    assert.ok(!kept.includes(secret), "a password stays nowhere");

  await admin.getByRole("textbox", { name: "账号或姓名" }).fill(name);
  await admin.keyboard.press("Enter");
  const row = admin.locator(`[data-row=${name}]`);
  await admin.locator("tbody tr").first().and(row).waitFor();
  await row.locator("[data-task=change]").click();
  await tick(admin, "领导和督查");
  await confirm(admin);
  await row.getByText("报送人、领导和督查").waitFor();
  await row.locator("[data-task=password]").click();
  await confirm(admin);
  assert.notEqual(await noted(admin), first);
  await row.getByText("初始密码未改").waitFor();
  await row.locator("[data-task=lock]").click();
  await confirm(admin);
  await row.getByText("已锁定").waitFor();
  const user = await admin.api("GET", `/users/${name}`);
  assert.deepEqual([user.active, user.roles], [false, ["reporter", "supervisor"]]);
});

test("a year of the calendar is entered by keyboard, checked, and saved", async () => {
  await admin.goto("/administration/calendar?year=2031");
  await admin.getByText("还没有 2031 年的日历").waitFor();
  await admin.locator('[data-day="2031-01-01"]').press("Enter");
  await admin.keyboard.press("ArrowDown");
  assert.equal(await admin.evaluate(() => document.activeElement.dataset.day), "2031-01-08");
  await admin.locator('[data-day="2031-01-04"]').click();
  await admin.reload(); // and nothing is lost
  await admin.locator('.makeup[data-day="2031-01-04"]').waitFor();
  await admin.locator("[data-task=check]").click();
  await admin.getByText("共 2 处改动").waitFor();
  await admin.locator("[data-task=save]").click();
  await admin.getByText("已保存").waitFor();
  assert.deepEqual(await admin.api("GET", "/calendar/2031"), {
    year: 2031, holidays: ["2031-01-01"], makeup_workdays: ["2031-01-04"],
  });
});

test("a policy is checked, its differences seen, and saved; a faulty one is refused and kept", async () => {
  await admin.goto("/administration/policy?workflow=inspection_lead");
  const days = admin.locator("[name=working_days-limited_time_check]");
  const before = Number(await days.inputValue());
  await days.fill("");
  await admin.locator("[data-task=check]").click();
  await admin.locator(".refused li", { hasText: "办理时限 · 限期核查" }).waitFor();
  assert.equal(await days.inputValue(), "");
  await days.fill(String(before + 1));
  await admin.getByRole("tab", { name: "用语" }).click();
  await admin.getByRole("textbox", { name: "查找用语" }).fill("state.dismissed");
  await admin.locator('[data-label="state.dismissed"] input').first().fill("不予办理");
  await admin.locator("[data-task=check]").click();
  await admin.getByText("共 2 处改动").waitFor();
  await admin.locator(".differences li", { hasText: "限期核查" }).getByText(String(before)).first().waitFor();
  await admin.locator("[data-task=save]").click();
  await admin.getByText("已保存").waitFor();
  const { policy } = await admin.api("GET", "/workflows/inspection_lead");
  assert.equal(policy.working_days.limited_time_check, before + 1);
  assert.equal(policy.labels["state.dismissed"].zh, "不予办理");
  await admin.getByRole("tab", { name: "全部（JSON）" }).click();
  await admin.locator("#policy-whole").fill("{");
  await admin.getByText("不是有效的 JSON").waitFor();
});

test("somebody else saves meanwhile: neither's changes are lost, and one is told who it was", async () => {
  const name = unique("chief-");
  await admin.api("POST", "/users", {
    name, display_name: "另一位管理员", organisation: "36", roles: ["administrator"], password: `${password} at first`,
  });
  const other = await stage.newcomer(name, `${password} at first`);
  const path = "/workflows/consultation";
  const day = (page) => page.locator('[data-day="2032-01-01"]');
  for (const page of [admin, other]) await page.goto("/administration/calendar?year=2032");
  for (const page of [admin, other]) await page.getByText("还没有 2032 年的日历").waitFor();
  await other.locator('[data-day="2032-01-02"]').click();
  await other.locator("[data-task=check]").click();
  await other.locator("[data-task=save]").click();
  await other.getByText("已保存").waitFor();
  await day(admin).click();
  await admin.locator("[data-task=check]").click();
  await admin.getByRole("alert").getByText("另一位管理员已于").waitFor();
  await admin.locator("[data-task=check]").click();
  await admin.getByText("共 1 处改动").waitFor();
  await admin.locator("[data-task=save]").click();
  await admin.getByText("已保存").waitFor();
  assert.deepEqual((await admin.api("GET", "/calendar/2032")).holidays, ["2032-01-01", "2032-01-02"]);

  for (const page of [admin, other]) await page.goto("/administration/policy?workflow=consultation");
  const label = async (page, key, text) => {
    await page.getByRole("tab", { name: "用语" }).click();
    await page.getByRole("textbox", { name: "查找用语" }).fill(key);
    await page.locator(`[data-label="${key}"] input`).first().fill(text);
  };
  await label(admin, "state.concluded", "会商已结");
  await admin.locator("[data-task=check]").click();
  await admin.getByText("共 1 处改动").waitFor();
  await label(other, "state.called", "会商待开");
  await other.locator("[data-task=check]").click();
  await other.locator("[data-task=save]").click();
  await other.getByText("已保存").waitFor();
  await admin.locator("[data-task=save]").click(); // between check and save
  await admin.getByRole("alert").getByText("另一位管理员已于").waitFor();
  await admin.locator("[data-task=check]").click();
  await admin.getByText("共 1 处改动").waitFor();
  await admin.locator("[data-task=save]").click();
  await admin.getByText("已保存").waitFor();
  const { labels } = (await admin.api("GET", path)).policy;
  assert.deepEqual([labels["state.concluded"].zh, labels["state.called"].zh], ["会商已结", "会商待开"]);
});

test("a key is made, shown once, used, and revoked", async () => {
  const name = unique("热线");
  await admin.goto("/administration/keys");
  await admin.getByRole("button", { name: "新建密钥" }).click();
  await admin.locator("#key-name").fill(name);
  await chooseUnit(admin, admin.locator("#key-organisation"), "贡江镇");
  await tick(admin, "报送人");
  await admin.locator("#key-expires_at").fill("2050-01-01");
  await confirm(admin);
  await admin.locator(".el-form-item__error", { hasText: "超出允许的范围" }).waitFor();
  const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await admin.locator("#key-expires_at").fill(nextMonth);
  await confirm(admin);
  const secret = await noted(admin);
  const asked = () =>
    fetch(`${stage.base}/api/v1/problems`, { headers: { Authorization: `Bearer ${secret}` } });
  assert.equal((await asked()).status, 200);
  const row = admin.locator("tbody tr", { hasText: name });
  await row.locator("[data-task=revoke]").click();
  await confirm(admin);
  await row.waitFor({ state: "detached" });
  assert.equal((await asked()).status, 401);
});

test("the audit says who of which unit did what", async () => {
  await admin.goto("/administration/audit?kind=api_key&actor=admin");
  const newest = admin.locator("tbody tr").first();
  await newest.getByText("吊销密钥").waitFor();
  await newest.getByText("江西省").waitFor();
  await newest.getByText("系统管理员").waitFor();
  await newest.getByText("127.0.0.1").waitFor();
});

test("the audit says who signed in, and who failed to", async () => {
  const visitor = await stage.visitor();
  await visitor.goto("/sign-in");
  await visitor.locator("#username").fill("screener");
  await visitor.locator("#password").fill("not this one");
  await visitor.keyboard.press("Enter");
  await visitor.getByText("账号或密码不正确").waitFor();
  await admin.goto("/administration/audit?kind=sign_in");
  const row = admin.locator("tbody tr", { hasText: "登录失败" }).first();
  await row.getByText("screener").waitFor();
  await row.getByText("127.0.0.1").waitFor();
  await admin.locator("tbody tr", { hasText: "系统管理员" }).first().getByText("登录").waitFor();
});

test("a backup is written and listed", async () => {
  await admin.goto("/administration/backup");
  await admin.getByRole("button", { name: "立即备份" }).click();
  await admin.getByText("备份完成").waitFor();
  assert.ok((await admin.api("GET", "/backups")).items.length > 0);
  await admin.locator("tbody tr").first().getByText("MiB").waitFor();
});

test("for others there are no such pages, and the API refuses them", async () => {
  const county = await stage.person("county");
  await county.goto("/");
  await county.getByRole("navigation", { name: "菜单" }).waitFor();
  assert.equal(await county.getByRole("link", { name: "账号" }).count(), 0);
  for (const page of ["organisations", "users", "calendar", "policy", "keys", "audit", "backup"]) {
    await county.goto(`/administration/${page}`);
    await county.getByText("没有这个页面").waitFor();
  }
  for (const path of ["/users", "/api-keys", "/audit", "/backups"])
    await assert.rejects(county.api("GET", path), /403/);
});

test("an administrator of a county has no pages of the province", async () => {
  const name = unique("county-admin-");
  await admin.api("POST", "/users", {
    name, display_name: "于都县管理员", organisation: "360731", roles: ["administrator"], password: `${password} at first`,
  });
  const county = await stage.newcomer(name, `${password} at first`);
  await county.goto("/administration/users");
  await county.locator(`[data-row=${name}]`).waitFor();
  assert.equal(await county.locator("[data-row=admin]").count(), 0);
  await county.goto("/administration/policy");
  await county.getByText("没有这个页面").waitFor();
});

test("on a phone nothing is wider than the screen", async () => {
  const phone = await stage.person("admin", { phone: true, language: "en" });
  for (const page of ["organisations", "users", "calendar", "policy", "keys", "audit", "backup"]) {
    await phone.goto(`/administration/${page}`);
    await phone.locator("#content h1").waitFor();
    await phone.waitForLoadState("networkidle");
    const wide = await isTooWide(phone);
    assert.equal(wide, false, page);
  }
});

test("no page failed meanwhile", () => assert.deepEqual(stage.faults, []));
