// 10,000 problems, and an inbox as full as it gets: pages open at once, paging works, nothing freezes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.mjs";

const many = 10_000;
const atOnce = 32;
const openMs = Number(process.env.OPEN_MS ?? 10_000); // generous: machines are shared

let stage;
before(async () => {
  stage = await openStage({ own: true });
  const township = await stage.person("township");
  let next = 0;
  const reporting = async () => {
    while (next < many)
      await township.api("POST", "/problems", {
        title: `第${++next}号路灯不亮`, description: "夜间出行不便。", category: "transport", region: "360731100", submit: true,
      });
  };
  await Promise.all(Array.from({ length: atOnce }, reporting));
  await township.context().close();
});
after(() => stage.close());

/// How long it takes, and the longest time in which the page answered to nothing.
async function timed(page, act) {
  await page.evaluate(() => {
    window.frozenMs = 0;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.frozenMs = Math.max(window.frozenMs, task.duration);
    }).observe({ type: "longtask" });
  });
  const began = performance.now();
  await act();
  const tookMs = performance.now() - began;
  return { tookMs, frozenMs: await page.evaluate(() => window.frozenMs ?? 0) }; // a new document counts anew
}

const told = (what, { tookMs, frozenMs }) => {
  console.log(`${what}: ${tookMs.toFixed(0)} ms, longest task ${frozenMs.toFixed(0)} ms`);
  assert.ok(tookMs < openMs, what);
};

for (const phone of [false, true])
  test(`the list opens and is paged through (${phone ? "phone" : "desktop"})`, async () => {
    const county = await stage.person("county", { phone });
    await county.goto("/visits"); // somewhere else
    const first = county.getByText(/第\d+号路灯不亮/).first();
    told("the list", await timed(county, async () => {
      await county.locator('a[href="/problems"]').first().click();
      await first.waitFor();
    }));
    const titleOf = async () => (await first.textContent()).trim();
    const seen = new Set([await titleOf()]);
    for (let page = 2; page <= 5; ++page) {
      const before = await titleOf();
      told(`page ${page}`, await timed(county, async () => {
        await county.getByRole("button", { name: "下一页" }).click();
        await county.getByText(`${page} / `).waitFor();
        await county.waitForFunction((old) => !document.querySelector("#content").textContent.includes(old), before);
      }));
      seen.add(await titleOf());
    }
    assert.equal(seen.size, 5);
    told("sorted", await timed(county, async () => {
      await county.goto("/problems?sort=due");
      await first.waitFor();
    }));
    await county.context().close();
  });

test("all that fit a filter are chosen, and there are ten thousand", async () => {
  const county = await stage.person("county");
  await county.goto("/problems?state=screening");
  await county.getByText(/第\d+号路灯不亮/).first().waitFor();
  const { total } = await county.api("GET", "/problems?state=screening&limit=1");
  assert.ok(total >= many);
  await county.getByText(String(total)).first().waitFor();
  await county.context().close();
});

for (const phone of [false, true])
  test(`a full inbox opens and is paged to its end (${phone ? "phone" : "desktop"})`, async () => {
    const county = await stage.person("county", { phone });
    await county.goto("/");
    const bell = county.locator("button.bell");
    await bell.locator(".count", { hasText: "99+" }).waitFor();
    const letters = county.locator(".el-drawer li");
    told("the inbox", await timed(county, async () => {
      await bell.click();
      await letters.first().waitFor();
    }));
    const more = county.getByRole("button", { name: "更早的通知" });
    for (let pages = 0; (await more.count()) > 0; ++pages) {
      assert.ok(pages < 100, "it has an end");
      const before = await letters.count();
      told(`after ${before}`, await timed(county, async () => {
        await more.click();
        await county.waitForFunction(
          (count) => document.querySelectorAll(".el-drawer li").length > count ||
            !document.querySelector(".el-drawer .more"), before);
      }));
    }
    const all = await letters.count();
    assert.ok(all >= 500, `${all} letters`);
    assert.equal(new Set(await letters.locator("strong").allTextContents()).size, all);
    if (phone)
      told("all read", await timed(county, async () => {
        await county.getByRole("button", { name: "全部标为已读" }).click();
        await bell.locator(".count").waitFor({ state: "detached" });
      }));
    await county.context().close();
  });

test("no page failed meanwhile", () => assert.deepEqual(stage.faults, []));
