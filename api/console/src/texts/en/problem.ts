import type { Same } from "..";
import type zh from "../zh/problem";

// Texts of problems only: their pages, queues and filters.
export default {
  list: "Problems",
  missing: "What is missing",
  opinions_missing: "Opinions missing",
  result: "Result",
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
  facts: {
    reporting_unit: "Reported by",
    created_at: "Reported",
    due_at: "Due in this state",
    handle_due_at: "To be handled by",
  },
  marks: {
    handled: "with a result",
    handled_on_time: "result on time",
    handled_late: "result late",
    reworked: "reworked",
    visited: "visited",
    resolved: "thoroughly resolved",
    unresolved: "not thoroughly resolved",
    satisfied: "accepted",
    dissatisfied: "not accepted",
  },
  moments: {
    reported: "reported",
    assigned: "assigned",
    overdue: "overdue",
    handled: "result",
    visited: "visited",
    closed: "closed",
  },
} satisfies Same<typeof zh>;
