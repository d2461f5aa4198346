// A policy in the form that an administrator reads, and the differences between two of them.

import type { Schema } from "@/api/schema";
import { i18n, language } from "@/texts";
import type { Difference } from "./CheckBar.vue";

export type Policy = Schema<"Policy">;
export type Notice = Policy["notify"][number];

export const recipients = [
  "reporter", "lead_unit", "co_handlers", "coordinator", "screener", "visitor",
];

/// Returns the label of a limit or a recipient.
export function nameOf(area: "numbers" | "recipients", name: string): string {
  const key = `administration.policy.${area}.${name}`;
  return i18n.global.te(key) ? i18n.global.t(key) : name;
}

/// Returns the label of the part that a finding concerns, such as "working_days.handle".
export function placeOf(field: string): string {
  const { t, te } = i18n.global;
  const dot = field.indexOf(".");
  const [area, rest] = dot < 0 ? [field, ""] : [field.slice(0, dot), field.slice(dot + 1)];
  const key = `administration.policy.${area}`;
  const to = rest.indexOf(".to.");
  const recipient = to < 0 ? [] : [nameOf("recipients", rest.slice(to + 4))];
  const name = nameOf("numbers", to < 0 ? rest : rest.slice(0, to));
  return [te(key) ? t(key) : area, name, ...recipient].filter(Boolean).join(" · ");
}

/// Returns the label of an event, from the policy's texts.
export const eventName = (policy: Policy, event: string) =>
  (policy.labels[`event.${event}`] ?? policy.labels[`state.${event}`])?.[language()] ?? event;

const said = (notice: Notice) =>
  [
    notice.to.map((to) => nameOf("recipients", to)).join("、"),
    notice.zh ?? "",
    notice.en ?? "",
  ].join(" · ");

/// Returns each statement of the policy as a line, by its subject.
function lines(policy: Policy): Map<string, string> {
  const { t } = i18n.global;
  const all = new Map<string, string>();
  for (const area of ["working_days", "limits"] as const)
    for (const [name, number] of Object.entries(policy[area]))
      all.set(`${t(`administration.policy.${area}`)} · ${nameOf("numbers", name)}`, String(number));
  for (const [name, label] of Object.entries(policy.labels))
    for (const spoken of ["zh", "en"] as const)
      all.set(`${t("administration.policy.labels")} · ${name} · ${spoken}`, label[spoken]);
  for (const [name, codes] of Object.entries(policy.vocabularies))
    all.set(`${t("administration.policy.vocabularies")} · ${name}`, codes.join(" "));
  const told = new Map<string, number>();
  for (const notice of policy.notify) {
    const nth = (told.get(notice.event) ?? 0) + 1;
    told.set(notice.event, nth);
    const what = `${t("administration.policy.notify")} · ${eventName(policy, notice.event)}`;
    all.set(nth > 1 ? `${what} ${nth}` : what, said(notice));
  }
  return all;
}

export function differencesOf(before: Policy, after: Policy): Difference[] {
  const [old, now] = [lines(before), lines(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((what) => old.get(what) !== now.get(what))
    .map((what) => ({ what, before: old.get(what) ?? "", after: now.get(what) ?? "" }));
}
