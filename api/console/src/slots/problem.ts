// Additions of problems to the pages of every workflow: reports on a phone, supplements, visits,
// queues with keys, the leaders' overview.

import type { User } from "@/session/session";
import type { Instance } from "@/instances/instance";
import type { Slot } from "@/workflows/slots";
import { routes as leaders } from "./problem/leaders/routes";
import { queues } from "./problem/queues";
import { routes as reports } from "./problem/reports/routes";
import { routes as visits } from "./problem/visits/routes";

const names = (value: unknown) => (value as string[] | undefined) ?? [];

/// Returns the command that the user owes: a co-handler's missing opinion, or a coordinator's
/// decision on an extension.
function owed(problem: Instance, user: User): string | undefined {
  if (problem.state !== "handling") return undefined;
  const given = [...names(problem.opinions_given), ...names(problem.opinions_waived)];
  const isMissing =
    names(problem.co_handlers).includes(user.organisation) && !given.includes(user.organisation);
  if (isMissing) return "give_opinion";
  return problem.extension_until ? "grant_extension" : undefined;
}

export const slot: Slot = {
  workflow: "problem",
  routes: [...leaders, ...reports, ...visits],
  menu: { group: "work", order: 20, icon: "list", phone: true, title: "problem.list" },
  queues,
  columns: ["id", "title", "light", "state", "region", "lead_unit", "category", "updated_at"],
  making: "/report",
  pages: {
    // A supplement needs more than a form: facts, photos and the list of what was missing.
    resubmit: ({ id }) => ({ name: "supplement", params: { id } }),
  },
  grave: ["decline", "return_for_rework", "circulate", "transfer", "refuse_extension"],
  aside: ["shelve", "request_supplement"],
  single: [
    "edit", "merge", "log_visit", "submit_resolution", "give_opinion", "request_extension",
    "waive_opinion",
  ],
  owed,
  purposeIn: {
    collect: "report", assign: "progress", resolve: "progress", revisit: "visit", close: "visit",
  },
  notes: () => import("./problem/ProblemNotes.vue"),
  hidden: ["missing", "result", "measures"],
};
