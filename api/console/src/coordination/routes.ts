import type { RouteRecordRaw } from "vue-router";

import { queues } from "./queues";

export const routes: RouteRecordRaw[] = queues.map((queue, index) => ({
  path: `/queues/${queue.name}`,
  name: `queue-${queue.name}`,
  component: () => import("./QueuePage.vue"),
  meta: {
    title: `coordination.queues.${queue.name}`,
    roles: queue.roles,
    menu: { group: "work", order: 30 + index, icon: queue.icon },
  },
}));
