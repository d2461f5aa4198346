import { i18n } from ".";
import type { FieldError, Refusal } from "@/api/refusal";

/// A refusal in words: by its code where there are words for it, else as the server said it.
export function wordsOf(refusal: Pick<Refusal, "code" | "detail">): string {
  const { t, te } = i18n.global;
  const key = `refusals.${refusal.code}`;
  return te(key) ? t(key) : refusal.detail;
}

export const wordsOfField = (error: FieldError) => wordsOf(error);

/// Of a form with one field: what is wrong with it, or else why the whole was refused.
export function wordsOfOnlyField(refusal: Refusal): string {
  const [error] = refusal.errors;
  return error ? wordsOfField(error) : wordsOf(refusal);
}
