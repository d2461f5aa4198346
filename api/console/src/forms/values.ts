// Values of a form on their way to the API; kept in this browser tab until they are sent.

import type { FormField } from "@/workflows/workflow";
import { tooLong } from "./length";

export type Values = Record<string, unknown>;

const isBlank = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

/// Returns the values without empty ones.
export function filledIn(form: FormField[], values: Values): Values {
  const filled: Values = {};
  for (const { name, kind } of form) {
    const value = values[name];
    if (isBlank(value)) continue;
    filled[name] = kind === "texts" ? (value as string[]).filter((text) => !isBlank(text)) : value;
  }
  return filled;
}

export const missing = (form: FormField[], values: Values): FormField[] => {
  const filled = filledIn(form, values);
  return form.filter((field) => field.required && isBlank(filled[field.name]));
};

const most: Partial<Record<FormField["kind"], number>> = { text: 200, personal: 100 };
export const mostOf = ({ kind, maximum }: FormField) => maximum ?? most[kind] ?? 5000;

/// Returns by how much a value is too long, in words; empty if it fits.
export function excess(field: FormField, values: Values): string {
  const value = values[field.name];
  return (typeof value === "string" && tooLong(value, mostOf(field))) || "";
}

export const isComplete = (form: FormField[], values: Values) =>
  missing(form, values).length === 0 && !form.some((field) => excess(field, values));

const keyOf = (name: string) => `banjie.draft.${name}`;

export function keepDraft(name: string, values: Values) {
  sessionStorage.setItem(keyOf(name), JSON.stringify(values));
}

export function draftOf(name: string): Values | null {
  const text = sessionStorage.getItem(keyOf(name));
  return text ? (JSON.parse(text) as Values) : null;
}

export const forgetDraft = (name: string) => sessionStorage.removeItem(keyOf(name));
