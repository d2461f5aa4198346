// Labels and values of facts, in words.

import { dateOf, timeOf } from "@/calendar/working_days";
import { useOrganisations } from "@/organisations/organisations";
import { i18n } from "@/texts";
import type { Fact, FormField, Workflow } from "@/workflows/description";

/// Description of a fact, a field, or a tag.
type Described = Pick<FormField, "name" | "kind"> & Partial<FormField>;

/// Returns the label. Returns an empty text if there is none; the fact is then not shown.
export function factLabel(workflow: Workflow, name: string, label?: string): string {
  const { t, te } = i18n.global;
  for (const key of [`${workflow.name}.facts.${name}`, `${workflow.name}.${name}`])
    if (te(key)) return t(key);
  const own = label ?? workflow.labels[`field.${name}`];
  return own || (te(`facts.${name}`) ? t(`facts.${name}`) : "");
}

const formedAs = (workflow: Workflow, name: string): FormField | undefined =>
  workflow.commands.flatMap(({ form }) => form).find((one) => one.name === name);

export const factOf = (workflow: Workflow, name: string): Fact | undefined =>
  workflow.facts.find((one) => one.name === name);

function choiceLabel(workflow: Workflow, field: Described, value: string): string {
  const { t, te } = i18n.global;
  const known =
    field.choice_labels?.[value] ?? formedAs(workflow, field.name)?.choice_labels?.[value];
  if (known) return known;
  const { labels } = workflow;
  const named = ["choice", "category", "state", "supervision"].map((kind) => labels[`${kind}.${value}`]);
  if (field.name === "level" && te(`instances.levels.${value}`)) return t(`instances.levels.${value}`);
  return named.find((one) => one) ?? value;
}

function numberWords(workflow: Workflow, name: string, value: unknown): string {
  const number = workflow.facets.numbers.find((one) => one.name === name);
  if (!number) return String(value);
  const amount = (Number(value) / 10 ** number.decimals).toFixed(number.decimals);
  return number.unit ? `${amount} ${number.unit}` : amount;
}

/// Returns the time with its hour if the name says so ("held_at"), else the date.
const timeWords = (name: string, value: string) =>
  /(ed|held)_at$/.test(name) ? timeOf(value) : dateOf(value);

/// Returns the value in words. Instances are not included; they are shown as links.
export function factWords(workflow: Workflow, field: Described, value: unknown): string {
  const { t } = i18n.global;
  if (value === undefined || value === null || value === "") return "";
  if (Array.isArray(value)) {
    const kind = field.kind === "units" ? "unit" : field.kind === "texts" ? "text" : field.kind;
    const between = kind === "text" ? "\n" : t("instances.and");
    return value.map((one) => factWords(workflow, { ...field, kind }, one)).join(between);
  }
  if (typeof value === "boolean") return t(value ? "instances.yes" : "instances.no");
  if (field.kind === "unit" || field.kind === "region")
    return useOrganisations().name(String(value));
  if (field.kind === "time") return timeWords(field.name, String(value));
  if (field.kind === "integer") return numberWords(workflow, field.name, value);
  if (field.kind === "long_text") return String(value);
  if (field.kind === "personal") return value === "erased" ? t("personal.erased") : String(value);
  return choiceLabel(workflow, field, String(value));
}

export const isLink = (kind: string | undefined) => kind === "instance" || kind === "instances";
