// Drafts, saved on this device while they are typed: they survive a reload, an empty battery and a
// lost connection. Separate for each account.

import { reactive, ref, toRaw, watch } from "vue";

import { useSession } from "@/session/session";
import { database } from "./database";

export const draftKey = (name: string) => `${useSession().user?.name}.${name}`;

/// Returns the content without Vue's proxies, which IndexedDB does not accept.
export const plain = (content: object) =>
  Object.fromEntries(
    Object.entries(content).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => toRaw(one)) : toRaw(value),
    ]),
  );

export async function keepDraft(key: string, content: object) {
  await (await database).put("drafts", plain(content), key);
}

/// Restores and saves a draft. `content` is flat: texts, numbers, lists of plain objects. Show it
/// once `ready` is set.
export function useDraft<T extends object>(name: string, blank: () => T) {
  const key = draftKey(name);
  const content = reactive(blank()) as T;
  const ready = ref(false);
  const taken = ref(false); // there was one
  let writing: Promise<void> | null = null;
  let again = false;

  async function write() {
    do {
      again = false;
      await keepDraft(key, content);
    } while (again);
    writing = null;
  }

  function changed() {
    again = true;
    writing ??= write();
  }

  async function forget() {
    stop();
    await writing;
    await (await database).delete("drafts", key);
    Object.assign(content, blank());
    taken.value = false;
    stop = watch(content, changed);
  }

  let stop = () => {};
  void database
    .then((kept) => kept.get("drafts", key))
    .then((found) => {
      taken.value = found !== undefined;
      Object.assign(content, found);
      stop = watch(content, changed);
      ready.value = true;
    });

  return { content, ready, taken, forget };
}
