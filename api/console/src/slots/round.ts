// Rounds have one page that shows them side by side; lists of other workflows can be filtered by
// them.

import type { Slot } from "@/workflows/slots";

export const slot: Slot = {
  workflow: "round",
  routes: [
    {
      path: "/rounds",
      name: "rounds",
      component: () => import("./round/RoundsPage.vue"),
      meta: {
        title: "round.title",
        roles: ["coordinator", "supervisor"],
        menu: { group: "coordination", order: 50, icon: "timer" },
      },
    },
    {
      path: "/rounds/:id",
      redirect: ({ params }) => ({
        path: "/rounds",
        query: { rounds: String(params.id).replace("round-", "") },
      }),
    },
  ],
  menu: null,
  picker: () => import("./round/RoundPicker.vue"),
};
