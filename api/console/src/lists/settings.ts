// How a person likes their lists: saved on the server, so that every computer shows the same.

import { defineStore } from "pinia";
import { ref, watch } from "vue";

import { read, replace } from "@/api/client";
import { usualColumns } from "@/problems/columns";
import { useSession } from "@/session/session";

export interface View {
  name: string;
  query: Record<string, string>;
}
interface Settings {
  columns?: string[];
  views?: View[];
  [other: string]: unknown;
}

export const useSettings = defineStore("settings", () => {
  const session = useSession();
  const settings = ref<Settings>({});

  async function load() {
    const found = await read<Settings>("/me/settings");
    if (found.ok) settings.value = found.value;
  }

  async function save(change: Settings) {
    settings.value = { ...settings.value, ...change };
    await replace("/me/settings", settings.value);
  }

  watch(
    () => session.user?.name,
    (name) => {
      settings.value = {};
      if (name) void load();
    },
    { immediate: true },
  );

  return {
    columns: () => settings.value.columns ?? usualColumns,
    views: () => settings.value.views ?? [],
    chooseColumns: (columns: string[]) => save({ columns }),
    keepView: (view: View) =>
      save({
        views: [...(settings.value.views ?? []).filter((one) => one.name !== view.name), view],
      }),
    forgetView: (name: string) =>
      save({ views: (settings.value.views ?? []).filter((one) => one.name !== name) }),
  };
});
