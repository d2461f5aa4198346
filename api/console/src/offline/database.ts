// What this device keeps by itself: drafts, what was read for the way, and what waits to be sent.

import { openDB, type DBSchema } from "idb";

import type { Errand } from "./errand";

interface Kept extends DBSchema {
  drafts: { key: string; value: unknown };
  copies: { key: string; value: unknown };
  errands: { key: number; value: Errand; indexes: { user: string } };
}

export const database = openDB<Kept>("banjie", 1, {
  upgrade(kept) {
    kept.createObjectStore("drafts");
    kept.createObjectStore("copies");
    kept
      .createObjectStore("errands", { keyPath: "id", autoIncrement: true })
      .createIndex("user", "user");
  },
});

export async function forgetCopies() {
  await (await database).clear("copies");
}
