// Which workflows somebody has to do with: those of which they see something, or may make something.

import { defineStore } from "pinia";
import { ref, watch } from "vue";

import { read } from "@/api/client";
import { reachable } from "@/api/connection";
import { painted } from "@/frame/painted";
import { useSession, type User } from "@/session/session";
import { language } from "@/texts";
import { slotOf } from "./slots";
import { useWorkflows } from "./workflow";

const makers = ["coordinator", "supervisor"] as const;

/// The server decides when it is asked to; this says whom it is offered.
export function mayMake(workflow: string, user: User | null): boolean {
  if (!user) return false;
  const slot = slotOf(workflow);
  if (slot?.makers) return slot.makers(user);
  const roles = slot?.making?.roles ?? makers;
  return roles.some((role) => user.roles.includes(role));
}

export const useMine = defineStore("mine", () => {
  const session = useSession();
  const workflows = useWorkflows();
  const names = ref<string[]>([]);

  async function isSeen(collection: string): Promise<boolean> {
    const page = await read<{ total: number }>(`/${collection}`, { limit: 1 });
    return page.ok && page.value.total > 0;
  }

  async function load() {
    await workflows.loadAll();
    const { user } = session;
    const found: string[] = [];
    for (const { name, collection } of workflows.listed) {
      const menu = slotOf(name)?.menu;
      if (menu === null) continue; // it has pages of its own
      if (menu ? !menu.roles || session.has(...menu.roles) : mayMake(name, user)) found.push(name);
      else if (!menu && (await isSeen(collection))) found.push(name);
    }
    names.value = found;
  }

  watch(
    () => [session.user?.name, reachable.value, language()] as const,
    ([name, reached], before) => {
      if (name !== before?.[0]) names.value = [];
      if (name && reached) void painted().then(load);
    },
    { immediate: true },
  );

  return { names };
});
