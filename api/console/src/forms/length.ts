// How much somebody has written. Nothing is cut off: they are told by how much it is too long.

import { i18n } from "@/texts";

/// In characters, as the server counts them.
export const lengthOf = (text: string) => [...text].length;

/// Why it is too long, or nothing.
export function tooLong(text: string, most: number): string | undefined {
  const length = lengthOf(text);
  return length > most ? i18n.global.t("forms.too_long", { most, length, over: length - most }) : undefined;
}

/// "190/200", once it matters.
export function countOf(text: string, most: number): string {
  const length = lengthOf(text);
  return length > most * 0.8 ? `${length}/${most}` : "";
}
