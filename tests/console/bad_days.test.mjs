// Days on which things go wrong: nothing that somebody has typed is lost, and they are told what happened.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { give, sees } from "./people.mjs";
import { isTooWide, openStage, password, report } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

const text = "涉及跨县土地指标，请市级统筹。";

async function countyWrites(id, options) {
  const county = await stage.person("county", options);
  await county.goto(`/problems/${id}`);
  await county.locator("[data-command=escalate]").click();
  await county.locator("#escalate-reason").fill(text);
  return county;
}
const send = (page) => page.getByRole("dialog").first().locator(".el-dialog__footer .el-button--primary").click();

test("the server is gone: a banner, the text stays, and it is done once when the server is back", async () => {
  const township = await stage.person("township");
  const id = await report(township);
  const county = await countyWrites(id);
  await county.context().setOffline(true);
  await send(county);
  await county.getByText("暂时连不上服务器").waitFor();
  await county.getByText("服务器没有响应").waitFor();
  assert.equal(await county.locator("#escalate-reason").inputValue(), text);
  await county.context().setOffline(false);
  await county.getByText("暂时连不上服务器").waitFor({ state: "hidden" });
  await send(county);
  await county.getByRole("dialog").waitFor({ state: "detached" });
  const { items } = await township.api("GET", `/problems/${id}/history`);
  assert.equal(items.filter((one) => one.command === "escalate").length, 1);
});

test("a proxy lets no WebSocket pass: the page asks instead, says so, and hears what happens", async () => {
  const township = await stage.person("township");
  const county = await stage.person("county");
  await county.addInitScript(() => {
    window.WebSocket = class {
      constructor() { setTimeout(() => this.onclose?.(), 10); }
      close() {}
    };
  });
  let asked = 0;
  await county.route("**/api/v1/events?*", (route) => (++asked, route.continue()));
  await county.goto("/");
  await county.getByText("实时更新接不通").waitFor();
  const heard = county.waitForResponse(async (answer) =>
    answer.url().includes("/api/v1/events?") && (await answer.json()).items.length > 0);
  await report(township);
  await heard;
  assert.ok(asked >= 2);
});

test("every write of the console passes a firewall that knows GET and POST alone", async () => {
  const county = await stage.person("county");
  const methods = new Set();
  county.on("request", (request) => methods.add(request.method()));
  await county.goto("/problems");
  await county.getByRole("heading", { name: "问题台账" }).waitFor();
  const saved = await county.evaluate(async () => {
    const { csrf_token: token } = await (await fetch("/api/v1/me")).json();
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": token };
    return (await fetch("/api/v1/me/settings?method=PUT", { method: "POST", headers, body: "{}" })).status;
  });
  assert.equal(saved, 200);
  assert.ok([...methods].every((method) => method === "GET" || method === "POST"), [...methods].join());
});

test("the server has been renewed: people are told, and a page that is not there any more is loaded anew", async () => {
  const county = await stage.person("county");
  await county.addInitScript(() => delete Navigator.prototype.serviceWorker); // it keeps files of its own
  let anew = false;
  const old = (answer) => (route) => (anew ? route.continue() : route.fulfill(answer));
  await county.route("**/assets/ListPage-*.js", old({ status: 404 }));
  await county.route("**/index.html", old({ contentType: "text/html", body: "<script src=/assets/application-2.js>" }));
  county.on("request", (request) => (anew ||= request.isNavigationRequest() && request.url().endsWith("/problems")));
  await county.goto("/");
  await county.getByText("系统已更新").waitFor();
  await county.getByRole("link", { name: "问题台账" }).click();
  await county.getByRole("heading", { name: "问题台账" }).waitFor();
  assert.ok(anew);
});

