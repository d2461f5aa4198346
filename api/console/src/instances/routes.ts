import type { RouteRecordRaw } from "vue-router";

// Routes for every workflow of the server, which the router asks for. Pages of a particular
// workflow take precedence.
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
