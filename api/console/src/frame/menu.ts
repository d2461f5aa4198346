// The menu of a user: every route with a menu entry for one of the user's roles, and the list of
// every workflow of the user.

import type { RouteMeta, RouteRecordRaw } from "vue-router";

import type { User } from "@/session/session";
import type { Listed } from "@/workflows/description";
import { slotOf } from "@/workflows/slots";

export interface Entry {
  name: string;
  path: string;
  title: string; // key of its text
  label?: string; // instead of the title, where the server says what it is called
  icon: string;
  phone: boolean;
  order: number;
  group: string;
  page: RouteRecordRaw["component"];
}
export interface Group {
  name: string;
  entries: Entry[];
}

const groups = ["work", "coordination", "administration"] as const;
const usual = { group: "work", icon: "matter", phone: false, title: "" };
const firstPlace = 21; // of workflows that do not say where they stand

const isOfDepartment = (user: User) => user.organisation.includes("-");

export const serves = (meta: RouteMeta | undefined, user: User | null) =>
  (!meta?.roles || meta.roles.some((role) => user?.roles.includes(role))) &&
  (!meta?.province || (user?.level === "province" && !isOfDepartment(user)));

const entriesOf = (routes: readonly RouteRecordRaw[], user: User | null): Entry[] =>
  routes.flatMap(({ name, path, meta, component }) =>
    meta?.menu && serves(meta, user)
      ? [{
          phone: false, ...meta.menu, name: String(name), path, title: meta.title ?? "",
          page: component,
        }]
      : [],
  );

function listsOf(workflows: Listed[], page: RouteRecordRaw["component"]): Entry[] {
  return workflows.map(({ name, collection, label }, index) => {
    const own = slotOf(name)?.menu;
    const place = { ...usual, order: firstPlace + index, ...own };
    return {
      ...place, phone: place.phone ?? false, name: collection, path: `/${collection}`, page,
      label: own?.title ? undefined : (label ?? name),
    };
  });
}

/// Returns the menu; `mine` are the workflows of the user.
export function menuOf(
  routes: readonly RouteRecordRaw[],
  user: User | null,
  mine: Listed[],
): Group[] {
  const list = routes.find(({ name }) => name === "instances")?.component;
  const all = [...entriesOf(routes, user), ...listsOf(mine, list)];
  all.sort((left, right) => left.order - right.order);
  return groups
    .map((name) => ({ name, entries: all.filter((entry) => entry.group === name) }))
    .filter((group) => group.entries.length > 0);
}
