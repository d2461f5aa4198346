// Figures of the leaders' screen, as counted by the server, and the list behind each.

import { read, type Query, type Result } from "@/api/client";
import type { Schema } from "@/api/schema";
import { listProblems, type ProblemPage } from "../problem";
import { useWorkflows } from "@/workflows/workflow";

/// Lights and rates are optional in a workflow; problems have them all.
type With<T, Names extends keyof T> = T & Required<Pick<T, Names>>;
export type Group = With<Schema<"Summary">["groups"][number], "by_light" | RateName>;
export type Period = With<Schema<"Trend">["periods"][number], Happening | RateName>;
export type By = Schema<"Trend">["by"];

/// Scope of the whole screen: part of every request, and of every list behind a figure.
export interface Scope {
  region?: string;
  round?: string;
}
export type Filter = Record<string, string | undefined>;
export type ListOf = (filter: Filter) => { path: string; query: Record<string, string> };

export const stages = ["collect", "assign", "resolve", "revisit", "close"] as const;
export const lights = ["overdue", "due_soon", "on_time"] as const;
export const happenings = ["reported", "assigned", "closed", "overdue"] as const;
export type Happening = (typeof happenings)[number];
export const rates = ["on_time_rate", "resolution_rate", "satisfaction_rate", "rework_rate"] as const;
export type RateName = (typeof rates)[number];

/// Filters of a rate's problems: those that count for it, the total, the rest, and the moment.
export const ratedBy: Record<RateName, { part: string; whole: string; rest: string; moment: string }> = {
  on_time_rate: { part: "handled_on_time", whole: "handled", rest: "handled_late", moment: "handled" },
  resolution_rate: { part: "resolved", whole: "visited", rest: "unresolved", moment: "visited" },
  satisfaction_rate: { part: "satisfied", whole: "visited", rest: "dissatisfied", moment: "visited" },
  rework_rate: { part: "reworked", whole: "handled", rest: "", moment: "handled" },
};
/// Returns the filter of the problems that worsen the rate.
export const spoiling = (rate: RateName) => ratedBy[rate].rest || ratedBy[rate].part;
export const spoilt = (rate: RateName, { part, whole }: { part: number; whole: number }) =>
  ratedBy[rate].rest ? whole - part : part;

export const periods = { month: 12, week: 26 } as const;
/// Orders of the rankings, worst first.
export const rankings = {
  overdue: "-overdue", on_time_rate: "on_time_rate", satisfaction_rate: "satisfaction_rate", rework_rate: "-rework_rate",
} as const;
export type Ranking = keyof typeof rankings;
const ranked = 15;
const shownProblems = 6;

export interface Overview {
  whole: Group;
  places: Group[]; // every county; of one county: its townships
  cities: Group[];
  worstPlaces: Group[];
  worstUnits: Group[];
  trend: Period[];
  waiting: Record<Waiting, ProblemPage>;
}

/// Reasons why a problem needs a leader.
export const waits = ["overdue", "supervised", "reworked", "shelved"] as const;
export type Waiting = (typeof waits)[number];

/// Returns the workflow's states that count for leaders: all but drafts, which are private.
export function statesOf() {
  const counted = useWorkflows()
    .get("problem")
    .states.filter((one) => one.region === 0 && one.stage && !["draft", "discarded"].includes(one.name));
  const names = (states: typeof counted) => states.map((one) => one.name).join(",");
  return {
    all: names(counted),
    inHand: names(counted.filter((one) => !one.final)),
    ofStage: (stage: string) => counted.filter((one) => one.stage === stage),
    namesOfStage: (stage: string) => names(counted.filter((one) => one.stage === stage)),
  };
}

export function filterOf(wait: Waiting): Filter {
  const { inHand } = statesOf();
  return {
    overdue: { light: "overdue", state: inHand, sort: "due" },
    supervised: { supervision: "listed,circulated", state: inHand, sort: "due" },
    reworked: { outcome: "reworked", state: inHand, sort: "due" },
    shelved: { state: "shelved", sort: "updated" },
  }[wait];
}

/// Returns the level of the places shown within a region, as the API groups by it.
export const placesWithin = (region: string) => (region.length < 6 ? "county" : "region");

class Unread extends Error {}

async function valueOf<T>(asked: Promise<Result<T>>): Promise<T> {
  const found = await asked;
  if (!found.ok) throw new Unread(found.refusal.detail);
  return found.value;
}

async function groupsOf(query: Query): Promise<Group[]> {
  const counted = await valueOf(read<{ groups: Group[] }>("/statistics/summary", { workflow: "problem", ...query }));
  return counted.groups;
}

/// Returns the whole overview, or null if any part could not be read. `region` is that of the
/// scope, or the user's.
export async function readOverview(scope: Scope, region: string, by: By, ranking: Ranking): Promise<Overview | null> {
  const places = placesWithin(region);
  const worst = { ...scope, sort: rankings[ranking], limit: ranked };
  try {
    const [groups, all, cities, worstPlaces, worstUnits, trend, ...pages] = await Promise.all([
      groupsOf({ ...scope }),
      groupsOf({ ...scope, group_by: places }),
      groupsOf({ ...scope, group_by: "city" }),
      groupsOf({ ...worst, group_by: places }),
      groupsOf({ ...worst, group_by: "unit" }),
      valueOf(read<{ periods: Period[] }>("/statistics/trend", {
        workflow: "problem", ...scope, by, periods: periods[by],
      })),
      ...waits.map((wait) => valueOf(listProblems({ ...scope, ...filterOf(wait), limit: shownProblems }))),
    ]);
    const waiting = Object.fromEntries(waits.map((wait, index) => [wait, pages[index]]));
    return {
      whole: groups[0]!, places: all, cities, worstPlaces, worstUnits, trend: trend.periods,
      waiting: waiting as Overview["waiting"],
    };
  } catch (thrown) {
    if (thrown instanceof Unread) return null;
    throw thrown;
  }
}

export const inHand = (group: Group) => lights.reduce((sum, light) => sum + (group.by_light[light] ?? 0), 0);
export const percent = (rate: number | null, none = "—") =>
  rate === null ? none : `${(100 * rate).toFixed(rate === 1 || rate === 0 ? 0 : 1)}%`;
