// Data kept on this device: drafts, copies for use without network, and errands to send.

import { openDB, type DBSchema } from "idb";

import type { Errand } from "./errand";

interface Kept extends DBSchema {
  drafts: { key: string; value: unknown };
  copies: { key: string; value: unknown };
  errands: { key: number; value: Errand; indexes: { user: string } };
}

/// An errand as stored by consoles before the second version, for problems only.
type OldErrand = Omit<Errand, "collection" | "instance"> & { problem?: string };

export const database = openDB<Kept>("banjie", 2, {
  async upgrade(kept, before, _now, changing) {
    if (before < 1) {
      kept.createObjectStore("drafts");
      kept.createObjectStore("copies");
      kept
        .createObjectStore("errands", { keyPath: "id", autoIncrement: true })
        .createIndex("user", "user");
      return;
    }
    const errands = changing.objectStore("errands");
    for (const old of (await errands.getAll()) as OldErrand[]) {
      const { problem, ...errand } = old;
      await errands.put({ ...errand, collection: "problems", instance: problem });
    }
  },
});

export async function forgetCopies() {
  await (await database).clear("copies");
}
