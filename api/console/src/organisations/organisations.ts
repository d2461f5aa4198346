// Names of regions and units by their codes, asked for once.

import { defineStore } from "pinia";
import { reactive } from "vue";

import { read } from "@/api/client";
import type { Schema } from "@/api/schema";

export type Organisation = Schema<"Organisation">;

interface Page {
  items: Organisation[];
}

export const useOrganisations = defineStore("organisations", () => {
  const known = reactive(new Map<string, Organisation>());
  const asked = new Set<string>();

  function keep(found: Organisation[]): Organisation[] {
    for (const organisation of found) known.set(organisation.code, organisation);
    return found;
  }

  async function load(code: string) {
    if (!code || asked.has(code)) return;
    asked.add(code);
    const found = await read<Organisation>(`/organisations/${code}`);
    if (found.ok) keep([found.value]);
    else if (found.refusal.status === 0) asked.delete(code);
  }

  /// The code itself until the server has answered; then the same call gives the name.
  function name(code: string | undefined): string {
    if (!code) return "";
    const found = known.get(code);
    if (!found) void load(code);
    return found?.name ?? code;
  }

  async function children(parent: string): Promise<Organisation[]> {
    const found = await read<Page>("/organisations", { parent, limit: 500 });
    return found.ok ? keep(found.value.items) : [];
  }

  async function search(q: string, below = "", limit = 30): Promise<Organisation[]> {
    const found = await read<Page>("/organisations", { q, below, limit });
    return found.ok ? keep(found.value.items) : [];
  }

  return { name, children, search };
});
