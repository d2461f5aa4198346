// What people do at a problem's page.

/// Opens the form of a command, fills it in and sends it. Fields: by name, a text, or { choose: label }, { option: label },
/// { unit: name } (of a place too).
export async function give(page, command, fields = {}) {
  await page.locator(`[data-command=${command}]`).click();
  await fillIn(page, command, fields);
}

/// The form of a command that is open already, or opens.
export async function fillIn(page, command, fields) {
  const dialog = page.getByRole("dialog");
  for (const [name, value] of Object.entries(fields)) {
    const control = dialog.locator(`#${command}-${name}`);
    if (typeof value === "string") await control.fill(value);
    else if (value.option) await chooseOption(page, control, value.option);
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

async function chooseOption(page, control, label) {
  await control.click();
  await page.getByRole("option", { name: label, exact: true }).click();
}

/// Waits until the page shows that state, by itself.
export const sees = (page, state) => page.locator(".stages small", { hasText: state }).waitFor();
