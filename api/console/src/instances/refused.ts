import { i18n } from "@/texts";
import { wordsOf } from "@/texts/refusals";
import type { Instance, Refused } from "./instance";

/// Returns why a command is not permitted, as a sentence.
export function refusedWords(refused: Refused, instance: Instance): string {
  const { t } = i18n.global;
  if (refused.code === "not_permitted_in_state")
    return t("instances.not_in_state", {
      state: instance.labels?.state ?? instance.state,
      command: refused.label,
    });
  if (refused.code === "forbidden") return t("instances.not_yours", { command: refused.label });
  return wordsOf(refused);
}
