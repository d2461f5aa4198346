// The languages of the console. Imports only the texts, so that they can be requested before the
// program is loaded.

export type Language = "zh" | "en";

export interface Texts {
  [key: string]: string | Texts;
}

const kept = "banjie.language";

export const firstLanguage = (): Language => (localStorage.getItem(kept) === "en" ? "en" : "zh");

export const textsOf = (language: Language): Promise<{ default: Texts }> =>
  language === "zh" ? import("./zh") : import("./en");

/// Sets the page's language, and stores it for the next visit.
export function announce(language: Language) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  localStorage.setItem(kept, language);
}

/// Returns the areas as one object, named as their files: "./problems.ts" → problems.
export function gather(areas: Record<string, { default: Texts }>): Texts {
  return Object.fromEntries(
    Object.entries(areas).map(([path, area]) => [path.replace(/^\.\/|\.ts$/g, ""), area.default]),
  );
}
