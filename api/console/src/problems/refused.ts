import { i18n } from "@/texts";
import { wordsOf } from "@/texts/refusals";
import type { Problem, Refused } from "./problem";

/// Why a command is not permitted, as a sentence.
export function refusedWords(refused: Refused, problem: Problem): string {
  const { t } = i18n.global;
  if (refused.code === "not_permitted_in_state")
    return t("problems.not_in_state", {
      state: problem.labels?.state ?? problem.state,
      command: refused.label,
    });
  if (refused.code === "forbidden") return t("problems.not_yours", { command: refused.label });
  return wordsOf(refused);
}
