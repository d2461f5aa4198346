// Copies of the data read last, for use while the server cannot be reached. Separate for each
// account.

import type { Result } from "@/api/client";
import { useSession } from "@/session/session";
import { database } from "./database";

export interface Copy<T> {
  value: T;
  at: string; // when the server gave it
}

const keyOf = (name: string) => `${useSession().user?.name}.${name}`;

export async function keepCopy<T>(name: string, value: T): Promise<Copy<T>> {
  const copy = { value, at: new Date().toISOString() };
  await (await database).put("copies", copy, keyOf(name));
  return copy;
}

export async function copyOf<T>(name: string): Promise<Copy<T> | undefined> {
  return (await (await database).get("copies", keyOf(name))) as Copy<T> | undefined;
}

/// Returns the answer and keeps a copy of it; without an answer, returns the last copy.
export async function answerOrCopy<T>(
  name: string,
  asked: Promise<Result<T>>,
): Promise<Copy<T> | undefined> {
  const answer = await asked;
  return answer.ok ? keepCopy(name, answer.value) : copyOf(name);
}
