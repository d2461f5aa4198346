// A list whose further pages are loaded on request.

import { onMounted, ref, watch, type Ref } from "vue";

import { read, type Query } from "@/api/client";
import type { Refusal } from "@/api/refusal";

interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

/// Restarts whenever the query changes.
export function usePages<T>(path: string, query: () => Query = () => ({})) {
  const items = ref([]) as Ref<T[]>;
  const next = ref<string | null>(null);
  const loaded = ref(false);
  const refusal = ref<Refusal | null>(null);
  let asked = 0;

  async function load(cursor: string | null = null) {
    const mine = ++asked;
    const found = await read<Page<T>>(path, { ...query(), cursor });
    if (mine !== asked) return;
    loaded.value = true;
    refusal.value = found.ok ? null : found.refusal;
    if (!found.ok) return;
    items.value = cursor ? [...items.value, ...found.value.items] : found.value.items;
    next.value = found.value.next_cursor ?? null;
  }

  const more = () => load(next.value);
  onMounted(load);
  watch(
    () => JSON.stringify(query()),
    () => load(),
  );
  return { items, next, loaded, refusal, load: () => load(), more };
}
