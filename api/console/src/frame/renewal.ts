// After an upgrade of the server its files have other names, so files that this page has not loaded
// yet are gone. A page that is opened then is loaded anew. In other cases users are notified and
// choose the moment.

import { ref } from "vue";

export const renewed = ref(false);

const program = new URL(import.meta.url).pathname;

/// Returns whether the server has another version of the start page; false if it does not answer.
export async function isRenewed(): Promise<boolean> {
  const start = await fetch("/index.html", { cache: "no-store" }).catch(() => null);
  return !!start?.ok && !(await start.text()).includes(program);
}

window.addEventListener("vite:preloadError", async () => {
  renewed.value = await isRenewed();
});
