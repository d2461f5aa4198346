// Instances named by id in facts and fields. The description of the field defines their workflow.

import { defineStore } from "pinia";
import { reactive } from "vue";

import { language } from "@/texts";
import { useWorkflows } from "@/workflows/workflow";
import { readInstance, type Instance } from "./instance";

export interface Linked {
  collection: string;
  instance: Instance;
}

export const useLinked = defineStore("linked", () => {
  const known = reactive(new Map<string, Linked | null>()); // null: not there, or not one's own to see
  const asked = new Set<string>();
  const workflows = useWorkflows();

  async function find(id: string, workflow: string): Promise<Linked | null> {
    await workflows.loadAll();
    const collection = workflows.collectionOf(workflow);
    const found = collection ? await readInstance(collection, id) : null;
    return found?.ok ? { collection, instance: found.value } : null;
  }

  /// Returns undefined until the server has answered; the same call returns the instance
  /// afterwards.
  function get(id: string, workflow: string): Linked | null | undefined {
    const key = `${id}.${language()}`;
    if (!asked.has(key)) {
      asked.add(key);
      void find(id, workflow).then((found) => known.set(key, found));
    }
    return known.get(key);
  }

  /// Discards an instance that may have changed, so that it is read again when it is next shown.
  function forget(id: string) {
    for (const spoken of ["zh", "en"]) asked.delete(`${id}.${spoken}`);
  }

  return { get, forget };
});
