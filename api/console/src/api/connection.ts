// Whether the server answers. If not, it is polled every few seconds, so that the banner disappears
// by itself.

import { ref } from "vue";

export const reachable = ref(true);

const intervalMs = 3_000;
let timer = 0;

export function report(answered: boolean) {
  if (answered) {
    window.clearTimeout(timer);
    timer = 0;
  } else if (!timer) {
    timer = window.setTimeout(ask, intervalMs);
  }
  reachable.value = answered;
}

export async function ask() {
  const answer = await fetch("/readyz", { signal: AbortSignal.timeout(intervalMs) }).catch(() => null);
  timer = 0;
  report(answer !== null);
}

window.addEventListener("online", ask);
window.addEventListener("offline", () => report(false));
