import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/visits",
    name: "visits",
    component: () => import("./VisitsPage.vue"),
    meta: { title: "visits.title", roles: ["visitor"], menu: { group: "work", order: 15, icon: "visit", phone: true } },
  },
  {
    path: "/visits/:id",
    name: "visit",
    component: () => import("./VisitPage.vue"),
    meta: { title: "visits.log", roles: ["visitor"] },
  },
];
