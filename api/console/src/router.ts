// Which page the address is, and who must have signed in before.

import { createRouter, createWebHistory } from "vue-router";

import { serves } from "./frame/menu";
import { isRenewed } from "./frame/renewal";
import { fetchPage, routes } from "./routes";
import { useSession } from "./session/session";
import { i18n } from "./texts";

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  // The page is fetched while the server says who it is; the router tells when it cannot be.
  for (const { components } of to.matched) fetchPage(components?.default);
  if (to.meta.open) return true;
  const session = useSession();
  if (!(await session.known())) return { name: "sign-in", query: { next: to.fullPath } };
  const nowhere = { name: "nowhere", params: { rest: to.path.slice(1).split("/") } };
  return !to.meta.unknown || serves(to.meta, session.user) || nowhere;
});

router.onError(async (_error, to) => {
  if (await isRenewed()) location.assign(to.fullPath);
});

router.afterEach((to) => {
  const { t } = i18n.global;
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t("frame.product")}` : t("frame.product");
});
