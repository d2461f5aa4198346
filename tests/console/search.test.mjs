// The search box looks through every workflow; a number, or its last digits, leads to its page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violationsOf } from "./axe.mjs";
import { isTooWide, openStage, report } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

test("words are looked for in every workflow of which one sees something", async () => {
  const word = `拖欠${Date.now()}`;
  const [leader, township] = await Promise.all(["leader", "township"].map((name) => stage.person(name)));
  await report(township, `${word}工资`);
  await leader.api("POST", "/inspection-leads", {
    title: `${word}货款`, description: "热线反映。", region: "360731100",
    kind: "listed_supervision", channel: "hotline_12345",
  });
  await leader.goto("/");
  await leader.getByRole("searchbox").waitFor();
  await leader.keyboard.press("/");
  await leader.keyboard.type(word);
  await leader.keyboard.press("Enter");
  await leader.waitForURL(/\/search\?q=/);
  await leader.getByText("共找到2件").waitFor();
  await leader.getByRole("link", { name: `${word}工资` }).waitFor();
  await leader.getByRole("link", { name: `${word}货款` }).waitFor();
  assert.deepEqual(await violationsOf(leader), []);
});

for (const phone of [false, true])
  test(`a number leads to its page, ${phone ? "on a phone" : "on a desktop"}`, async () => {
    const township = await stage.person("township", { phone });
    const title = `编号可查 ${Date.now()}`;
    const id = await report(township, title);
    const { number } = await township.api("GET", `/problems/${id}`);
    await township.goto("/");
    const box = () => township.getByRole("searchbox").last();
    if (phone) await township.getByRole("link", { name: "搜索" }).click();
    await box().fill(number);
    await box().press("Enter");
    await township.waitForURL(`**/problems/${id}`);
    await township.getByRole("heading", { name: `${number} ${title}` }).waitFor();
    assert.match(await township.title(), new RegExp(number));
    assert.equal(await isTooWide(township), false);

    await township.goto(`/problems?q=${number.slice(-4)}`);
    await township.getByRole("link", { name: title }).waitFor();
  });

test("what nobody knows is not found, and one is told what else to try", async () => {
  const county = await stage.person("county");
  await county.goto("/search?q=没有这样的事项");
  await county.getByText("编号的末几位").waitFor();
});

test("no page failed meanwhile, and nothing was asked of another host", () => {
  assert.deepEqual(stage.faults, []);
  assert.deepEqual(stage.foreign, []);
});
