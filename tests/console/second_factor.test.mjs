// Two-step sign-in: enrolled in the console, asked for at the next sign-in, on a phone too.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";

import { isTooWide, openStage, password } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage({ own: true })));
after(() => stage.close());

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a device shows (RFC 6238), so many steps of 30 seconds from now.
function codeOf(secret, steps = 0) {
  const bits = [...secret.replaceAll(" ", "")].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function typePassword(page, name) {
  await page.goto("/sign-in");
  await page.locator("#username").fill(name);
  await page.locator("#password").fill(password);
  await page.keyboard.press("Enter");
}

test("one turns it on at the account, and the next sign-in asks for a code", async () => {
  const page = await stage.person("county");
  await page.goto("/");
  await page.getByRole("button", { name: "账号" }).click();
  await page.getByRole("menuitem", { name: "两步验证" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("[data-task=device]").click();
  await dialog.locator("#device-password").fill(password);
  await page.keyboard.press("Enter");
  await dialog.getByRole("img", { name: "两步验证二维码" }).waitFor();
  const secret = await dialog.locator("[data-secret]").innerText();
  await dialog.locator("#device-code").fill("000000");
  await page.keyboard.press("Enter");
  await dialog.getByText("验证码不正确或已使用").waitFor();
  await dialog.locator("#device-code").fill(codeOf(secret));
  await page.keyboard.press("Enter");
  const list = dialog.getByRole("list", { name: "恢复码" });
  await list.waitFor();
  const codes = await list.getByRole("listitem").allInnerTexts();
  assert.equal(codes.length, 10);
  await dialog.locator("[data-task=noted]").click();
  await dialog.getByText("已启用：登录时需要密码和动态验证码").waitFor();

  const phone = await stage.visitor({ phone: true });
  await typePassword(phone, "county");
  await phone.locator("#code").waitFor();
  assert.equal(await isTooWide(phone), false);
  await phone.locator("#code").fill("000000");
  await phone.keyboard.press("Enter");
  await phone.getByRole("alert").getByText("验证码不正确或已使用").waitFor();
  await phone.locator("#code").fill(codeOf(secret, 1)); // the present one was used to enrol
  await phone.keyboard.press("Enter");
  await phone.waitForURL((url) => !url.pathname.includes("sign-in"));

  const other = await stage.visitor();
  await typePassword(other, "county");
  await other.locator("#code").fill(codes[2].toUpperCase());
  await other.keyboard.press("Enter");
  await other.waitForURL((url) => !url.pathname.includes("sign-in"));
  await other.getByRole("button", { name: "账号" }).click();
  await other.getByRole("menuitem", { name: "两步验证" }).click();
  await other.getByRole("dialog").getByText("还有 9 个恢复码可用").waitFor();
});

test("where the policy wants it of a role, its holder enrols on the way in, on a phone", async () => {
  const admin = await stage.person("admin");
  await admin.goto("/administration/security");
  await admin.getByLabel("必须使用两步验证的角色").getByText("回访人").click();
  await admin.locator("[data-task=save]").click();
  await admin.getByText("已保存，立即生效").waitFor();

  const phone = await stage.visitor({ phone: true });
  await typePassword(phone, "visitor");
  const secret = await phone.locator("[data-secret]").innerText();
  assert.equal(await isTooWide(phone), false);
  await phone.locator("#device-code").fill(codeOf(secret));
  await phone.keyboard.press("Enter");
  await phone.locator("[data-task=noted]").click();
  await phone.waitForURL((url) => !url.pathname.includes("sign-in"));

  await admin.goto("/administration/users?q=visitor");
  await admin.locator("[data-task=second_factor]").first().click();
  await admin.getByRole("dialog").locator(".el-dialog__footer .el-button--primary").click();
  await admin.getByRole("dialog").waitFor({ state: "detached" });
  await typePassword(phone, "visitor");
  await phone.locator("[data-secret]").waitFor();
});

test("one sees with which browser one is signed in, and ends all other sessions", async () => {
  const page = await stage.person("city");
  const other = await stage.person("city");
  await other.goto("/");
  await page.goto("/");
  await page.getByRole("button", { name: "账号" }).click();
  await page.getByRole("menuitem", { name: "登录管理" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("[data-device]").first().getByText(/Chrome/).waitFor();
  await dialog.locator("[data-task=end-others]").click();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await dialog.getByText("其他登录已全部退出").waitFor();
  assert.equal(await dialog.getByRole("listitem").count(), 1);
  const refused = await other.context().request.get("/api/v1/me");
  assert.equal(refused.status(), 401);
});

test("no page complained", () => assert.deepEqual(stage.faults, []));
