// The workflows of the server, as each describes itself: states, commands with their forms, facts
// and filters, with labels.

import { defineStore } from "pinia";
import { reactive, ref, watch } from "vue";

import { read, type Result } from "@/api/client";
import type { Schema } from "@/api/schema";
import { useSession } from "@/session/session";
import { capital, language } from "@/texts";
import { nothing, type FormField, type Listed, type Workflow } from "./description";

export type { FormField, Workflow };

type Served = Schema<"Workflow">;

const withLabel = <T extends { label?: string }>(one: T): T =>
  one.label ? { ...one, label: capital(one.label) } : one;

/// Returns the fields with labels that can be shown on their own.
export function formInWords(form: FormField[]): FormField[] {
  return form.map((field) =>
    withLabel({
      ...field,
      choice_labels: Object.fromEntries(
        Object.entries(field.choice_labels ?? {}).map(([name, label]) => [name, capital(label)]),
      ),
    }),
  );
}

function inWords(served: Served, spoken: "zh" | "en"): Workflow {
  const { facets, policy } = served;
  const labels = Object.entries(policy.labels);
  return {
    name: served.name,
    collection: served.collection,
    label: served.label && capital(served.label),
    states: served.states.map(withLabel),
    rows: served.rows,
    commands: served.commands.map((one) => withLabel({ ...one, form: formInWords(one.form) })),
    labels: Object.fromEntries(labels.map(([name, label]) => [name, capital(label[spoken] ?? "")])),
    facts: served.facts.map(withLabel),
    groups: policy.groups.map((group) => ({ name: group.name, label: capital(group[spoken]) })),
    facets: {
      tags: facets.tags.map(withLabel),
      marks: facets.marks.map(withLabel),
      moments: facets.moments.map(withLabel),
      numbers: facets.numbers.map(withLabel),
    },
    attachments: served.attachments.map(withLabel),
    titleFact: served.title_fact,
    links: served.links,
    regions: served.regions,
    editing: served.editing ?? "",
  };
}

export const useWorkflows = defineStore("workflows", () => {
  const listed = ref<Listed[]>([]);
  const listedIn = ref("");
  const known = reactive(new Map<string, Workflow>());
  const asked = new Map<string, Promise<void>>();

  async function loadAgain() {
    const spoken = language();
    const found = await read<{ items: Listed[] }>("/workflows", { lang: spoken });
    if (!found.ok) return;
    listed.value = found.value.items.map(withLabel);
    listedIn.value = spoken;
  }

  /// Loads them once, until the user or the language changes.
  const loadAll = async () => {
    if (listedIn.value !== language()) await loadAgain();
  };
  watch(
    () => useSession().user?.name,
    (_name, before) => {
      if (before) listedIn.value = "";
    },
  );

  async function ask(name: string, spoken: "zh" | "en") {
    const key = `${name}.${spoken}`;
    const found: Result<Served> = await read<Served>(`/workflows/${name}`, { lang: spoken });
    if (found.ok) known.set(key, inWords(found.value, spoken));
    else asked.delete(key);
  }

  /// Resolves once the description is loaded, or the server did not send it.
  async function whole(name: string): Promise<Workflow> {
    const spoken = language();
    const key = `${name}.${spoken}`;
    const asking = asked.get(key) ?? ask(name, spoken);
    asked.set(key, asking);
    await asking;
    return known.get(key) ?? nothing;
  }

  /// Returns an empty workflow until the server has answered; the same call returns it afterwards.
  function get(name: string): Workflow {
    const found = known.get(`${name}.${language()}`);
    if (!found && name) void whole(name);
    return found ?? nothing;
  }

  /// Discards a workflow whose policy has been changed.
  function forget(name: string) {
    for (const key of [...asked.keys()].filter((one) => one.startsWith(`${name}.`))) {
      asked.delete(key);
      known.delete(key);
    }
  }

  const of = (collection: string) => listed.value.find((one) => one.collection === collection);
  const named = (name: string) => listed.value.find((one) => one.name === name);
  const collectionOf = (name: string) => named(name)?.collection ?? "";

  const stateLabel = (workflow: string, state: string) =>
    get(workflow).states.find((one) => one.name === state)?.label ?? state;
  const command = (workflow: string, name: string) =>
    get(workflow).commands.find((one) => one.command === name);

  function choices(workflow: string, commandName: string, field: string) {
    const form = command(workflow, commandName)?.form.find((one) => one.name === field);
    return (form?.choices ?? []).map((value) => ({
      value,
      label: form?.choice_labels?.[value] ?? value,
    }));
  }

  return {
    listed, loadAll, loadAgain, whole, get, forget, of, named, collectionOf, stateLabel, command, choices,
  };
});
