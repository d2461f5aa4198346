// Rounds and consultations, as the province convenes them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { isTooWide, openStage } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

const send = async (page) => {
  const dialog = page.getByRole("dialog");
  await dialog.locator(".el-dialog__footer .el-button--primary").click();
  await dialog.waitFor({ state: "detached" });
};
// the province's days
const day = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

test("a round is planned, opened, handled and concluded; what is left over is listed", async () => {
  const province = await stage.person("province");
  await province.goto("/rounds?rounds=4,5");
  await province.getByText("共 125 件").waitFor();
  assert.equal(await province.locator(".round").count(), 2);
  await province.getByRole("button", { name: "设立批次" }).click();
  for (const [field, value] of Object.entries({
    number: "9",
    name: "第九轮次",
    opens_at: day(2),
    closes_at: day(30),
    due_at: day(90),
  }))
    await province.locator(`#plan-${field}`).fill(value);
  await send(province);
  await province.goto("/rounds?rounds=4,9");
  const ninth = province.locator(".round", { hasText: "第九轮次" });
  await ninth.locator("[data-command=open]").click();
  await send(province);
  await ninth.getByText("征集中").waitFor();
  await ninth.locator("[data-command=change]").click();
  await province.locator("#change-opens_at").fill(day(0));
  await send(province);
  const township = await stage.person("township");
  await township.api("POST", "/problems", {
    title: "第九轮次的遗留问题",
    description: "未能按期办结。",
    category: "other",
    region: "360731100",
    round: 9,
    submit: true,
  });
  await ninth.locator("[data-command=start_handling]").click();
  await send(province);
  await ninth.getByText("在办 1 件").waitFor();
  await ninth.locator("[data-command=conclude]").click();
  await province.getByText("还有 1 件在办").waitFor();
  await send(province);
  await ninth.getByText("结束时遗留 1 件").waitFor();
  assert.equal((await province.api("GET", "/rounds/round-9")).left_over_count, 1);
});

test("a consultation over several problems: agenda, minutes, conclusions in each one's history", async () => {
  const province = await stage.person("province");
  const ids = (await province.api("GET", "/problems?state=handling&limit=3")).items.map(
    (one) => one.id,
  );
  await province.goto(`/consultations?new&problems=${ids.join(",")}`);
  await province.locator("#call-title").fill("重点项目用地会商");
  await province.locator("#call-agenda").fill("一、指标统筹；二、资金安排");
  await province.locator("#call-held_at").fill(`${day(2)}T09:30`);
  await send(province);
  await province.getByRole("heading", { name: "重点项目用地会商" }).waitFor();
  await province.getByText("09:30").waitFor();
  await province.locator(".problems li a").nth(2).waitFor();
  await province.locator("[data-command=hold]").click();
  await province.locator("#hold-minutes").fill("各单位发表意见。");
  await send(province);
  await province.locator("[data-command=conclude]").click();
  await province.locator("#conclude-conclusions").fill("省级统筹指标，月底前到位。");
  await send(province);
  await province.locator(".conclusions").getByText("月底前到位").waitFor();
  for (const id of ids) {
    const { items } = await province.api("GET", `/problems/${id}/history`);
    assert.equal(items.at(-1).command, "record_consultation");
  }
});

test("on a phone rounds stand one under the other, and nothing is wider than the screen", async () => {
  const province = await stage.person("province", { phone: true, language: "en" });
  for (const path of ["/rounds", "/consultations"]) {
    await province.goto(path);
    await province.locator("#content h1").waitFor();
    await province.waitForLoadState("networkidle");
    assert.equal(
      await isTooWide(province),
      false,
      path,
    );
  }
});

test("no page failed meanwhile", () => assert.deepEqual(stage.faults, []));
