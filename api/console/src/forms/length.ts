// Length of an input. Text is never cut off; the user sees by how much it is too long.

import { i18n } from "@/texts";

/// Returns the length in characters, as the server counts them.
export const lengthOf = (text: string) => [...text].length;

/// Returns why the text is too long, or undefined.
export function tooLong(text: string, most: number): string | undefined {
  const length = lengthOf(text);
  return length > most ? i18n.global.t("forms.too_long", { most, length, over: length - most }) : undefined;
}

/// Returns "190/200" once the text is near its limit.
export function countOf(text: string, most: number): string {
  const length = lengthOf(text);
  return length > most * 0.8 ? `${length}/${most}` : "";
}
