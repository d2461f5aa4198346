import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/:rest(.*)*",
    name: "nowhere",
    component: () => import("./NotFoundPage.vue"),
    meta: { title: "frame.not_found" },
  },
];
