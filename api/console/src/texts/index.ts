// What people read: a folder per language with one file per area, loaded when it is spoken.

import { createI18n } from "vue-i18n";

import { announce, textsOf, type Language, type Texts } from "./languages";

export type { Language };
/// The shape of an area's texts, for the other language to have the same keys.
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

/// A label as it stands by itself: the policy's English ones begin small, as within a sentence.
export const capital = (label: string) => label.charAt(0).toUpperCase() + label.slice(1);
