// Every page of the console. Each area brings its own; what a route's `meta` says makes the menu.

import type { RouteRecordRaw } from "vue-router";

import { routes as administration } from "./administration/routes";
import { routes as meetings } from "./coordination/meeting_routes";
import { routes as coordination } from "./coordination/routes";
import { routes as frame } from "./frame/routes";
import { routes as leaders } from "./leaders/routes";
import { routes as problems } from "./problems/routes";
import { routes as reports } from "./reports/routes";
import { routes as session } from "./session/routes";
import type { Role } from "./session/session";
import { routes as visits } from "./visits/routes";

declare module "vue-router" {
  interface RouteMeta {
    title?: string; // key of its text
    open?: boolean; // without signing in, and without the frame
    roles?: Role[]; // whom it serves; others do not find it in their menu
    province?: boolean; // and only those of the province's government
    unknown?: boolean; // to others: for them there is no such page, as there is no such resource
    menu?: {
      group: "work" | "coordination" | "administration";
      order: number;
      icon: string; // a name of frame/icons.ts
      phone?: boolean; // in the bar at the bottom of a phone
    };
  }
}

/// A page's script, ahead of when it is shown; where it cannot be fetched, whoever shows it says so.
export function fetchPage(page: RouteRecordRaw["component"]) {
  if (typeof page === "function") (page as () => Promise<unknown>)().catch(() => undefined);
}

export const routes: RouteRecordRaw[] = [
  ...session, ...leaders, ...problems, ...reports, ...coordination, ...meetings, ...visits,
  ...administration, ...frame,
];
