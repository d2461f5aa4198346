// Every page of the console. Each area brings its own, and so does what fills a workflow's slot; what a
// route's `meta` says makes the menu.

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

/// A page's script, ahead of when it is shown; where it cannot be fetched, whoever shows it says so.
export function fetchPage(page: RouteRecordRaw["component"]) {
  if (typeof page === "function") (page as () => Promise<unknown>)().catch(() => undefined);
}

export const routes: RouteRecordRaw[] = [
  ...session, ...work, ...queues, ...search, ...slots.flatMap((slot) => slot.routes ?? []), ...administration,
  ...instances, ...frame,
];

const ofOne = /^\/[^/]+\/[^/]+$/;

/// Of an address, before the router is there.
export const pageAt = (path: string) =>
  routes.find((route) => route.path === path)?.component ??
  routes.find(({ name }) => name === (ofOne.test(path) ? "instance" : "instances"))?.component;
