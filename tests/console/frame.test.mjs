// The frame around the pages: signing in, languages, keyboard, what is loaded and how it is served.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { isTooWide, openStage, password, report } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

test("one signs in by keyboard, is led to the page that one wanted, and out again", async () => {
  const page = await stage.visitor();
  await page.goto("/problems?light=overdue");
  await page.waitForURL(/sign-in/);
  await page.locator("#username").fill("county");
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("账号或密码不正确").waitFor();
  await page.locator("#password").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/problems\?light=overdue/);
  await page.getByRole("heading", { name: "问题台账" }).waitFor();
  await page.getByRole("button", { name: "账号" }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.waitForURL(/sign-in/);
  await page.goto("/");
  await page.waitForURL(/sign-in/);
});

test("English is one click away, and stays", async () => {
  const page = await stage.person("county");
  await page.goto("/problems");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Problems" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Problems" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("heading", { name: "问题台账" }).waitFor();
});

test("on a phone one sees where one is signed in, and ends it there with the password", async () => {
  const office = await stage.person("department");
  await office.goto("/");
  await office.getByRole("button", { name: "账号" }).waitFor();
  const { id } = (await office.api("GET", "/me/sessions")).items.find((one) => one.this);
  const phone = await stage.person("department", { phone: true });
  await phone.goto("/");
  await phone.getByRole("button", { name: "账号" }).click();
  await phone.getByRole("menuitem", { name: "登录管理" }).click();
  const dialog = phone.getByRole("dialog");
  const own = dialog.getByRole("listitem").filter({ hasText: "当前" });
  await own.getByText("127.0.0.1").waitFor();
  assert.equal(await own.getByRole("button", { name: "退出" }).count(), 0);
  const row = dialog.locator(`[data-session="${id}"]`);
  await row.getByRole("button", { name: "退出" }).click();
  await phone.keyboard.type("wrong"); // it waits for the password
  await phone.keyboard.press("Enter");
  await row.getByText("密码不正确").waitFor();
  assert.equal(await isTooWide(phone), false);
  await row.getByLabel("请输入密码").fill(password);
  await phone.keyboard.press("Enter");
  await row.waitFor({ state: "detached" });
  await dialog.getByRole("status").getByText("已退出").waitFor();
  await dialog.locator(".el-dialog__footer").getByRole("button", { name: "关闭" }).click();
  await dialog.waitFor({ state: "detached" });
  await office.goto("/problems");
  await office.waitForURL(/sign-in/);
});

test("a queue is worked off by keyboard", async () => {
  const title = `键盘${Date.now()}`;
  await report(await stage.person("township"), title);
  const county = await stage.person("county");
  await county.goto("/queues/screening");
  const row = county.getByRole("option", { name: new RegExp(title) });
  await row.waitFor();
  for (let step = 0; step < 60 && (await row.getAttribute("aria-selected")) !== "true"; ++step) await county.keyboard.press("j");
  assert.equal(await row.getAttribute("aria-selected"), "true");
  await county.getByRole("heading", { name: title }).waitFor();
  await county.locator("[data-command=escalate]").waitFor();
  await county.keyboard.press("e");
  await county.locator("#escalate-reason").fill("键盘上报");
  await county.getByRole("dialog").locator(".el-button--primary").focus();
  await county.keyboard.press("Enter");
  await row.waitFor({ state: "detached" });
});

test("views and columns are kept on the server", async () => {
  const city = await stage.person("city");
  await city.goto("/problems?light=overdue&sort=due");
  await city.getByRole("button", { name: "常用查询" }).click();
  await city.getByLabel("查询名称").fill("超期的");
  await city.getByRole("button", { name: "保存当前条件" }).click();
  await city.getByRole("button", { name: "显示列" }).click();
  const round = city.locator(".columns label", { hasText: "批次" });
  if (!(await round.locator("input").isChecked())) await round.click();
  await city.getByRole("columnheader", { name: "批次" }).waitFor();
  const elsewhere = await stage.person("city");
  await elsewhere.goto("/problems");
  await elsewhere.getByRole("columnheader", { name: "批次" }).waitFor();
  await elsewhere.getByRole("button", { name: "常用查询" }).click();
  await elsewhere.getByRole("button", { name: "超期的", exact: true }).click();
  await elsewhere.waitForURL(/light=overdue/);
});

test("pages come with a strict policy, assets compressed and for ever", async () => {
  const page = await stage.visitor();
  const [shown, script] = await Promise.all([
    page.goto("/problems/whatever"), page.waitForResponse((answer) => /assets\/index-.*\.js$/.test(answer.url())),
  ]);
  const policy = shown.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  assert.doesNotMatch(policy, /script-src[^;]*unsafe/);
  assert.equal(shown.headers()["cache-control"], "no-cache");
  assert.equal(script.headers()["content-encoding"], "gzip");
  assert.match(script.headers()["cache-control"], /immutable/);
});

test("what a first visit loads is small", async () => {
  for (const path of ["/sign-in", "/", "/problems"]) {
    const page = path === "/sign-in" ? await stage.visitor({ phone: true }) : await stage.person("township", { phone: true });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0; // of the program; how much there is to list is another matter
    const data = new Set();
    session.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.url.includes("/api/")) data.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (!data.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    console.log(`# first load of ${path}: ${Math.round(bytes / 1000)} kB`);
    assert.ok(bytes < 350_000, `${path} loads ${bytes} bytes`);
    await page.context().close();
  }
});

test("a list of 50 rows after a click", async () => {
  const page = await stage.person("province");
  await page.goto("/");
  await page.getByRole("link", { name: "问题台账" }).waitFor();
  await page.waitForLoadState("networkidle");
  const began = performance.now();
  await page.getByRole("link", { name: "问题台账" }).click();
  await page.locator("tbody tr").nth(49).waitFor();
  console.log(`# 50 rows after ${Math.round(performance.now() - began)} ms, the page's script included`);
});

test("nothing was asked of another host, and no page failed", () => {
  assert.deepEqual(stage.foreign, []);
  assert.deepEqual(stage.faults, []);
});
