// A problem as the API gives it, and how the console asks for it.

import { create, read, type Query, type Result } from "@/api/client";
import type { Schema } from "@/api/schema";
import { capital, language } from "@/texts";
import { formInWords } from "@/workflows/workflow";

export type Permitted = Schema<"Permissions">["permitted"][number];
export type Refused = Schema<"Permissions">["refused"][number];
export type Recorded = Schema<"Recorded">;
export type BulkReply = Schema<"BulkResult">;
export type ProblemPage = Schema<"ProblemPage">;
/// In a list without description and commands.
export type Problem = Schema<"ProblemSummary"> &
  Partial<Pick<Schema<"ProblemDetail">, "description" | "commands">>;

export const bulkLimit = 200; // of one request

function inWords(problem: Problem): Problem {
  const labels = Object.fromEntries(
    Object.entries(problem.labels ?? {}).map(([name, label]) => [name, capital(label)]),
  );
  const permitted = problem.commands?.permitted.map((one) => ({
    ...one,
    label: capital(one.label ?? one.command),
    form: formInWords(one.form),
  }));
  return {
    ...problem,
    labels,
    commands: problem.commands && permitted && { ...problem.commands, permitted },
  };
}

export async function listProblems(
  query: Query,
  signal?: AbortSignal,
): Promise<Result<ProblemPage>> {
  const page = await read<ProblemPage>("/problems", { ...query, lang: language() }, { signal });
  return page.ok
    ? { ...page, value: { ...page.value, items: page.value.items.map(inWords) } }
    : page;
}

export async function readProblem(id: string): Promise<Result<Problem>> {
  const found = await read<Problem>(`/problems/${id}`, { lang: language() });
  return found.ok ? { ...found, value: inWords(found.value) } : found;
}

export async function readHistory(id: string): Promise<Result<Recorded[]>> {
  const all: Recorded[] = [];
  let cursor: string | null = null;
  do {
    const page: Result<{ items: Recorded[]; next_cursor: string | null }> = await read(
      `/problems/${id}/history`,
      { limit: 200, cursor },
    );
    if (!page.ok) return page;
    all.push(...page.value.items);
    cursor = page.value.next_cursor;
  } while (cursor);
  return { ok: true, value: all, version: null };
}

export const giveCommand = (
  id: string,
  command: string,
  fields: unknown,
  version: number,
  key: string,
) =>
  create<Problem>(`/problems/${id}/commands/${command}?lang=${language()}`, fields, {
    ifMatch: version,
    idempotencyKey: key,
  });

/// One command to many, however many; `told` hears how many have been answered.
export async function giveToMany(
  ids: string[],
  command: string,
  fields: Record<string, unknown>,
  key: string,
  told: (done: number) => void,
): Promise<Result<BulkReply>> {
  const all: BulkReply = { items: [], done: 0, refused: 0 };
  for (let from = 0; from < ids.length; from += bulkLimit) {
    const some = ids.slice(from, from + bulkLimit);
    const reply = await create<BulkReply>(
      `/problems/commands/${command}`,
      { ...fields, ids: some },
      { idempotencyKey: `${key}.${from}`, timeoutMs: 120_000 },
    );
    if (!reply.ok) return reply;
    all.items.push(...reply.value.items);
    all.done += reply.value.done;
    all.refused += reply.value.refused;
    told(all.items.length);
  }
  return { ok: true, value: all, version: null };
}
