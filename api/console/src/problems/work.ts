// What waits for me, kept up to date as things happen; and which of it I have not looked at yet.

import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { badges } from "@/frame/badges";
import { follow } from "@/api/live";
import { useSession } from "@/session/session";
import { language } from "@/texts";
import { listProblems, type Problem } from "./problem";

const most = 200;

export const useWork = defineStore("work", () => {
  const session = useSession();
  const items = ref<Problem[]>([]);
  const total = ref(0);
  const loaded = ref(false);
  const seen = ref<Record<string, number>>({}); // versions by id

  const placeOfSeen = () => `banjie.seen.${session.user?.name}`;
  const fresh = computed(
    () =>
      new Set(
        items.value.filter((one) => (seen.value[one.id] ?? 0) < one.version).map((one) => one.id),
      ),
  );

  async function load() {
    const page = await listProblems({ mine: true, sort: "due", limit: most });
    if (!page.ok) return;
    items.value = page.value.items;
    total.value = page.value.total;
    loaded.value = true;
    keep(
      Object.fromEntries(
        items.value.flatMap(({ id }) => (seen.value[id] ? [[id, seen.value[id]]] : [])),
      ),
    );
  }

  function keep(next: Record<string, number>) {
    seen.value = next;
    localStorage.setItem(placeOfSeen(), JSON.stringify(next));
  }

  /// Somebody looks at it.
  function look(problem: Problem) {
    if (items.value.some((one) => one.id === problem.id))
      keep({ ...seen.value, [problem.id]: problem.version });
  }

  follow(load, (event) => event.data.workflow === "problem");
  watch(
    () => [session.user?.name, language()],
    ([name]) => {
      items.value = [];
      loaded.value = false;
      if (!name) return;
      seen.value = JSON.parse(localStorage.getItem(placeOfSeen()) ?? "{}");
      void load();
    },
    { immediate: true },
  );
  watch(
    () => fresh.value.size,
    (count) => (badges.work = count),
    { immediate: true },
  );

  return { items, total, loaded, fresh, load, look };
});
