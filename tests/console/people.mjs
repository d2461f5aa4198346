// What people do at a problem's page.

/// Opens the form of a command, fills it in and sends it. Fields: by name, a text, or { choose: label }.
export async function give(page, command, fields = {}) {
  await page.locator(`[data-command=${command}]`).click();
  const dialog = page.getByRole("dialog");
  for (const [name, value] of Object.entries(fields)) {
    const control = dialog.locator(`#${command}-${name}`);
    if (typeof value === "string") await control.fill(value);
    else if (value.unit) await chooseUnit(page, control, value.unit);
    else await dialog.getByRole("radio", { name: value.choose, exact: true }).check({ force: true });
  }
  await dialog.locator(".el-dialog__footer .el-button--primary").click();
  await dialog.waitFor({ state: "detached" });
}

export async function chooseUnit(page, control, name) {
  await control.fill(name);
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).first().click();
  await page.keyboard.press("Escape").catch(() => undefined);
}

/// Waits until the page shows that state, by itself.
export const sees = (page, state) => page.locator(".stages small", { hasText: state }).waitFor();
