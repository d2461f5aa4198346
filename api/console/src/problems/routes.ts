import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/",
    name: "work",
    component: () => import("./WorkPage.vue"),
    meta: { title: "problems.work", menu: { group: "work", order: 10, icon: "work", phone: true } },
  },
  {
    path: "/problems",
    name: "problems",
    component: () => import("@/lists/ListPage.vue"),
    meta: { title: "problems.list", menu: { group: "work", order: 20, icon: "list", phone: true } },
  },
  {
    path: "/problems/:id",
    name: "problem",
    component: () => import("./ProblemPage.vue"),
    meta: { title: "problems.one" },
  },
];
