// The columns that a list of problems can show. Which ones and in which order is a person's own choice.

import { useOrganisations } from "@/organisations/organisations";
import type { Problem } from "./problem";
import { dateOf, timeOf } from "./working_days";

export interface Column {
  name: string; // its title is problems.columns.<name>
  sort?: "due" | "created" | "updated"; // what the API can sort by
  text?: (problem: Problem) => string; // else a cell of ProblemTable.vue
}

export const columns: Column[] = [
  { name: "title" },
  { name: "light", sort: "due" },
  { name: "state", text: (problem) => problem.labels?.state ?? problem.state },
  { name: "stage", text: (problem) => problem.labels?.stage ?? "" },
  {
    name: "supervision",
    text: (problem) =>
      problem.supervision === "normal" ? "" : (problem.labels?.supervision ?? ""),
  },
  {
    name: "region",
    text: (problem) => problem.labels?.region ?? useOrganisations().name(problem.region),
  },
  {
    name: "lead_unit",
    text: (problem) => problem.labels?.lead_unit ?? useOrganisations().name(problem.lead_unit),
  },
  { name: "category", text: (problem) => problem.labels?.category ?? problem.category },
  { name: "round", text: (problem) => (problem.round ? String(problem.round) : "") },
  { name: "due_at", sort: "due", text: (problem) => dateOf(problem.due_at) },
  { name: "created_at", sort: "created", text: (problem) => dateOf(problem.created_at) },
  { name: "updated_at", sort: "updated", text: (problem) => timeOf(problem.updated_at) },
  { name: "id", text: (problem) => problem.id },
];

export const usualColumns = [
  "title",
  "light",
  "state",
  "region",
  "lead_unit",
  "category",
  "updated_at",
];
