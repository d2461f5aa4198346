// The menu of a person: every route that says that it stands in it and serves one of their roles.

import type { RouteRecordRaw } from "vue-router";

import type { Role } from "@/session/session";

export interface Entry {
  name: string;
  path: string;
  title: string;
  icon: string;
  phone: boolean;
}
export interface Group {
  name: string;
  entries: Entry[];
}

const groups = ["work", "coordination"] as const;

export function menuOf(routes: readonly RouteRecordRaw[], roles: readonly Role[]): Group[] {
  const shown = routes
    .filter(
      ({ meta }) => meta?.menu && (!meta.roles || meta.roles.some((role) => roles.includes(role))),
    )
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
        })),
    }))
    .filter((group) => group.entries.length > 0);
}
