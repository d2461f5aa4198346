// A list behind the address of the page: filters, order and place are the address's query, so that a list
// can be sent to somebody, and the way back leads to it.

import { computed, ref, watch } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";

import { follow } from "@/api/live";
import type { Refusal } from "@/api/refusal";
import { listProblems, type Problem } from "@/problems/problem";

export type Filters = Record<string, string>;

export const filterNames = [
  "state",
  "stage",
  "light",
  "supervision",
  "category",
  "source",
  "round",
  "region",
  "unit",
  "lead_unit",
  "outcome",
  "moment",
  "from",
  "until",
  "mine",
  "q",
];
/// A change that lets all of them go.
export const noFilters: Record<string, string | undefined> = Object.fromEntries(
  filterNames.map((name) => [name, undefined]),
);
export const pageSize = 50;

export function useList() {
  const route = useRoute();
  const router = useRouter();
  const { locale } = useI18n();
  const items = ref<Problem[]>([]);
  const total = ref(0);
  const nextCursor = ref<string | null>(null);
  const loading = ref(true);
  const refusal = ref<Refusal | null>(null);
  let asking: AbortController | null = null;

  const queryOf = (name: string) =>
    typeof route.query[name] === "string" ? route.query[name] : "";
  const filters = computed<Filters>(() =>
    Object.fromEntries(
      filterNames.map((name) => [name, queryOf(name)]).filter(([, value]) => value),
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
    const found = await listProblems(asked.value, mine.signal).catch(() => null);
    if (mine !== asking || !found) return;
    loading.value = false;
    refusal.value = found.ok ? null : found.refusal;
    if (!found.ok) return;
    items.value = found.value.items;
    total.value = found.value.total;
    nextCursor.value = found.value.next_cursor;
  }

  /// A change of filters or order begins at the first page.
  function go(change: Record<string, string | undefined>) {
    const query = { ...filters.value, sort: sort.value, ...change };
    const wanted = Object.fromEntries(
      Object.entries(query).filter(
        ([name, value]) => value && !(name === "sort" && value === "-created"),
      ),
    );
    void router.push({ query: wanted });
  }

  function goTo(wanted: number) {
    if (wanted > page.value && nextCursor.value)
      void router.push({
        query: { ...route.query, cursor: nextCursor.value, page: String(wanted) },
      });
    else if (wanted === 1) go({});
    else router.back();
  }

  const name = route.name;
  watch([asked, locale], () => route.name === name && load(), { immediate: true });
  follow(load, (event) => event.data.workflow === "problem");

  return { items, total, nextCursor, loading, refusal, filters, sort, page, load, go, goTo };
}
