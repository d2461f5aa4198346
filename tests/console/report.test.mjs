// A problem is reported on a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openLine, putBy, takePhoto } from "./phone.mjs";
import { openStage, report } from "./stage.mjs";

let stage, line;
before(async () => {
  stage = await openStage();
  line = await openLine(stage.base);
});
after(async () => {
  await stage.close();
  await line.close();
});

const firstLoadBytes = 350_000;

async function atReport(options = { phone: true }) {
  const township = await stage.person("township", options);
  await township.goto("/report");
  await township.locator("#title").waitFor();
  return township;
}

async function fillIn(page, title) {
  await page.locator("#title").fill(title);
  await page.locator("#description").fill("主干道坑洼，雨天积水半米，约三百户出行受影响。");
  await page.locator("#category").selectOption("transport");
}

const reported = async (page, title) =>
  (await page.api("GET", `/problems?${new URLSearchParams({ q: title })}`)).items.filter(
    (one) => one.title === title,
  );

async function attachmentsOf(page, id) {
  const { items } = await page.api("GET", `/problems/${id}/attachments`);
  return items;
}

test("with a photo, in the round that is collecting", async () => {
  const township = await atReport();
  const title = "工业大道口信号灯缺失";
  await fillIn(township, title);
  await takePhoto(township);
  await township.locator("button.send").click();
  await township.getByText("已报送").waitFor();
  const [problem, ...more] = await reported(township, title);
  assert.equal(more.length, 0);
  assert.equal(problem.state, "screening");
  assert.equal(problem.region, "360731100");
  assert.ok(problem.round >= 5);
  const [attachment] = await attachmentsOf(township, problem.id);
  assert.equal(attachment.content_type, "image/jpeg");
  assert.equal(attachment.purpose, "report");
});

test("what was typed and the photo are there after a reload", async () => {
  const township = await atReport();
  await fillIn(township, "只写了一半");
  await takePhoto(township);
  await township.waitForTimeout(300); // the photo is being written
  await township.reload();
  await township.getByText("已恢复上次未报送的内容").waitFor();
  assert.equal(await township.locator("#title").inputValue(), "只写了一半");
  await township.locator("#category option:checked[value=transport]").waitFor({ state: "attached" });
  assert.equal(await township.locator(".photos li").count(), 1);
  await township.getByRole("button", { name: "清空重填" }).click();
  await township.waitForFunction(() => document.querySelector("#title").value === "");
});

test("without network it is kept, and arrives once when the network is back", async () => {
  const township = await atReport({ phone: true, line });
  await putBy(township);
  await line.cut(township);
  await township.reload();
  const title = "断网时报送的水毁路段";
  await fillIn(township, title);
  await takePhoto(township);
  await township.locator("button.send").click();
  await township.getByText("待联网后自动报送").waitFor();
  await township.reload();
  await township.locator(".outbox").getByText(title).waitFor();
  await line.mend(township);
  await township.locator(".outbox").waitFor({ state: "detached" });
  const found = await reported(township, title);
  assert.equal(found.length, 1);
  assert.equal((await attachmentsOf(township, found[0].id)).length, 1);
});

test("what a console before this one has kept to be sent is sent all the same", async () => {
  const township = await stage.person("township", { phone: true });
  const title = `旧版页面存下的报送 ${Date.now()}`;
  await township.goto("/icon.svg"); // of the same host, without the program
  await township.evaluate(async (title) => {
    const kept = await new Promise((resolve, reject) => {
      const opening = indexedDB.open("banjie", 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore("drafts");
        opening.result.createObjectStore("copies");
        opening.result.createObjectStore("errands", { keyPath: "id", autoIncrement: true }).createIndex("user", "user");
      };
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const body = { title, description: "旧版。", category: "transport", region: "360731100", submit: true };
    const step = { method: "POST", path: "/problems", query: { lang: "zh" }, body, key: `old-${Date.now()}` };
    const errand = { user: "township", kind: "report", title, at: new Date().toISOString(), steps: [step], begun: false, draft: { name: "report", content: {} } };
    const writing = kept.transaction("errands", "readwrite");
    writing.objectStore("errands").add(errand);
    await new Promise((done) => (writing.oncomplete = done));
    kept.close();
  }, title);
  const sent = township.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().includes("/problems?"));
  await township.goto("/report");
  await sent;
  await township.locator(".outbox").waitFor({ state: "detached" });
  assert.equal((await reported(township, title)).length, 1);
});

test("an answer that gets lost makes no second report", async () => {
  const township = await atReport();
  const title = "回执丢失的报送";
  let lost = 0;
  await township.route("**/api/v1/problems?lang=*", async (route) => {
    if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await fillIn(township, title);
  await township.locator("button.send").click();
  await township.getByText("已报送").waitFor();
  assert.equal(lost, 2);
  assert.equal((await reported(township, title)).length, 1);
});

test("somebody has reported it already: that is shown while the title is typed", async () => {
  const township = await atReport();
  await report(township, "贡江镇老街消防通道长期堵塞");
  await township.locator("#title").pressSequentially("老街消防通道堵塞");
  await township.locator(".similar").getByText("贡江镇老街消防通道长期堵塞").first().waitFor();
});

test("a request for supplement is answered: what is missing, facts, a photo, and back to the screening", async () => {
  const township = await stage.person("township", { phone: true });
  const id = await report(township, "需要补充的断头路");
  const county = await stage.person("county");
  await county.api("POST", `/problems/${id}/commands/request_supplement`, {
    missing: ["请补充红线图", "请说明涉及户数"],
  });
  await township.goto("/report");
  await township.getByRole("link", { name: /需要补充的断头路/ }).click();
  await township.getByLabel("请补充红线图").check();
  await township.getByLabel("请说明涉及户数").check();
  await township.locator("#description").fill("断头路两百米，涉及一百二十户，附红线图。");
  await takePhoto(township);
  await township.locator("#note").fill("红线图见照片。");
  await township.locator("button.send").click();
  await township.locator(".done").waitFor();
  const problem = await township.api("GET", `/problems/${id}`);
  assert.equal(problem.state, "screening");
  assert.match(problem.description, /一百二十户/);
  assert.equal((await attachmentsOf(township, id)).length, 1);
});

test(`the first load of the page is at most ${firstLoadBytes / 1000} kB`, async () => {
  const township = await stage.person("township", { phone: true });
  const network = await township.context().newCDPSession(township);
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await network.send("Network.enable");
  await township.goto("/report", { waitUntil: "networkidle" });
  await township.locator("#title").waitFor();
  console.log(`first load of /report: ${(bytes / 1000).toFixed(1)} kB`);
  assert.ok(bytes > 50_000 && bytes <= firstLoadBytes, `${bytes} bytes`);
});

test("no page failed meanwhile, and nothing was asked of another host", () => {
  assert.deepEqual(stage.faults, []);
  assert.deepEqual(stage.foreign, []);
});
