// What a workflow wants beside the pages that every one has. A file of slots/ fills it; without one a
// workflow has all pages all the same.

import type { Component } from "vue";
import type { RouteLocationRaw, RouteMeta, RouteRecordRaw } from "vue-router";

import type { Query } from "@/api/client";
import type { Instance } from "@/instances/instance";
import type { Role, User } from "@/session/session";

/// What somebody works off one by one, with keys for what is done there. Its title is
/// <workflow>.queues.<name>.
export interface Queue {
  name: string;
  roles: Role[];
  icon: string;
  query: Query;
  keys: Record<string, string>; // key → command
}

export interface Slot {
  workflow: string;
  /// Pages of its own.
  routes?: RouteRecordRaw[];
  /// Where its list stands in the menu, and what it is called there; null: nowhere.
  menu?: (RouteMeta["menu"] & { title?: string }) | null;
  queues?: Queue[];
  /// Columns of its list before a person chooses; what is usual where it says nothing.
  columns?: string[];
  /// The page where one is made, instead of the form.
  making?: RouteLocationRaw;
  /// Commands that have a page of their own instead of a form.
  pages?: Record<string, (instance: Instance) => RouteLocationRaw>;
  grave?: string[]; // commands that nobody should give by mistake, though they lead on
  aside?: string[]; // commands that put a matter aside: never the next step
  single?: string[]; // commands that are not given to many at once
  /// A command that this person owes, whatever else they may do.
  owed?: (instance: Instance, user: User) => string | undefined;
  /// What a paper is for that is added in this stage; else people are asked.
  purposeIn?: Record<string, string>;
  /// Shown above the facts of an instance.
  notes?: () => Promise<{ default: Component }>;
  hidden?: string[]; // facts that `notes` shows
  /// Picks one where another workflow has a tag of this one's name.
  picker?: () => Promise<{ default: Component }>;
}

const files = import.meta.glob<{ slot: Slot }>("../slots/*.ts", { eager: true });
export const slots: Slot[] = Object.values(files).map((one) => one.slot);
export const slotOf = (workflow: string) => slots.find((one) => one.workflow === workflow);
