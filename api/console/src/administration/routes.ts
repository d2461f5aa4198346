import type { RouteRecordRaw } from "vue-router";

const page = (
  name: string,
  order: number,
  province: boolean,
  component: RouteRecordRaw["component"],
): RouteRecordRaw => ({
  path: `/administration/${name}`,
  name: `administration-${name}`,
  component: component!,
  meta: {
    title: `administration.${name}.title`,
    roles: ["administrator"],
    province,
    unknown: true,
    menu: { group: "administration", order, icon: name },
  },
});

export const routes: RouteRecordRaw[] = [
  page("organisations", 100, false, () => import("./OrganisationsPage.vue")),
  page("users", 101, false, () => import("./UsersPage.vue")),
  page("calendar", 102, true, () => import("./CalendarPage.vue")),
  {
    ...page("policy", 103, true, () => import("./PolicyPage.vue")),
    beforeEnter: async () => {
      const { useWorkflows } = await import("@/workflows/workflow"); // not for the first page
      await useWorkflows().loadAll();
    },
  },
  page("keys", 104, false, () => import("./KeysPage.vue")),
  page("audit", 105, false, () => import("./AuditPage.vue")),
  page("backup", 106, true, () => import("./BackupPage.vue")),
];
