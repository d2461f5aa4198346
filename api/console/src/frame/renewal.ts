// After an upgrade of the server its files have other names: what this page has not fetched yet, it
// never will. A page that is asked for then is loaded anew; for anything else people are told, and
// say themselves when.

import { ref } from "vue";

export const renewed = ref(false);

const program = new URL(import.meta.url).pathname;

/// Whether the start page is of another program by now; not so when the server does not answer.
export async function isRenewed(): Promise<boolean> {
  const start = await fetch("/index.html", { cache: "no-store" }).catch(() => null);
  return !!start?.ok && !(await start.text()).includes(program);
}

window.addEventListener("vite:preloadError", async () => {
  renewed.value = await isRenewed();
});
