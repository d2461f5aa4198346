// Instances of all workflows that wait for the user, kept up to date by events; and which of them
// the user has not seen yet.

import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { read } from "@/api/client";
import { follow } from "@/api/live";
import { badges } from "@/frame/badges";
import { inWords, type Instance, type Page } from "@/instances/instance";
import { useSession } from "@/session/session";
import { language } from "@/texts";

const most = 200;

export const useWork = defineStore("work", () => {
  const session = useSession();
  const items = ref<Instance[]>([]);
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
    const page = await read<Page<Instance>>("/work", { limit: most, lang: language() });
    if (!page.ok) return;
    items.value = page.value.items.map((one) => inWords(one));
    total.value = page.value.total;
    loaded.value = true;
    const known = items.value.flatMap(({ id }) => (seen.value[id] ? [[id, seen.value[id]]] : []));
    keep(Object.fromEntries(known));
  }

  function keep(next: Record<string, number>) {
    seen.value = next;
    localStorage.setItem(placeOfSeen(), JSON.stringify(next));
  }

  /// Marks an instance as seen.
  function look(instance: Instance) {
    if (items.value.some((one) => one.id === instance.id))
      keep({ ...seen.value, [instance.id]: instance.version });
  }

  follow(load);
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
  watch(total, (count) => (badges.work = count), { immediate: true });

  return { items, total, loaded, fresh, load, look };
});
