import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/report",
    name: "report",
    component: () => import("./ReportPage.vue"),
    meta: {
      title: "reports.report",
      roles: ["reporter"],
      menu: { group: "work", order: 20, icon: "report", phone: true },
    },
  },
  {
    path: "/problems/:id/supplement",
    name: "supplement",
    component: () => import("./SupplementPage.vue"),
    meta: { title: "reports.supplement", roles: ["reporter"] },
  },
];
