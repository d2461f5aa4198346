import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  {
    path: "/rounds",
    name: "rounds",
    component: () => import("./RoundsPage.vue"),
    meta: {
      title: "rounds.title",
      roles: ["coordinator", "supervisor"],
      menu: { group: "coordination", order: 50, icon: "rounds" },
    },
  },
  {
    path: "/rounds/:id",
    redirect: ({ params }) => ({
      path: "/rounds",
      query: { rounds: String(params.id).replace("round-", "") },
    }),
  },
  {
    path: "/consultations",
    name: "consultations",
    component: () => import("./ConsultationsPage.vue"),
    meta: {
      title: "consultations.title",
      roles: ["coordinator", "supervisor"],
      menu: { group: "coordination", order: 60, icon: "consultation" },
    },
  },
  {
    path: "/consultations/:id",
    name: "consultation",
    component: () => import("./ConsultationPage.vue"),
    meta: { title: "consultations.one" },
  },
];
