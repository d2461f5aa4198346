// Additions of a workflow to the pages that all workflows have. A file of slots/ defines them; all
// pages also work without one.

import type { Component } from "vue";
import type { RouteLocationRaw, RouteMeta, RouteRecordRaw } from "vue-router";

import type { Query } from "@/api/client";
import type { Instance } from "@/instances/instance";
import type { Role, User } from "@/session/session";

/// A queue, worked off one by one, with keys for its commands. Its title is
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
  /// Additional pages of the workflow.
  routes?: RouteRecordRaw[];
  /// Position and title of its list in the menu; null: not in the menu.
  menu?: (RouteMeta["menu"] & { title?: string }) | null;
  queues?: Queue[];
  /// Default columns of its list; without them, the general default.
  columns?: string[];
  /// Page that creates an instance, instead of the form.
  making?: RouteLocationRaw;
  /// Commands that have a page instead of a form.
  pages?: Record<string, (instance: Instance) => RouteLocationRaw>;
  grave?: string[]; // commands that nobody should give by mistake, though they lead on
  aside?: string[]; // commands that put a matter aside: never the next step
  single?: string[]; // commands that are not given to many at once
  /// Returns a command that this user owes, whatever else the user may do.
  owed?: (instance: Instance, user: User) => string | undefined;
  /// Purpose of a paper that is added in this stage; without it, users are asked.
  purposeIn?: Record<string, string>;
  /// Component shown above the facts of an instance.
  notes?: () => Promise<{ default: Component }>;
  hidden?: string[]; // facts that `notes` shows
  /// Component that picks an instance, where another workflow has a tag named after this one.
  picker?: () => Promise<{ default: Component }>;
}

const files = import.meta.glob<{ slot: Slot }>("../slots/*.ts", { eager: true });
export const slots: Slot[] = Object.values(files).map((one) => one.slot);
export const slotOf = (workflow: string) => slots.find((one) => one.workflow === workflow);
