// One command on many instances, with the result of each.

import { create, type Result } from "./client";
import type { Refusal } from "./refusal";
import type { Schema } from "./schema";

export interface BulkReply {
  items: { id: string; refusal?: Pick<Refusal, "code" | "detail"> }[];
  done: number;
  refused: number;
}

const bulkLimit = 200; // of one request

/// Sends any number of ids, in several requests. Calls `told` with the number answered so far.
export async function giveToMany(
  collection: string,
  ids: string[],
  command: string,
  fields: Record<string, unknown>,
  key: string,
  told: (done: number) => void,
): Promise<Result<BulkReply>> {
  const all: BulkReply = { items: [], done: 0, refused: 0 };
  for (let from = 0; from < ids.length; from += bulkLimit) {
    const some = ids.slice(from, from + bulkLimit);
    const reply = await create<Schema<"BulkResult">>(
      `/${collection}/commands/${command}`,
      { ...fields, ids: some },
      { idempotencyKey: `${key}.${from}`, timeoutMs: 120_000 },
    );
    if (!reply.ok) return reply;
    all.items.push(...reply.value.items.map(({ id, refusal }) => ({ id, refusal })));
    all.done += reply.value.done;
    all.refused += reply.value.refused;
    told(all.items.length);
  }
  return { ok: true, value: all, version: null };
}
