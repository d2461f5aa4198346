import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/sign-in",
    name: "sign-in",
    component: () => import("./SignInPage.vue"),
    meta: { title: "session.sign_in", open: true },
  },
];
