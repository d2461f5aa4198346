import { createPinia } from "pinia";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { firstLanguage, i18n, speak } from "./texts";
import "./styles.css";

void speak(firstLanguage()).then(() =>
  createApp(App).use(createPinia()).use(i18n).use(router).mount("#app"));

// Without network: the pages of service_worker.js open, with what was read before.
if (import.meta.env.PROD && "serviceWorker" in navigator)
  window.addEventListener("load", () => void navigator.serviceWorker.register("/service_worker.js"));
