// Consultations are called by coordinators, and stand with what these do beside the day's work.

import type { Slot } from "@/workflows/slots";

export const slot: Slot = {
  workflow: "consultation",
  menu: { group: "coordination", order: 60, icon: "meeting" },
  columns: ["id", "title", "state", "held_at", "convener", "updated_at"],
};
