// Changing what somebody else may have changed meanwhile.

import { read, type Result } from "./client";

/// Gives the version that one has seen to `send`. Refused because somebody else was quicker, and sent
/// once more, it is meant for what is there now.
export function overVersion<T extends { version: number }>(path: string, seen: number | undefined) {
  let version = seen;
  return async <R>(send: (version: number | undefined) => Promise<Result<R>>): Promise<Result<R>> => {
    const reply = await send(version);
    if (!reply.ok && reply.refusal.status === 412) {
      const now = await read<T>(path);
      if (now.ok) version = now.value.version;
    }
    return reply;
  };
}
