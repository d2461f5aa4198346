// Consultations are called by coordinators, and are in the same part of the menu as their other
// tasks.

import type { Slot } from "@/workflows/slots";

export const slot: Slot = {
  workflow: "consultation",
  menu: { group: "coordination", order: 60, icon: "meeting" },
  columns: ["id", "title", "state", "held_at", "convener", "updated_at"],
};
