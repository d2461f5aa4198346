import { i18n } from ".";
import type { FieldError, Refusal } from "@/api/refusal";

/// Returns the text of a refusal: that of its code if there is one, else the server's.
export function wordsOf(refusal: Pick<Refusal, "code" | "detail">): string {
  const { t, te } = i18n.global;
  const key = `refusals.${refusal.code}`;
  return te(key) ? t(key) : refusal.detail;
}

export const wordsOfField = (error: FieldError) => wordsOf(error);

/// Returns the error of a form's only field, or else why the whole form was refused.
export function wordsOfOnlyField(refusal: Refusal): string {
  const [error] = refusal.errors;
  return error ? wordsOfField(error) : wordsOf(refusal);
}
