// From an address to its page, with the sign-in that it requires.

import { createRouter, createWebHistory } from "vue-router";

import { serves } from "./frame/menu";
import { isRenewed } from "./frame/renewal";
import { entitle } from "./frame/title";
import { fetchPage, routes } from "./routes";
import { useSession } from "./session/session";
import { i18n } from "./texts";
import { useWorkflows } from "./workflows/workflow";

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  // Loads the page while the server identifies the user. The router reports a failure.
  for (const { components } of to.matched) fetchPage(components?.default);
  if (to.meta.open) return true;
  const session = useSession();
  const workflows = useWorkflows();
  const [known] = await Promise.all([
    session.known(),
    to.meta.ofWorkflow ? workflows.loadAll() : undefined,
  ]);
  if (!known) return { name: "sign-in", query: { next: to.fullPath } };
  const nowhere = { name: "nowhere", params: { rest: to.path.slice(1).split("/") } };
  if (to.meta.ofWorkflow && !workflows.of(String(to.params.collection))) return nowhere;
  return !to.meta.unknown || serves(to.meta, session.user) || nowhere;
});

router.onError(async (_error, to) => {
  if (await isRenewed()) location.assign(to.fullPath);
});

// Lists and pages of instances set their titles themselves.
router.afterEach((to) => {
  if (!to.meta.ofWorkflow) entitle(to.meta.title && i18n.global.t(to.meta.title));
});
