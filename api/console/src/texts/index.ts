// Texts of the console: a folder per language with one file per area, loaded on demand.

import { createI18n } from "vue-i18n";

import { announce, textsOf, type Language, type Texts } from "./languages";

export type { Language };
/// Shape of an area's texts, so that the other language has the same keys.
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

export const i18n = createI18n({
  legacy: false,
  locale: "zh",
  fallbackLocale: false,
  messages: {} as Record<string, Texts>,
});

export const language = (): Language => i18n.global.locale.value as Language;

export async function speak(wanted: Language): Promise<void> {
  i18n.global.setLocaleMessage(wanted, (await textsOf(wanted)).default);
  i18n.global.locale.value = wanted;
  announce(wanted);
}

/// Capitalises a label, since the policy's English labels begin in lower case, as within a
/// sentence.
export const capital = (label: string) => label.charAt(0).toUpperCase() + label.slice(1);
