// Rounds and consultations: instances of workflows like problems, with forms of their own.

import { create, read, type Result } from "@/api/client";
import type { Permitted, Refused } from "@/problems/problem";
import { language } from "@/texts";

export interface Instance {
  id: string;
  workflow: string;
  version: number;
  state: string;
  labels?: Record<string, string>;
  commands?: { permitted: Permitted[]; refused: Refused[] };
  [fact: string]: unknown;
}

export interface Round extends Instance {
  number: number;
  name: string;
  opens_at: string;
  closes_at: string;
  due_at: string;
  left_over_count?: number;
}

export interface Consultation extends Instance {
  title: string;
  agenda: string;
  problems: string[];
  held_at: string;
  participants?: string[];
  convener?: string;
  minutes?: string;
  conclusions?: string;
  reason?: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
}

export type Collection = "rounds" | "consultations";

export const list = <T extends Instance>(
  collection: Collection,
  limit: number,
  cursor: string | null = null,
) => read<Page<T>>(`/${collection}`, { lang: language(), limit, cursor });

export const get = <T extends Instance>(collection: Collection, id: string) =>
  read<T>(`/${collection}/${id}`, { lang: language() });

/// Without `id` the command makes a new one.
export function give(
  collection: Collection,
  id: string | undefined,
  command: string,
  fields: unknown,
  version: number | undefined,
  key: string,
): Promise<Result<Instance>> {
  const path = id ? `/${collection}/${id}/commands/${command}` : `/${collection}`;
  return create<Instance>(`${path}?lang=${language()}`, fields, {
    ifMatch: version,
    idempotencyKey: key,
  });
}
