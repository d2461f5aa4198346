// State of a list, kept in the address of the page: filters, order and position are its query. So a
// list can be sent to others, and the way back leads to it.

import { computed, ref, watch } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";

import { follow } from "@/api/live";
import type { Refusal } from "@/api/refusal";
import { listInstances, type Instance } from "@/instances/instance";
import type { Listed } from "@/workflows/description";

export type Filters = Record<string, string>;
export type Change = Record<string, string | undefined>;

const place = ["sort", "cursor", "page"]; // of the address, and no filters
export const pageSize = 50;

export const withoutEmpty = (change: Change): Filters =>
  Object.fromEntries(Object.entries(change).filter((one): one is [string, string] => !!one[1]));

export function useList(workflow: Listed) {
  const route = useRoute();
  const router = useRouter();
  const { locale } = useI18n();
  const items = ref<Instance[]>([]);
  const total = ref(0);
  const nextCursor = ref<string | null>(null);
  const loading = ref(true);
  const refusal = ref<Refusal | null>(null);
  let asking: AbortController | null = null;

  const queryOf = (name: string) =>
    typeof route.query[name] === "string" ? route.query[name] : "";
  const filters = computed<Filters>(() =>
    withoutEmpty(
      Object.fromEntries(
        Object.keys(route.query)
          .filter((name) => !place.includes(name))
          .map((name) => [name, queryOf(name)]),
      ),
    ),
  );
  const sort = computed(() => queryOf("sort") || "-created");
  const page = computed(() => Number(queryOf("page")) || 1);
  const asked = computed(() => ({
    ...filters.value,
    sort: sort.value,
    cursor: queryOf("cursor"),
    limit: pageSize,
  }));

  async function load() {
    asking?.abort();
    const mine = (asking = new AbortController());
    loading.value = true;
    const found = await listInstances(workflow.collection, asked.value, mine.signal).catch(
      () => null,
    );
    if (mine !== asking || !found) return;
    loading.value = false;
    refusal.value = found.ok ? null : found.refusal;
    if (!found.ok) return;
    items.value = found.value.items;
    total.value = found.value.total;
    nextCursor.value = found.value.next_cursor;
  }

  /// Replaces filters and order.
  function replace(query: Change) {
    const usual = query.sort === "-created";
    void router.push({ query: withoutEmpty({ ...query, sort: usual ? undefined : query.sort }) });
  }

  /// Changes filters or order, and returns to the first page.
  const go = (change: Change) => replace({ ...filters.value, sort: sort.value, ...change });

  function goTo(wanted: number) {
    if (wanted > page.value && nextCursor.value)
      void router.push({
        query: { ...route.query, cursor: nextCursor.value, page: String(wanted) },
      });
    else if (wanted === 1) go({});
    else router.back();
  }

  const { path } = route;
  watch([asked, locale], () => route.path === path && load(), { immediate: true });
  follow(load, (event) => event.data.workflow === workflow.name);

  return { items, total, nextCursor, loading, refusal, filters, sort, page, load, replace, go, goTo };
}
