// What older servers do not say of a workflow, guessed. Goes away with them; only workflow.ts reads
// this file.

import { read, type Query, type Result } from "@/api/client";
import type { Schema } from "@/api/schema";
import type { Instance, Page } from "@/instances/instance";
import type { Facets, Fact, Kind, Named, Region } from "./description";

type Served = Schema<"Workflow">;

const units = ["reporting_unit", "lead_unit", "convener"];
const manyUnits = ["co_handlers", "participants", "opinions_given", "opinions_waived"];
const one = ["merged_into", "became", "consultation", "from", "into"];
const many = ["merged_from", "consultations"];
const numbers = /_count$|^visits_logged$|^round$|^number$/;
const listed = ["category", "source", "channel", "round", "region", "lead_unit"];

export function kindOf(name: string): Kind {
  if (units.includes(name)) return "unit";
  if (manyUnits.includes(name)) return "units";
  if (one.includes(name)) return "instance";
  if (many.includes(name)) return "instances";
  if (name === "region") return "region";
  if (name === "level") return "choice";
  if (numbers.test(name)) return "integer";
  return /_at$|until$/.test(name) ? "time" : "text";
}

const also = [
  "reporting_unit", "level", "convener", "due_at", "handle_due_at", "extension_until",
  "reporter_says", "merged_into", "merged_from", "main_state", "became", "consultations",
  "opinions_given", "opinions_waived", "rework_count", "return_count", "left_over_count",
];

export function factsOf(served: Served): Fact[] {
  const found = new Map<string, Fact>();
  for (const { form } of served.commands)
    for (const { name, kind } of form) if (!found.has(name)) found.set(name, { name, kind });
  for (const name of also) if (!found.has(name)) found.set(name, { name, kind: kindOf(name) });
  return [...found.values()];
}

export function facetsOf(served: Served): Facets {
  const facts = factsOf(served);
  const formed = new Set(served.commands.flatMap(({ form }) => form.map(({ name }) => name)));
  const tags = listed.flatMap((name) => facts.filter((fact) => fact.name === name && formed.has(name)));
  const handling = tags.map((tag) => ({ ...tag, handles: tag.name === "lead_unit" }));
  return { tags: handling, marks: [], moments: [], numbers: [] };
}

export const attachmentsOf = (served: Served): Named[] =>
  served.commands.some((command) => command.command === "log_visit")
    ? ["report", "progress", "result", "visit"].map((name) => ({ name }))
    : [];

const lights = ["on_time", "due_soon", "overdue"];

export function regionsOf(served: Served): Region[] {
  const inRegion = (region: number) =>
    served.states.filter((one) => one.region === region).map((one) => one.name);
  return [1, 2]
    .map((region) => ({
      name: inRegion(region).some((one) => lights.includes(one)) ? "light" : "supervision",
      states: inRegion(region),
    }))
    .filter((region) => region.states.length > 0);
}

export const editingOf = (served: Served): string =>
  served.commands.find(({ command }) => ["edit", "change"].includes(command))?.command ?? "";

/// What waits for one over these collections, as GET /work would say it.
export async function workOf(collections: string[], query: Query): Promise<Result<Page<Instance>>> {
  const all: Page<Instance> = { items: [], next_cursor: null, total: 0 };
  for (const collection of collections) {
    const page = await read<Page<Instance>>(`/${collection}`, { ...query, mine: true, sort: "due" });
    if (!page.ok) return page;
    all.items.push(...page.value.items);
    all.total += page.value.total;
  }
  return { ok: true, value: all, version: null };
}
