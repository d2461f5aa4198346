// Names of regions and units by their codes, each read once.

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
  const asked = new Map<string, Promise<void>>();

  function keep(found: Organisation[]): Organisation[] {
    for (const organisation of found) known.set(organisation.code, organisation);
    return found;
  }

  function load(code: string): Promise<void> {
    const under_way = asked.get(code) ?? ask(code);
    asked.set(code, under_way);
    return under_way;
  }

  async function ask(code: string) {
    const found = await read<Organisation>(`/organisations/${code}`);
    if (found.ok) keep([found.value]);
    else if (found.refusal.status === 0) asked.delete(code);
  }

  async function find(code: string): Promise<Organisation | undefined> {
    await load(code);
    return known.get(code);
  }

  /// Returns the code until the server has answered; the same call returns the name afterwards.
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

  /// Stores an organisation after a change.
  const put = (organisation: Organisation) => void keep([organisation]);

  return { find, name, children, search, put };
});
