// Return visits on a phone, without network.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openLine, putBy, takePhoto } from "./phone.mjs";
import { openStage } from "./stage.mjs";

let stage, line;
let awaiting; // a visit
before(async () => {
  stage = await openStage();
  line = await openLine(stage.base);
  const visitor = await stage.person("visitor");
  awaiting = (
    await visitor.api("GET", "/problems?state=awaiting_visit&sort=-created&limit=5")
  ).items.map(({ id }) => id);
});
after(async () => {
  await stage.close();
  await line.close();
});

/// The list has been read with network; then there is none.
async function onTheWay(id) {
  const visitor = await stage.person("visitor", { phone: true, line });
  await visitor.goto("/visits");
  await visitor.locator(`a[href="/visits/${id}"]`).waitFor();
  await putBy(visitor);
  await line.cut(visitor);
  await visitor.reload(); // the phone was in a pocket
  await visitor.getByText("当前离线").waitFor();
  return visitor;
}

async function fillIn(visitor, id, findings) {
  await visitor.locator(`a[href="/visits/${id}"]`).click();
  await visitor.getByRole("radio", { name: "现场察看" }).check({ force: true });
  await visitor.getByRole("radio", { name: "彻底解决" }).check({ force: true });
  await visitor.getByRole("radio", { name: "基本满意" }).check({ force: true });
  await visitor.locator("#findings").fill(findings);
}

const visits = async (page, id) =>
  (await page.api("GET", `/problems/${id}/history`)).items.filter(
    (one) => one.command === "log_visit",
  );

test("a visit with photos is logged without network and sent later, in order and once", async () => {
  const [id] = awaiting;
  const visitor = await onTheWay(id);
  await fillIn(visitor, id, "道路已硬化，走访三户均认可。");
  await takePhoto(visitor);
  await visitor.locator(".conclude input").check();
  await visitor.getByText("进入待销号").waitFor();
  await visitor.locator("button.send").click();
  await visitor.locator(".outbox").getByText("等待网络").waitFor();
  await visitor.reload();
  await visitor.locator(".outbox article").waitFor();
  await line.mend(visitor);
  await visitor.locator(".outbox").waitFor({ state: "detached" });
  const logged = await visits(visitor, id);
  assert.equal(logged.at(-1).fields.findings, "道路已硬化，走访三户均认可。");
  assert.equal((await visitor.api("GET", `/problems/${id}`)).state, "awaiting_close");
  const { items } = await visitor.api("GET", `/problems/${id}/attachments`);
  assert.deepEqual(
    items.map(({ purpose }) => purpose),
    ["visit"],
  );
});

test("a conflict is shown with who did what; what was typed is kept, and can be sent all the same", async () => {
  const id = awaiting[1];
  const visitor = await onTheWay(id);
  await fillIn(visitor, id, "离线填写的回访情况。");
  await visitor.locator("button.send").click();
  await visitor.locator(".outbox article").waitFor();
  const other = await stage.person("visitor");
  await other.api("POST", `/problems/${id}/commands/log_visit`, {
    method: "phone",
    thoroughly_resolved: "yes",
    accepted_by_grassroots: "satisfied",
    findings: "别人先打了电话",
  });
  const before = (await visits(other, id)).length;
  await line.mend(visitor);
  const conflict = visitor.locator(".outbox .set_aside");
  await conflict.getByText("别人先打了电话").waitFor();
  await conflict.getByText("仍保存在本机").waitFor();
  assert.equal((await visits(other, id)).length, before);
  await conflict.getByRole("button", { name: "修改后重发" }).click();
  await visitor.locator("#findings").waitFor();
  assert.equal(await visitor.locator("#findings").inputValue(), "离线填写的回访情况。");
  await visitor.locator("#findings").fill("离线填写的回访情况，与电话回访一致。");
  await visitor.locator("button.send").click();
  await visitor.waitForURL(/\/visits$/);
  assert.match((await visits(other, id)).at(-1).fields.findings, /与电话回访一致/);
});

test("concluded by somebody else meanwhile: it is refused, and says so", async () => {
  const id = awaiting[2];
  const visitor = await onTheWay(id);
  await fillIn(visitor, id, "到现场时已经有结论。");
  await visitor.locator("button.send").click();
  await visitor.locator(".outbox article").waitFor();
  const other = await stage.person("visitor");
  await other.api("POST", `/problems/${id}/commands/log_visit`, {
    method: "phone",
    thoroughly_resolved: "yes",
    accepted_by_grassroots: "satisfied",
    findings: "电话回访",
  });
  await other.api("POST", `/problems/${id}/commands/conclude_visits`, {});
  await line.mend(visitor);
  const conflict = visitor.locator(".outbox .set_aside");
  await conflict.getByText("回访结论").first().waitFor();
  assert.equal(await conflict.locator(".quicker button").count(), 0);
  visitor.once("dialog", (dialog) => dialog.accept());
  await conflict.getByRole("button", { name: "放弃" }).click();
  await visitor.locator(".outbox").waitFor({ state: "detached" });
});

test("it can be installed", async () => {
  const visitor = await stage.visitor({ phone: true });
  await visitor.goto("/sign-in");
  const manifest = await visitor.evaluate(async () =>
    (await fetch(document.querySelector("link[rel=manifest]").href)).json(),
  );
  assert.equal(manifest.display, "standalone");
  for (const { src } of manifest.icons) {
    const icon = await visitor.context().request.get(src);
    assert.ok(icon.ok() && icon.headers()["content-type"].startsWith("image/"), src);
  }
});

test("no page failed meanwhile", () => assert.deepEqual(stage.faults, []));
