import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/overview",
    name: "overview",
    component: () => import("./OverviewPage.vue"),
    meta: {
      title: "leaders.title",
      roles: ["supervisor", "coordinator", "administrator"],
      menu: { group: "work", order: 12, icon: "overview", phone: true },
    },
  },
];
