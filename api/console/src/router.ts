// Every page of the console. Each area brings its own; what a route's `meta` says makes the menu.

import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";

import { routes as administration } from "./administration/routes";
import { routes as meetings } from "./coordination/meeting_routes";
import { routes as coordination } from "./coordination/routes";
import { routes as frame } from "./frame/routes";
import { routes as leaders } from "./leaders/routes";
import { routes as problems } from "./problems/routes";
import { routes as reports } from "./reports/routes";
import { routes as session } from "./session/routes";
import { useSession, type Role } from "./session/session";
import { i18n } from "./texts";
import { routes as visits } from "./visits/routes";

declare module "vue-router" {
  interface RouteMeta {
    title?: string; // key of its text
    open?: boolean; // without signing in, and without the frame
    roles?: Role[]; // whom it serves; others do not find it in their menu
    province?: boolean; // and only those of the province
    menu?: {
      group: "work" | "coordination" | "administration";
      order: number;
      icon: string; // a name of frame/icons.ts
      phone?: boolean; // in the bar at the bottom of a phone
    };
  }
}

export const routes: RouteRecordRaw[] = [
  ...session, ...leaders, ...problems, ...reports, ...coordination, ...meetings, ...visits,
  ...administration, ...frame,
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  // The page is fetched while the server says who it is; the router tells when it cannot be.
  for (const { components } of to.matched)
    if (typeof components?.default === "function")
      (components.default as () => Promise<unknown>)().catch(() => undefined);
  if (to.meta.open) return true;
  return (await useSession().known()) || { name: "sign-in", query: { next: to.fullPath } };
});

router.afterEach((to) => {
  const { t } = i18n.global;
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t("frame.product")}` : t("frame.product");
});
