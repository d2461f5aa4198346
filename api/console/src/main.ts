import { createPinia } from "pinia";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { useSession } from "./session/session";
import { firstLanguage, i18n, speak } from "./texts";
import "./styles.css";

const app = createApp(App).use(createPinia()).use(i18n);
void useSession().known(); // who it is, texts and page are fetched side by side
void speak(firstLanguage()).then(() => app.use(router).mount("#app"));

// Without network: the pages of service_worker.js open, with what was read before.
if (import.meta.env.PROD && "serviceWorker" in navigator)
  window.addEventListener("load", () => void navigator.serviceWorker.register("/service_worker.js"));
