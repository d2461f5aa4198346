// Filters of a workflow's list, in words.

import { factLabel, factWords } from "@/instances/facts";
import { i18n } from "@/texts";
import { stagesOf, statesBeside, statesOf, type Named, type Workflow } from "@/workflows/description";
import type { Filters } from "./list";

interface Select {
  name: string;
  label: string;
  choices: { value: string; label: string }[];
}

const asChoices = (named: Named[]) =>
  named.map(({ name, label }) => ({ value: name, label: label ?? name }));

/// Returns the label, from the server or from the console's texts of the workflow.
export function facetLabel(workflow: Workflow, kind: "marks" | "moments", name: string): string {
  const { t, te } = i18n.global;
  const own = `${workflow.name}.${kind}.${name}`;
  return workflow.facets[kind].find((one) => one.name === name)?.label ?? (te(own) ? t(own) : name);
}

export function tagChoices(workflow: Workflow, name: string): Select["choices"] {
  const fields = workflow.commands.flatMap(({ form }) => form).filter((one) => one.name === name);
  const field = fields.find((one) => one.choices?.length);
  return (field?.choices ?? []).map((value) => ({
    value,
    label: field?.choice_labels?.[value] ?? value,
  }));
}

/// Returns the filters that have something to choose.
export function selectsOf(workflow: Workflow): Select[] {
  const { t } = i18n.global;
  const own = (name: string, choices: Select["choices"]): Select => ({
    name,
    label: t(`instances.columns.${name}`),
    choices,
  });
  const tags = workflow.facets.tags.map(({ name, label }) => ({
    name,
    label: factLabel(workflow, name, label),
    choices: tagChoices(workflow, name),
  }));
  const marks = workflow.facets.marks.map(({ name }) => ({
    name,
    label: facetLabel(workflow, "marks", name),
  }));
  const all = [
    own("light", asChoices(statesBeside(workflow, "light"))),
    own("stage", asChoices(stagesOf(workflow))),
    own("state", asChoices(statesOf(workflow))),
    ...tags,
    own("supervision", asChoices(statesBeside(workflow, "supervision"))),
    own("mark", asChoices(marks)),
  ];
  return all.filter((one) => one.choices.length > 0);
}

const fields = ["light", "stage", "state", "supervision", "mark", "region", "unit", "mine", "q"];

/// Returns the filters that no field shows, each with its names in the address.
export function toldOf(workflow: Workflow, filters: Filters): { text: string; names: string[] }[] {
  const { t } = i18n.global;
  const { moment, outcome, from = "", until = "" } = filters;
  const marks = outcome?.split(",").map((name) => facetLabel(workflow, "marks", name));
  const happened =
    moment && t("instances.happened", { from, until, what: facetLabel(workflow, "moments", moment) });
  const told = workflow.facets.tags
    .filter(({ name, kind }) => filters[name] && ["unit", "units"].includes(kind) && !fields.includes(name))
    .map((tag) => ({ text: factWords(workflow, { ...tag, kind: "unit" }, filters[tag.name]), names: [tag.name] }));
  return [
    ...told,
    { text: marks?.join(t("instances.or")), names: ["outcome"] },
    { text: happened, names: ["moment", "from", "until"] },
  ].filter((one): one is { text: string; names: string[] } => !!one.text);
}
