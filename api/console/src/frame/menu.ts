// The menu of a person: every route that says that it stands in it and serves one of their roles.

import type { RouteMeta, RouteRecordRaw } from "vue-router";

import type { User } from "@/session/session";

export interface Entry {
  name: string;
  path: string;
  title: string;
  icon: string;
  phone: boolean;
  page: RouteRecordRaw["component"];
}
export interface Group {
  name: string;
  entries: Entry[];
}

const groups = ["work", "coordination", "administration"] as const;

const isOfDepartment = (user: User) => user.organisation.includes("-");

export const serves = (meta: RouteMeta | undefined, user: User | null) =>
  (!meta?.roles || meta.roles.some((role) => user?.roles.includes(role))) &&
  (!meta?.province || (user?.level === "province" && !isOfDepartment(user)));

export function menuOf(routes: readonly RouteRecordRaw[], user: User | null): Group[] {
  const shown = routes
    .filter(({ meta }) => meta?.menu && serves(meta, user))
    .sort((left, right) => (left.meta?.menu?.order ?? 0) - (right.meta?.menu?.order ?? 0));
  return groups
    .map((name) => ({
      name,
      entries: shown
        .filter(({ meta }) => meta?.menu?.group === name)
        .map((route) => ({
          name: String(route.name),
          path: route.path,
          title: route.meta?.title ?? "",
          icon: route.meta?.menu?.icon ?? "",
          phone: route.meta?.menu?.phone ?? false,
          page: route.component,
        })),
    }))
    .filter((group) => group.entries.length > 0);
}
