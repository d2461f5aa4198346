// The stage for the console's tests: a server with the demonstration, and people who sit at browsers.
//
//   const stage = await openStage();
//   const county = await stage.person("county");           // signed in, 1440 px, Chinese
//   await county.goto("/problems");                        // a Playwright page
//   const phone = await stage.person("township", { phone: true, language: "en" });
//   const walker = await stage.person("visitor", { phone: true, line }); // a line that can be cut: phone.mjs
//   const problem = await phone.api("POST", "/problems", {…});   // as this person, past the pages
//   await stage.close();
//
// The server is BANJIE_SERVER where given (tests/console/run starts one for all files), else one of its own.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { chromium } from "playwright-core";

export const password = process.env.BANJIE_DEMO_PASSWORD ?? "console-test-7";
export const patienceMs = Number(process.env.PATIENCE ?? 60_000); // machines are shared
const startMs = 180_000;

async function startServer() {
  const place = await mkdtemp(join(tmpdir(), "banjie-console-"));
  const program = process.env.BANJIE ?? "build/release/banjie";
  const data = join(place, "var");
  await promisify(execFile)(`${program}_demonstration`, ["--data", data],
    { env: { ...process.env, BANJIE_DEMO_PASSWORD: password }, timeout: startMs });
  const server = spawn(program,
    ["serve", "--allow-root", "--data", data, "--port", "0", "--reserve-mib", "0", "--backups", join(place, "backups")],
    { stdio: ["ignore", "pipe", "inherit"] });
  const base = await new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("the server did not become ready")), startMs);
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const found = /Ready on (http:\S+)/.exec(said);
      if (found) resolve(found[1]), clearTimeout(limit);
    });
    server.on("exit", () => reject(new Error(`the server has ended: ${said}`)));
  });
  const stop = async () => {
    const gone = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    await gone;
    await rm(place, { recursive: true, force: true });
  };
  return { base, stop };
}

/// `own`: a server that no other file sees.
export async function openStage({ own: alone = false } = {}) {
  const shared = alone ? undefined : process.env.BANJIE_SERVER;
  const own = shared ? null : await startServer();
  const base = shared ?? own.base;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const foreign = []; // requests to any other host
  const faults = []; // what pages complained of

  /// A page at which nobody has signed in.
  async function visitor({ phone = false, language = "zh", line } = {}) {
    const home = line?.base ?? base;
    const context = await browser.newContext({
      baseURL: home, locale: language === "zh" ? "zh-CN" : "en-GB", timezoneId: "Asia/Shanghai",
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }, hasTouch: phone,
    });
    context.setDefaultTimeout(patienceMs);
    await context.addInitScript((spoken) => localStorage.getItem("banjie.language") ?? localStorage.setItem("banjie.language", spoken), language);
    const page = await context.newPage();
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "blob:"].includes(url.protocol) && url.host !== new URL(home).host) foreign.push(request.url());
    });
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
    return page;
  }

  async function person(name, options) {
    const page = await visitor(options);
    const request = page.context().request;
    const signedIn = await request.post("/api/v1/sessions", { data: { username: name, password, cookie: true } });
    if (!signedIn.ok()) throw new Error(`${name} could not sign in: ${await signedIn.text()}`);
    const { csrf_token } = await signedIn.json();
    page.api = async (method, path, data) => {
      const answer = await request.fetch(`/api/v1${path}`, { method, data, headers: { "X-CSRF-Token": csrf_token } });
      const text = await answer.text();
      if (!answer.ok()) throw new Error(`${name}: ${method} ${path}: ${answer.status()} ${text}`);
      return text ? JSON.parse(text) : undefined;
    };
    return page;
  }

  /// Somebody whose account an administrator has just made: takes the stage's password instead of the first.
  async function newcomer(name, first, options) {
    const page = await visitor();
    const { request } = page.context();
    const signedIn = await request.post("/api/v1/sessions", { data: { username: name, password: first } });
    const { token } = await signedIn.json();
    await request.put("/api/v1/me/password", {
      data: { old_password: first, new_password: password }, headers: { Authorization: `Bearer ${token}` },
    });
    await page.context().close();
    return person(name, options);
  }

  async function close() {
    await browser.close();
    await own?.stop();
  }

  return { base, browser, visitor, person, newcomer, close, foreign, faults };
}

/// Whether one has to move it sideways to see all of it.
export const isTooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/// Reports a problem as `township` does, and says its id.
export async function report(page, title = "贡江镇集贸市场周边道路破损严重", submit = true) {
  const problem = await page.api("POST", "/problems", {
    title, description: "路面坑洼，雨天积水，群众出行不便。", category: "transport", region: "360731100", submit,
  });
  return problem.id;
}
