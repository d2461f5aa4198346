// The program shared by all pages.

import { createPinia } from "pinia";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { useSession } from "./session/session";
import { i18n, speak } from "./texts";
import { firstLanguage } from "./texts/languages";
import "./styles.css";

const quietMs = 2_000; // until nothing else of the first page is fetched

export const application = createApp(App);

/// Starts the program. The shell of index.html stays until the first page can be shown.
export async function start() {
  application.use(createPinia()).use(i18n);
  void useSession().known();
  await speak(firstLanguage());
  application.use(router);
  await router.isReady().catch(() => undefined);
  application.mount("#app");
  if (import.meta.env.PROD && "serviceWorker" in navigator) setTimeout(keepPages, quietMs);
}

/// Registers service_worker.js, which opens pages without network, with the data read before.
const keepPages = () => void navigator.serviceWorker.register("/service_worker.js");
