import type { RouteRecordRaw } from "vue-router";

import type { Role } from "@/session/session";

// If the installation separates its administrators, the server refuses what belongs to another one.
const guards: Role[] = ["administrator", "security_administrator"];

const page = (
  name: string,
  order: number,
  province: boolean,
  component: RouteRecordRaw["component"],
  roles: Role[] = ["administrator"],
): RouteRecordRaw => ({
  path: `/administration/${name}`,
  name: `administration-${name}`,
  component: component!,
  meta: {
    title: `administration.${name}.title`,
    roles,
    province,
    unknown: true,
    menu: { group: "administration", order, icon: name },
  },
});

export const routes: RouteRecordRaw[] = [
  page("organisations", 100, false, () => import("./OrganisationsPage.vue")),
  page("users", 101, false, () => import("./UsersPage.vue"), guards),
  page("calendar", 102, true, () => import("./CalendarPage.vue")),
  {
    ...page("policy", 103, true, () => import("./PolicyPage.vue")),
    beforeEnter: async () => {
      const { useWorkflows } = await import("@/workflows/workflow"); // not for the first page
      await useWorkflows().loadAll();
    },
  },
  page("keys", 104, false, () => import("./KeysPage.vue"), guards),
  page("audit", 105, false, () => import("./AuditPage.vue"), ["administrator", "auditor"]),
  page("security", 107, true, () => import("./SecurityPage.vue"), guards),
  page("acts", 108, false, () => import("./ActsPage.vue"), guards),
  page("backup", 106, true, () => import("./BackupPage.vue")),
];
