// All pages of the console, from each area and from the slots of workflows. The `meta` of a route
// defines its entry in the menu.

import type { RouteRecordRaw } from "vue-router";

import { routes as administration } from "./administration/routes";
import { routes as frame } from "./frame/routes";
import { routes as instances } from "./instances/routes";
import { routes as queues } from "./queues/routes";
import { routes as search } from "./search/routes";
import { routes as session } from "./session/routes";
import type { Role } from "./session/session";
import { routes as work } from "./work/routes";
import { slots } from "./workflows/slots";

declare module "vue-router" {
  interface RouteMeta {
    title?: string; // key of its text
    open?: boolean; // without signing in, and without the frame
    roles?: Role[]; // whom it serves; others do not find it in their menu
    province?: boolean; // and only those of the province's government
    unknown?: boolean; // to others: for them there is no such page, as there is no such resource
    ofWorkflow?: boolean; // there is one for every workflow, and for nothing else
    menu?: {
      group: "work" | "coordination" | "administration";
      order: number;
      icon: string; // a name of frame/icons.ts
      phone?: boolean; // in the bar at the bottom of a phone
    };
  }
}

/// Loads the script of a page in advance. A failure is reported when the page is shown.
export function fetchPage(page: RouteRecordRaw["component"]) {
  if (typeof page === "function") (page as () => Promise<unknown>)().catch(() => undefined);
}

export const routes: RouteRecordRaw[] = [
  ...session, ...work, ...queues, ...search, ...slots.flatMap((slot) => slot.routes ?? []), ...administration,
  ...instances, ...frame,
];

const ofOne = /^\/[^/]+\/[^/]+$/;

/// Returns the page of an address, for use before the router exists.
export const pageAt = (path: string) =>
  routes.find((route) => route.path === path)?.component ??
  routes.find(({ name }) => name === (ofOne.test(path) ? "instance" : "instances"))?.component;
