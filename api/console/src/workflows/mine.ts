// Which workflows somebody has to do with: those of which they see something, or may make something.
// The server says both.

import { defineStore } from "pinia";
import { computed, watch } from "vue";

import { reachable } from "@/api/connection";
import { follow } from "@/api/live";
import { painted } from "@/frame/painted";
import { useSession } from "@/session/session";
import { language } from "@/texts";
import { slotOf } from "./slots";
import { useWorkflows } from "./workflow";

export const useMine = defineStore("mine", () => {
  const session = useSession();
  const workflows = useWorkflows();

  /// All that they may see or make.
  const all = computed(() =>
    workflows.listed.filter((one) => one.visible > 0 || !!one.creating?.permitted),
  );
  /// Those with a list in the menu; another one has pages of its own.
  const listed = computed(() => all.value.filter(({ name }) => slotOf(name)?.menu !== null));

  watch(
    () => [session.user?.name, reachable.value, language()] as const,
    ([name, reached]) => {
      if (name && reached) void painted().then(workflows.loadAll);
    },
    { immediate: true },
  );
  // The first one of a workflow that somebody sees brings its list into their menu.
  follow(workflows.loadAgain, ({ data }) => !all.value.some(({ name }) => name === data.workflow));

  return { all, listed };
});
