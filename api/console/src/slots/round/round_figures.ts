// Progress of a round, as counted by the server.

import { read } from "@/api/client";

interface Rate {
  part: number;
  whole: number;
  rate: number | null;
}

export interface RoundFigures {
  key: string; // the round's number
  total: number;
  by_stage: Record<string, number>;
  by_state: Record<string, number>;
  by_light: Record<string, number>;
  on_time_rate: Rate;
  resolution_rate: Rate;
  satisfaction_rate: Rate;
  rework_rate: Rate;
}

export const stages = ["collect", "assign", "resolve", "revisit", "close"] as const;
export const lights = ["on_time", "due_soon", "overdue"] as const;
export const rates = [
  "on_time_rate",
  "resolution_rate",
  "satisfaction_rate",
  "rework_rate",
] as const;
export const unfinishedStates =
  "draft,screening,supplementing,awaiting_dispatch,awaiting_acknowledgement,handling,shelved,reviewing,awaiting_visit,awaiting_close";
const finished = ["closed", "merged", "rejected", "withdrawn", "discarded"];

export const unfinished = (figures: RoundFigures | undefined) =>
  (figures?.total ?? 0) - finished.reduce((sum, state) => sum + (figures?.by_state[state] ?? 0), 0);

export async function readRoundFigures(): Promise<Map<number, RoundFigures>> {
  const found = await read<{ groups: RoundFigures[] }>("/statistics/summary", {
    group_by: "round",
  });
  return new Map(found.ok ? found.value.groups.map((one) => [Number(one.key), one]) : []);
}
