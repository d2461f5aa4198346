// Changes of data that another user may change at the same time.

import { read, type Result } from "./client";

/// Calls `send` with the version that the user has seen. If that was refused because another user
/// was faster, the next call uses the current version.
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
