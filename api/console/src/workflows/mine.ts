// Workflows of the user: those of which the user sees or may create an instance. The server
// determines both.

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

  /// All workflows of which the user may see or create instances.
  const all = computed(() =>
    workflows.listed.filter((one) => one.visible > 0 || !!one.creating?.permitted),
  );
  /// Those with a list in the menu; the others have pages of their own.
  const listed = computed(() => all.value.filter(({ name }) => slotOf(name)?.menu !== null));

  watch(
    () => [session.user?.name, reachable.value, language()] as const,
    ([name, reached]) => {
      if (name && reached) void painted().then(workflows.loadAll);
    },
    { immediate: true },
  );
  // The first visible instance of a workflow adds its list to the menu.
  follow(workflows.loadAgain, ({ data }) => !all.value.some(({ name }) => name === data.workflow));

  return { all, listed };
});
