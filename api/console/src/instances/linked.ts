// Instances that facts and fields name by their ids, wherever they belong.

import { defineStore } from "pinia";
import { reactive } from "vue";

import { language } from "@/texts";
import type { FormField } from "@/workflows/description";
import { useWorkflows } from "@/workflows/workflow";
import { readInstance, type Instance } from "./instance";

export interface Linked {
  collection: string;
  instance: Instance;
}

/// Whose instances a field names, likeliest first: as it says; those that it is called after; those
/// of its own workflow.
export function workflowsNamed(
  field: Pick<FormField, "name" | "workflow"> | undefined,
  own: string,
): string[] {
  const { listed } = useWorkflows();
  if (field?.workflow) return [field.workflow];
  const after = listed.filter((one) =>
    [one.name, one.collection].some((name) => name === field?.name),
  );
  return [...new Set([...after.map((one) => one.name), own])];
}

export const useLinked = defineStore("linked", () => {
  const known = reactive(new Map<string, Linked | null>()); // null: not there, or not one's own to see
  const asked = new Set<string>();
  const workflows = useWorkflows();

  async function find(id: string, likely: string[]): Promise<Linked | null> {
    await workflows.loadAll();
    const all = new Set([...likely, ...workflows.listed.map((one) => one.name)]);
    for (const name of all) {
      const collection = workflows.collectionOf(name);
      const found = collection ? await readInstance(collection, id) : null;
      if (found?.ok) return { collection, instance: found.value };
    }
    return null;
  }

  /// undefined until the server has answered; then the same call gives it.
  function get(id: string, likely: string[]): Linked | null | undefined {
    const key = `${id}.${language()}`;
    if (!asked.has(key)) {
      asked.add(key);
      void find(id, likely).then((found) => known.set(key, found));
    }
    return known.get(key);
  }

  /// It may have changed: it is asked for again when it is next shown.
  function forget(id: string) {
    for (const spoken of ["zh", "en"]) asked.delete(`${id}.${spoken}`);
  }

  return { get, forget };
});
