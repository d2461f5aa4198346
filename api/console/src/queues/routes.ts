import type { RouteRecordRaw } from "vue-router";

import { slots } from "@/workflows/slots";

const firstPlace = 30; // in the menu

export const routes: RouteRecordRaw[] = slots.flatMap(({ workflow, queues = [] }) =>
  queues.map((queue, index) => ({
    path: `/queues/${queue.name}`,
    name: `queue-${queue.name}`,
    component: () => import("./QueuePage.vue"),
    meta: {
      title: `${workflow}.queues.${queue.name}`,
      roles: queue.roles,
      menu: { group: "work" as const, order: firstPlace + index, icon: queue.icon },
    },
  })),
);
