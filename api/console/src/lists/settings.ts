// A user's settings of lists, saved on the server, so that they are the same on every computer.

import { defineStore } from "pinia";
import { ref, watch } from "vue";

import { read, replace } from "@/api/client";
import { useSession } from "@/session/session";
import { useWorkflows } from "@/workflows/workflow";

export interface View {
  name: string;
  query: Record<string, string>;
}
interface ListSettings {
  columns?: string[];
  views?: View[];
}
/// All settings. The top-level ones are those of older consoles, which had one list; they apply to
/// the first workflow.
interface Settings extends ListSettings {
  lists?: Record<string, ListSettings>; // by workflow
  [other: string]: unknown;
}

export const useSettings = defineStore("settings", () => {
  const session = useSession();
  const workflows = useWorkflows();
  const settings = ref<Settings>({});

  async function load() {
    const found = await read<Settings>("/me/settings");
    if (found.ok) settings.value = found.value;
  }

  function of(workflow: string): ListSettings {
    const { lists, columns, views } = settings.value;
    return lists?.[workflow] ?? (workflows.listed[0]?.name === workflow ? { columns, views } : {});
  }

  async function save(workflow: string, change: ListSettings) {
    const lists = { ...settings.value.lists, [workflow]: { ...of(workflow), ...change } };
    settings.value = { ...settings.value, lists };
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

  const views = (workflow: string) => of(workflow).views ?? [];
  const others = (workflow: string, name: string) =>
    views(workflow).filter((one) => one.name !== name);

  return {
    views,
    columns: (workflow: string) => of(workflow).columns,
    chooseColumns: (workflow: string, columns: string[]) => save(workflow, { columns }),
    keepView: (workflow: string, view: View) =>
      save(workflow, { views: [...others(workflow, view.name), view] }),
    forgetView: (workflow: string, name: string) =>
      save(workflow, { views: others(workflow, name) }),
  };
});
