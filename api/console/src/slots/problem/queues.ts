// Queues: lists with a filter, worked off one by one, with keys for their commands.

import type { Queue } from "@/workflows/slots";

export const queues: Queue[] = [
  {
    name: "screening",
    roles: ["coordinator", "screener"],
    icon: "screen",
    query: { mine: true, state: "screening" },
    keys: {
      a: "accept",
      e: "escalate",
      s: "request_supplement",
      r: "reject",
      m: "merge",
      l: "solve_locally",
    },
  },
  {
    name: "dispatch",
    roles: ["coordinator"],
    icon: "send",
    query: { mine: true, state: "awaiting_dispatch" },
    keys: { a: "assign" },
  },
  {
    name: "review",
    roles: ["coordinator"],
    icon: "approve",
    query: { mine: true, state: "reviewing" },
    keys: { a: "approve_resolution", r: "return_for_rework" },
  },
  {
    name: "extensions",
    roles: ["coordinator"],
    icon: "timer",
    query: { mine: true, state: "handling" },
    keys: { a: "grant_extension", r: "refuse_extension" },
  },
  {
    name: "closing",
    roles: ["coordinator"],
    icon: "close",
    query: { mine: true, state: "awaiting_close" },
    keys: { a: "close" },
  },
  {
    name: "overdue",
    roles: ["coordinator", "supervisor"],
    icon: "press",
    query: { light: "overdue" },
    keys: { u: "urge", l: "list", c: "circulate" },
  },
  {
    name: "acknowledge",
    roles: ["handler"],
    icon: "approve",
    query: { mine: true, state: "awaiting_acknowledgement" },
    keys: { a: "acknowledge", d: "decline" },
  },
  {
    name: "handling",
    roles: ["handler"],
    icon: "report",
    query: { mine: true, state: "handling" },
    keys: { p: "log_progress", o: "give_opinion", t: "request_extension", f: "submit_resolution" },
  },
];
