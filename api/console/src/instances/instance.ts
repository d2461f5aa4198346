// Instances of any workflow, as in the API, and their requests.

import { create, read, type Query, type Result } from "@/api/client";
import type { Schema } from "@/api/schema";
import { capital, language } from "@/texts";
import type { FormField } from "@/workflows/description";
import { formInWords } from "@/workflows/workflow";

export type Permitted = Omit<Schema<"Permissions">["permitted"][number], "form"> & {
  form: FormField[];
};
export type Refused = Schema<"Permissions">["refused"][number];
export type Recorded = Schema<"Recorded">;

export interface Instance {
  id: string;
  workflow: string;
  version: number;
  state: string;
  stage?: string;
  light?: "on_time" | "due_soon" | "overdue";
  supervision?: string;
  number?: string | number; // for people; where there is none, the id
  title?: string;
  region?: string;
  due_at?: string;
  created_at: string;
  updated_at: string;
  labels?: Record<string, string>;
  commands?: { permitted: Permitted[]; refused: Refused[] }; // not in a list
  personal?: { fields: string[]; readable: boolean }; // what is kept of it; not in a list
  awaits?: string[]; // in one's own work: what one has to do
  [fact: string]: unknown;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
}

export const pageLimit = 200; // of one request

export function inWords<T extends Instance>(instance: T): T {
  const labels = Object.fromEntries(
    Object.entries(instance.labels ?? {}).map(([name, label]) => [name, capital(label)]),
  );
  const permitted = instance.commands?.permitted.map((one) => ({
    ...one,
    label: capital(one.label ?? one.command),
    form: formInWords(one.form),
  }));
  return {
    ...instance,
    labels,
    commands: instance.commands && permitted && { ...instance.commands, permitted },
  };
}

export const pathOf = (collection: string, id: string) => `/${collection}/${id}`;
export const numberOf = (instance: Instance) => String(instance.number ?? instance.id);
export const titleOf = (instance: Instance, titleFact = "title") =>
  String(instance[titleFact] ?? instance.title ?? instance.name ?? numberOf(instance));

export async function listInstances<T extends Instance = Instance>(
  collection: string,
  query: Query,
  signal?: AbortSignal,
): Promise<Result<Page<T>>> {
  const page = await read<Page<T>>(`/${collection}`, { ...query, lang: language() }, { signal });
  return page.ok
    ? { ...page, value: { ...page.value, items: page.value.items.map((one) => inWords(one)) } }
    : page;
}

export async function readInstance<T extends Instance = Instance>(
  collection: string,
  id: string,
): Promise<Result<T>> {
  const found = await read<T>(pathOf(collection, id), { lang: language() });
  return found.ok ? { ...found, value: inWords(found.value) } : found;
}

export async function readHistory(collection: string, id: string): Promise<Result<Recorded[]>> {
  const all: Recorded[] = [];
  let cursor: string | null = null;
  do {
    const page: Result<{ items: Recorded[]; next_cursor: string | null }> = await read(
      `${pathOf(collection, id)}/history`,
      { limit: pageLimit, cursor },
    );
    if (!page.ok) return page;
    all.push(...page.value.items);
    cursor = page.value.next_cursor;
  } while (cursor);
  return { ok: true, value: all, version: null };
}

export const make = (collection: string, fields: unknown, key: string) =>
  create<Instance>(`/${collection}?lang=${language()}`, fields, { idempotencyKey: key });

export const giveCommand = (
  collection: string,
  id: string,
  command: string,
  fields: unknown,
  version: number | undefined,
  key: string,
) =>
  create<Instance>(`${pathOf(collection, id)}/commands/${command}?lang=${language()}`, fields, {
    ifMatch: version,
    idempotencyKey: key,
  });
