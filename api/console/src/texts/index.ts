// What people read: a folder per language with one file per area, loaded when it is spoken.

import { createI18n } from "vue-i18n";
import { ref } from "vue";
import type { Language as ElementLanguage } from "element-plus/es/locale";

export type Language = "zh" | "en";
/// The shape of an area's texts, for the other language to have the same keys.
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

export interface Texts {
  [key: string]: string | Texts;
}
type Areas = Record<string, { default: Texts }>;

const kept = "banjie.language";

export const i18n = createI18n({
  legacy: false,
  locale: "zh",
  fallbackLocale: false,
  messages: {} as Record<string, Texts>,
});
export const elementLanguage = ref<ElementLanguage>();

export const language = (): Language => i18n.global.locale.value as Language;

async function load(wanted: Language): Promise<void> {
  const [areas, element] = await (wanted === "zh"
    ? Promise.all([import("./zh"), import("element-plus/es/locale/lang/zh-cn")])
    : Promise.all([import("./en"), import("element-plus/es/locale/lang/en")]));
  i18n.global.setLocaleMessage(wanted, areas.default);
  elementLanguage.value = element.default;
}

/// Areas as one object, named as their files: "./problems.ts" → problems.
export function gather(areas: Areas): Texts {
  return Object.fromEntries(
    Object.entries(areas).map(([path, area]) => [path.replace(/^\.\/|\.ts$/g, ""), area.default]),
  );
}

export async function speak(wanted: Language): Promise<void> {
  await load(wanted);
  i18n.global.locale.value = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : "en";
  localStorage.setItem(kept, wanted);
}

/// A label as it stands by itself: the policy's English ones begin small, as within a sentence.
export const capital = (label: string) => label.charAt(0).toUpperCase() + label.slice(1);

export const firstLanguage = (): Language => (localStorage.getItem(kept) === "en" ? "en" : "zh");
