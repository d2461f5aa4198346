import type { Same } from "..";
import type zh from "../zh/round";

export default {
  title: "Rounds",
  plan: "Plan a round",
  none: "No rounds yet",
  compare: "Compare rounds",
  until: "due {date}",
  number: "Round {number}",
  opens_at: "Opens",
  closes_at: "Closes",
  due_at: "Due",
  days_left: "{days} working days left",
  days_over: "{days} working days overdue",
  total: "{count} in all",
  unfinished: "{count} open",
  empty: "No problems yet",
  no_rate: "—",
  stages: {
    collect: "Collect",
    assign: "Assign",
    resolve: "Resolve",
    revisit: "Revisit",
    close: "Close",
  },
  lights: { on_time: "● On time", due_soon: "▲ Due soon", overdue: "■ Overdue" },
  rates: {
    on_time_rate: "On time",
    resolution_rate: "Resolved",
    satisfaction_rate: "Satisfied",
    rework_rate: "Rework",
  },
  before_concluding:
    "{count} are still open. When the round is concluded they are carried over and still handled.",
  left_over: "Left over when it was concluded: {count}.",
  still_open: "still open: {count}",
} satisfies Same<typeof zh>;