test("an answer that gets lost: the repetition does not do it twice", async () => {
  const township = await stage.person("township");
  const id = await report(township);
  const county = await countyWrites(id);
  let lost = 0;
  await county.route("**/commands/escalate**", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await send(county);
  await county.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(lost, 2);
  const { items } = await township.api("GET", `/problems/${id}/history`);
  assert.equal(items.filter((one) => one.command === "escalate").length, 1);
});

test("the session expires in the middle of a form: sign in in a dialog, and go on", async () => {
  const township = await stage.person("township");
  const id = await report(township);
  const county = await countyWrites(id);
  await county.context().clearCookies();
  await send(county);
  const dialog = county.getByRole("dialog", { name: "登录已过期" });
  await dialog.locator("#password").fill(password);
  await dialog.getByRole("button", { name: "登录" }).click();
  await county.locator("#escalate-reason").waitFor({ state: "detached" });
  const { items } = await township.api("GET", `/problems/${id}/history`);
  assert.equal(items.at(-1).fields.reason, text);
});

test("two act on the same problem: the second is told who did what and keeps the text", async () => {
  const township = await stage.person("township");
  const id = await report(township);
  const county = await countyWrites(id);
  const other = await stage.person("county");
  await other.goto(`/problems/${id}`);
  await give(other, "request_supplement", { missing: "请补充红线图" });
  await send(county);
  const told = county.locator(".quicker");
  await told.getByText("退回补充").waitFor();
  await told.getByText("请补充红线图").waitFor();
  await told.getByText("暂不能“上报”").waitFor();
  assert.equal(await county.locator("#escalate-reason").inputValue(), text);
  await county.reload();
  await sees(county, "补充材料");
});

test("somebody else did something that does not matter: read it, and submit all the same", async () => {
  const township = await stage.person("township");
  const id = await report(township);
  const county = await countyWrites(id);
  const other = await stage.person("county");
  await other.api("POST", `/problems/${id}/commands/urge`, { note: "请尽快" });
  await send(county);
  await county.locator(".quicker").getByText("催办").waitFor();
  await county.getByRole("button", { name: "仍按本次填写内容提交" }).click();
  await send(county);
  await county.getByRole("dialog").waitFor({ state: "detached" });
  await county.getByText(text).waitFor();
});

test("a page that is closed in the middle of a form has the text when it is opened again", async () => {
  const id = await report(await stage.person("township"));
  const county = await countyWrites(id);
  await county.reload();
  await county.locator("[data-command=escalate]").click();
  assert.equal(await county.locator("#escalate-reason").inputValue(), text);
});

test("a title of 200 characters and a text of 5,000 break no page", async () => {
  const township = await stage.person("township");
  const title = "难".repeat(200);
  const { id } = await township.api("POST", "/problems", {
    title, description: "长".repeat(5000), category: "other", region: "360731100", submit: true,
  });
  for (const phone of [false, true])
    for (const path of [`/problems/${id}`, `/problems?q=${"难".repeat(200)}`]) {
      const page = await stage.person("county", { phone });
      await page.goto(path);
      await page.getByText(title).first().waitFor();
      const wider = await isTooWide(page);
      assert.equal(wider, false, `${path} is wider than its window`);
      await page.context().close();
    }
});

for (const phone of [false, true])
  test(`a title of 300 characters: told by how much it is too long, with nothing cut off (${phone ? "phone" : "desktop"})`, async () => {
    const township = await stage.person("township", { phone });
    await township.goto("/report");
    const title = township.locator("#title");
    await title.fill("难".repeat(299) + "𠮷"); // one character, two units of JavaScript
    await township.locator("#description").fill("主干道坑洼。");
    await township.locator("#category").selectOption("transport");
    await township.getByText("最多 200 字，现有 300 字，请删去 100 字。").waitFor();
    await township.getByText("300/200").waitFor();
    const send = township.locator("button.send");
    assert.equal(await send.isDisabled(), true);
    assert.equal([...(await title.inputValue())].length, 300);
    const wider = await isTooWide(township);
    assert.equal(wider, false);
    const fits = `标题${Date.now()}`.padEnd(199, "难") + "𠮷";
    await title.fill(fits);
    await township.getByText("200/200").waitFor();
    await send.click();
    await township.getByText("已报送").waitFor();
    const found = await township.api("GET", `/problems?${new URLSearchParams({ q: fits.slice(0, 15) })}`);
    assert.ok(found.items.some((one) => one.title === fits));
    await township.context().close();
  });

test("a reason that is too long is not cut off either", async () => {
  const county = await countyWrites(await report(await stage.person("township")));
  await county.locator("#escalate-reason").fill("长".repeat(5001));
  await county.getByText("请删去 1 字").waitFor();
  const button = county.getByRole("dialog").locator(".el-dialog__footer .el-button--primary");
  assert.equal(await button.isDisabled(), true);
  assert.equal((await county.locator("#escalate-reason").inputValue()).length, 5001);
  await county.locator("#escalate-reason").fill(text);
  await send(county);
  await county.getByRole("dialog").waitFor({ state: "detached" });
});

test("a file too large, empty or of a wrong kind is refused by name; the right one beside it is kept", async () => {
  const page = await stage.person("township");
  const id = await report(page);
  await page.goto(`/problems/${id}`);
  const photo = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await page.locator(".attachments input[type=file]").setInputFiles([
    { name: "录像.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(21 * 1024 * 1024, 1) },
    { name: "程序.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") },
    { name: "空.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
    { name: "现场.png", mimeType: "image/png", buffer: photo },
  ]);
  await page.getByText("录像.jpg：文件超过 20 MB，请压缩后上传。").waitFor();
  await page.getByText("程序.exe：不支持此类文件").waitFor();
  await page.getByText("空.pdf：文件是空的。").waitFor();
  await page.getByRole("img", { name: "现场.png" }).waitFor();
  const { items } = await page.api("GET", `/problems/${id}/attachments`);
  assert.deepEqual(items.map((one) => one.name), ["现场.png"]);

  // It was the wrong one after all.
  await page.getByRole("button", { name: "删除附件 现场.png" }).click();
  await send(page);
  await page.getByText(/已删除：现场\.png（贡江镇经办人/).waitFor();
  assert.equal(await page.getByRole("img", { name: "现场.png" }).count(), 0);
  await assert.rejects(page.api("GET", `/problems/${id}/attachments/${items[0].id}`), /attachment_not_found/);
  const visitor = await stage.person("visitor");
  await visitor.goto(`/problems/${id}`);
  await visitor.getByText(/已删除：现场\.png/).waitFor();
});

test("no page failed meanwhile", () => assert.deepEqual(stage.faults, []));
