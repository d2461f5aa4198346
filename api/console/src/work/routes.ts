import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/",
    name: "work",
    component: () => import("./WorkPage.vue"),
    meta: { title: "work.title", menu: { group: "work", order: 10, icon: "work", phone: true } },
  },
];
