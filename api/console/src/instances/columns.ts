// Columns that a list of a workflow can show. Each user chooses which, and in which order.

import { dateOf, timeOf } from "@/calendar/working_days";
import { i18n } from "@/texts";
import { statesBeside, type Fact, type Workflow } from "@/workflows/description";
import { slotOf } from "@/workflows/slots";
import { factLabel, factWords, isLink } from "./facts";
import { numberOf, type Instance } from "./instance";

export interface Column {
  name: string;
  label: string;
  kind?: string; // of a fact
  sort?: "due" | "created" | "updated"; // what the API can sort by
  text?: (instance: Instance) => string; // else a cell of InstanceTable.vue
}

const fits = ({ kind }: Fact) => !isLink(kind) && kind !== "long_text" && kind !== "texts";

function factColumn(workflow: Workflow, fact: Fact): Column {
  return {
    name: fact.name,
    label: factLabel(workflow, fact.name, fact.label),
    kind: fact.kind,
    text: (instance) =>
      instance.labels?.[fact.name] ?? factWords(workflow, fact, instance[fact.name]),
  };
}

export function columnsOf(workflow: Workflow): Column[] {
  const { t } = i18n.global;
  const own = (name: string, rest: Omit<Column, "name" | "label"> = {}): Column => ({
    name,
    label: t(`instances.columns.${name}`),
    ...rest,
  });
  const facts = workflow.facts.filter(
    (fact) => fits(fact) && ![workflow.titleFact, "due_at"].includes(fact.name),
  );
  const lit = statesBeside(workflow, "light").length > 0;
  const all: Column[] = [
    own("id", { text: numberOf }),
    own("title"),
    ...(lit ? [own("light", { sort: "due" })] : []),
    own("state", { text: (one) => one.labels?.state ?? one.state }),
    own("stage", { text: (one) => one.labels?.stage ?? "" }),
    ...(statesBeside(workflow, "supervision").length > 0
      ? [own("supervision", { text: (one) => besideWords(one) })]
      : []),
    ...facts.map((fact) => factColumn(workflow, fact)),
    ...(lit ? [{ ...factColumn(workflow, { name: "due_at", kind: "time" }), sort: "due" as const,
      text: (one: Instance) => dateOf(one.due_at) }] : []),
    { name: "created_at", label: factLabel(workflow, "created_at"), sort: "created",
      text: (one) => dateOf(one.created_at) },
    own("updated_at", { sort: "updated", text: (one) => timeOf(one.updated_at) }),
  ];
  return all.filter((column) => column.label);
}

const besideWords = ({ supervision, labels }: Instance) =>
  supervision === "normal" ? "" : (labels?.supervision ?? "");

/// Returns the name of the tag with the handling unit.
export const handlingUnit = ({ facets }: Workflow) =>
  facets.tags.find(({ kind, handles }) => kind === "unit" && handles)?.name;

/// Returns the columns before the user chooses: those of the slot, else mainly region, unit and
/// kind.
export function usualColumns(workflow: Workflow): string[] {
  const own = slotOf(workflow.name)?.columns;
  if (own) return own;
  const first = (...kinds: string[]) =>
    workflow.facets.tags.find(({ kind }) => kinds.includes(kind))?.name ??
    workflow.facts.find(({ kind }) => kinds.includes(kind))?.name;
  const unit = handlingUnit(workflow) ?? first("unit");
  const facts = [first("region"), unit, first("category", "choice"), first("time")];
  const lit = statesBeside(workflow, "light").length > 0;
  return [
    "id", "title", ...(lit ? ["light"] : []), "state",
    ...facts.slice(0, 3), ...(lit ? [] : facts.slice(3)), "updated_at",
  ].filter((name): name is string => !!name);
}
