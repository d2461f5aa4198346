// Search for words or a number among all instances that the user sees, of every workflow.

import { listInstances, numberOf, type Instance } from "@/instances/instance";
import type { Listed } from "@/workflows/description";
import { useMine } from "@/workflows/mine";

export interface Found {
  workflow: Listed;
  items: Instance[];
  total: number;
}

const most = 10; // of each workflow; the rest is in its list

/// Returns null if the server did not answer. Omits workflows without a match.
export async function search(words: string): Promise<Found[] | null> {
  const seen = useMine().all.filter((one) => one.visible > 0);
  const pages = await Promise.all(
    seen.map(({ collection }) => listInstances(collection, { q: words, limit: most })),
  );
  if (pages.some((page) => !page.ok)) return null;
  return pages.flatMap((page, index) =>
    page.ok && page.value.total > 0
      ? [{ workflow: seen[index]!, items: page.value.items, total: page.value.total }]
      : [],
  );
}

/// Returns the instance with that number, or with those last digits, if exactly one matches.
export function theOne(found: Found[], words: string): Instance | undefined {
  if (!/\d{3}$/.test(words)) return undefined;
  const all = found.flatMap(({ items }) => items);
  const named = all.filter((one) => numberOf(one).endsWith(words));
  return named.length === 1 ? named[0] : undefined;
}
