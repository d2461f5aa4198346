// What is checked before it is saved: only what the server has just found sound can be saved.

import { ref, type Ref } from "vue";

import { newKey, type Result } from "@/api/client";
import type { Refusal } from "@/api/refusal";

/// `send` sends all of it, to be checked alone (`dry_run`) or to be saved.
export function useChecked<T>(send: (dryRun: boolean, key: string) => Promise<Result<T>>) {
  const checked = ref(null) as Ref<T | null>;
  const refusal = ref<Refusal | null>(null);
  const busy = ref(false);
  const saved = ref(false);

  function changed() {
    checked.value = null;
    refusal.value = null;
    saved.value = false;
  }

  async function ask(dryRun: boolean): Promise<T | null> {
    busy.value = true;
    refusal.value = null;
    const reply = await send(dryRun, newKey());
    busy.value = false;
    if (!reply.ok) refusal.value = reply.refusal;
    return reply.ok ? reply.value : null;
  }

  async function check() {
    saved.value = false;
    checked.value = await ask(true);
  }

  async function save(): Promise<boolean> {
    if (!checked.value || !(await ask(false))) return false;
    checked.value = null;
    return (saved.value = true);
  }

  return { checked, refusal, busy, saved, changed, check, save };
}
