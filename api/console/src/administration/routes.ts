import type { NavigationGuard, RouteRecordRaw } from "vue-router";

import { serves } from "@/frame/menu";
import { useSession } from "@/session/session";

// For others there is no such page, as there is no such resource of the API.
const onlyThose: NavigationGuard = (to) =>
  serves(to.meta, useSession().user) || {
    name: "nowhere",
    params: { rest: to.path.slice(1).split("/") },
  };

const page = (
  name: string,
  order: number,
  province: boolean,
  component: RouteRecordRaw["component"],
): RouteRecordRaw => ({
  path: `/administration/${name}`,
  name: `administration-${name}`,
  component: component!,
  beforeEnter: onlyThose,
  meta: {
    title: `administration.${name}.title`,
    roles: ["administrator"],
    province,
    menu: { group: "administration", order, icon: name },
  },
});

export const routes: RouteRecordRaw[] = [
  page("organisations", 100, false, () => import("./OrganisationsPage.vue")),
  page("users", 101, false, () => import("./UsersPage.vue")),
  page("calendar", 102, true, () => import("./CalendarPage.vue")),
  page("policy", 103, true, () => import("./PolicyPage.vue")),
  page("keys", 104, false, () => import("./KeysPage.vue")),
  page("audit", 105, false, () => import("./AuditPage.vue")),
  page("backup", 106, true, () => import("./BackupPage.vue")),
];
