import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/search",
    name: "search",
    component: () => import("./SearchPage.vue"),
    meta: { title: "search.title" },
  },
];
