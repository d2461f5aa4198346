import type { Same } from "..";
import type zh from "../zh/round";

export default {
  title: "Rounds",
  plan: "Plan a round",
  none: "There is no round yet.",
  compare: "Compare rounds",
  until: "due {date}",
  number: "Round {number}",
  opens_at: "Opens",
  closes_at: "Closes",
  due_at: "Due",
  days_left: "{days} working days left",
  days_over: "{days} working days overdue",
  total: "{count} in all",
  unfinished: "{count} unfinished",
  empty: "No problem belongs to it yet.",
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
    "{count} are not finished. When the round is concluded they are listed as left over, and handled on.",
  left_over: "Left over when it was concluded: {count}.",
  still_open: "still unfinished: {count}",
} satisfies Same<typeof zh>;
