import type { Same } from "..";
import type zh from "../zh/coordination";

export default {
  queues: {
    screening: "Screening",
    dispatch: "To be assigned",
    review: "Results to approve",
    extensions: "Extension requests",
    closing: "To be closed",
    overdue: "Overdue",
    acknowledge: "To acknowledge",
    handling: "In hand",
  },
  empty: "All done",
  keys: "Keys",
  key_step: "move",
  key_select: "select",
  key_open: "open",
  bulk: "Many at once",
  selected: "{count} selected",
  select_all: "Select all {count}",
  select_none: "Select none",
  many: "{command}: {count} problems",
  result: "{done} done, {refused} not",
} satisfies Same<typeof zh>;
