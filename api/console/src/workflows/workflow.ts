// What the server says of a workflow: states, commands with their forms, and all of it in words.

import { defineStore } from "pinia";
import { reactive } from "vue";

import { read } from "@/api/client";
import type { Schema } from "@/api/schema";
import { capital, language } from "@/texts";

export type FormField = Schema<"FormField"> & { hint?: string };
export type Workflow = Pick<Schema<"Workflow">, "name" | "collection" | "states" | "commands">;
type CommandInfo = Workflow["commands"][number];

const nothing: Workflow = { name: "", collection: "", states: [], commands: [] };

const withLabel = <T extends { label?: string }>(one: T): T =>
  one.label ? { ...one, label: capital(one.label) } : one;

/// Fields with labels that can stand by themselves.
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

const inWords = (workflow: Workflow): Workflow => ({
  ...workflow,
  states: workflow.states.map(withLabel),
  commands: workflow.commands.map((one) => withLabel({ ...one, form: formInWords(one.form) })),
});

export const useWorkflows = defineStore("workflows", () => {
  const known = reactive(new Map<string, Workflow>());
  const asked = new Set<string>();

  async function load(name: string, spoken: string) {
    const key = `${name}.${spoken}`;
    if (asked.has(key)) return;
    asked.add(key);
    const found = await read<Workflow>(`/workflows/${name}`, { lang: spoken });
    if (found.ok) known.set(key, inWords(found.value));
    else asked.delete(key);
  }

  /// Empty until the server has answered; then the same call gives it.
  function get(name: string): Workflow {
    const spoken = language();
    const found = known.get(`${name}.${spoken}`);
    if (!found) void load(name, spoken);
    return found ?? nothing;
  }

  /// Its policy has been changed.
  function forget(name: string) {
    for (const key of [...asked].filter((one) => one.startsWith(`${name}.`))) {
      asked.delete(key);
      known.delete(key);
    }
  }

  function stateLabel(workflow: string, state: string): string {
    return get(workflow).states.find((one) => one.name === state)?.label ?? state;
  }

  function command(workflow: string, name: string): CommandInfo | undefined {
    return get(workflow).commands.find((one) => one.command === name);
  }

  function choices(
    workflow: string,
    commandName: string,
    field: string,
  ): { value: string; label: string }[] {
    const form = command(workflow, commandName)?.form.find((one) => one.name === field);
    return (form?.choices ?? []).map((value) => ({
      value,
      label: form?.choice_labels?.[value] ?? value,
    }));
  }

  return { get, forget, stateLabel, command, choices };
});
