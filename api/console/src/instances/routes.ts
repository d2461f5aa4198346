import type { RouteRecordRaw } from "vue-router";

// Of every workflow that the server has. The router asks it which there are; pages that a workflow has
// for itself come first.
export const routes: RouteRecordRaw[] = [
  {
    path: "/:collection",
    name: "instances",
    component: () => import("@/lists/ListPage.vue"),
    meta: { ofWorkflow: true },
  },
  {
    path: "/:collection/:id",
    name: "instance",
    component: () => import("./InstancePage.vue"),
    meta: { ofWorkflow: true },
  },
];
