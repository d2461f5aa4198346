// axe-core finds no serious violation on any page, in both languages, on a desktop and on a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violationsOf } from "./axe.mjs";
import { isTooWide, openStage, report } from "./stage.mjs";

let stage;
let problem;
let asked; // for a supplement
let awaited; // a visit
let consultation;
let lead;

before(async () => {
  stage = await openStage();
  const township = await stage.person("township");
  problem = await report(township);
  asked = await report(township);
  const county = await stage.person("county");
  await county.api("POST", `/problems/${asked}/commands/request_supplement`, { missing: ["具体路段和影响人数"] });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  consultation = (await county.api("POST", "/consultations", {
    title: "用地会商", agenda: "指标统筹", problems: [problem], held_at: tomorrow,
  })).id;
  lead = (await county.api("POST", "/inspection-leads", {
    title: "外墙脱落", description: "群众多次反映。", region: "360731100",
    kind: "limited_time_check", channel: "petition",
  })).id;
  awaited = (await (await stage.person("visitor")).api("GET", "/problems?state=awaiting_visit")).items[0].id;
});
after(() => stage.close());

const pages = [
  // One's own sessions, where the password is asked for that ends another.
  ["township", "/", ["#account", "role=menuitem[name=/登录管理|My sessions/]", "[data-session] button"]],
  ["province", "/"],
  ["province", "/problems"],
  ["province", "/queues/review"],
  ["county", () => `/problems/${problem}`],
  ["county", () => `/problems/${problem}`, "[data-command=solve_locally]"], // with its form open
  ["department", "/queues/handling"],
  ["township", "/report"],
  ["township", () => `/problems/${asked}/supplement`],
  ["visitor", "/visits"],
  ["visitor", () => `/visits/${awaited}`],
  ["province", "/rounds"],
  ["province", "/rounds", "[data-command=change] >> nth=0"],
  ["province", "/consultations"],
  ["county", () => `/consultations/${consultation}`],
  ["county", "/inspection-leads"],
  ["county", "/search?q=会商"],
  ["county", "/inspection-leads", "[data-task=create]"],
  ["county", () => `/inspection-leads/${lead}`],
  ["county", () => `/inspection-leads/${lead}`, "[data-command=judge]"],
  ["leader", "/overview"],
  ["leader", "/overview", ".trend summary", ".trend table"], // with its table open
  ["admin", "/administration/organisations"],
  ["admin", "/administration/organisations", "[data-task=rename]"],
  ["admin", "/administration/users"],
  ["admin", "/administration/users", "[data-task=change]"],
  ["admin", "/administration/users", "[data-task=password]"],
  ["admin", "/administration/calendar?year=2026"],
  ["admin", "/administration/policy"],
  ["admin", "/administration/policy", "#tab-notify", "#pane-notify li"],
  ["admin", "/administration/policy", "#tab-texts", "#pane-texts li"],
  ["admin", "/administration/policy", "#tab-whole", "#policy-whole"],
  ["admin", "/administration/keys"],
  ["admin", "/administration/audit"],
  ["admin", "/administration/backup"],
  ["leader", "/nowhere"],
];

for (const language of ["zh", "en"])
  for (const phone of [false, true])
    test(`every page in ${language} on a ${phone ? "phone" : "desktop"}`, async () => {
      const found = {};
      const visitor = await stage.visitor({ phone, language });
      await visitor.goto("/sign-in");
      await visitor.locator("#password").waitFor();
      const bare = await violationsOf(visitor);
      if (bare.length) found["/sign-in"] = bare;
      for (const [name, path, opened, seen = "[role=dialog]"] of pages) {
        const page = await stage.person(name, { phone, language });
        const at = typeof path === "string" ? path : path();
        await page.goto(at);
        await page.locator("#content h1, #content .el-empty").first().waitFor();
        await page.waitForLoadState("networkidle");
        if (opened) {
          for (const one of [opened].flat()) await page.locator(one).first().click();
          await page.locator(`${seen} >> visible=true`).first().waitFor();
          await page.waitForTimeout(500); // its fading in would count as a lack of contrast
        }
        const violations = await violationsOf(page);
        if (await isTooWide(page)) violations.push("wider than the screen");
        if (violations.length) found[`${name} ${at} ${opened ?? ""}`] = violations;
        await page.context().close();
      }
      assert.deepEqual(found, {});
    });
