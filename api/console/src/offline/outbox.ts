// Errands to send. They are kept on this device until the server has done them all, and are sent in
// the order in which they were made. A refused one is set aside with its input; the others
// continue.

import { defineStore } from "pinia";
import { computed, ref, toRaw, watch } from "vue";

import { reachable } from "@/api/connection";
import { request } from "@/api/client";
import type { Refusal } from "@/api/refusal";
import { readHistory, readInstance } from "@/instances/instance";
import { useSession } from "@/session/session";
import { database } from "./database";
import { draftKey, keepDraft, plain } from "./draft";
import type { Errand } from "./errand";

export type Outcome =
  | { is: "sent"; instance: string; number?: string }
  | { is: "waiting" } // for the network
  | { is: "refused"; refusal: Refusal; errand: Errand };

const passing = [0, 401, 408, 429, 500, 502, 503, 504, 507];
const photoTimeoutMs = 180_000;

export const useOutbox = defineStore("outbox", () => {
  const session = useSession();
  const errands = ref<Errand[]>([]);
  const sending = ref(false);
  const outcomes = new Map<number, Outcome>();
  const waiting = computed(() => errands.value.filter((one) => !one.refusal).length);
  let wanted = false;

  async function load() {
    const user = session.user?.name;
    errands.value = user ? await (await database).getAllFromIndex("errands", "user", user) : [];
  }

  async function keep(errand: Errand) {
    await (await database).put("errands", errand);
  }

  async function remove(id: number) {
    await (await database).delete("errands", id);
    await load();
  }

  /// Returns the current version if only the clock has changed the instance since the user saw it,
  /// else null.
  async function nobodyActed(errand: Errand): Promise<number | null> {
    const { collection, instance = "" } = errand;
    const [found, history] = [
      await readInstance(collection, instance),
      await readHistory(collection, instance),
    ];
    if (!found.ok || !history.ok) return null;
    const since = history.value.filter((event) => event.version > (errand.seen ?? 0));
    return since.every((event) => event.command === "tick") ? found.value.version : null;
  }

  /// Returns false if the server cannot be reached.
  async function run(errand: Errand): Promise<boolean> {
    for (let step = errand.steps[0]; step; step = errand.steps[0]) {
      const reply = await request<{ id: string; number?: string }>(
        step.method,
        step.path.replace("{id}", errand.instance ?? ""),
        {
          query: step.query,
          body: step.body,
          ifMatch: step.ifMatch,
          idempotencyKey: step.key,
          timeoutMs: step.body instanceof Blob ? photoTimeoutMs : undefined,
        },
      );
      if (reply.ok) {
        if (!errand.instance) errand.number = reply.value.number;
        errand.instance ??= reply.value.id;
        errand.begun = true;
        errand.steps.shift();
      } else if (passing.includes(reply.refusal.status)) {
        return false;
      } else {
        const newest = reply.refusal.status === 412 ? await nobodyActed(errand) : null;
        if (newest !== null && newest !== step.ifMatch) step.ifMatch = newest;
        else errand.refusal = reply.refusal;
      }
      await keep(errand);
      if (errand.refusal) {
        outcomes.set(errand.id!, { is: "refused", refusal: errand.refusal, errand });
        return true;
      }
    }
    outcomes.set(errand.id!, { is: "sent", instance: errand.instance!, number: errand.number });
    await remove(errand.id!);
    return true;
  }

  async function sendAll() {
    do {
      wanted = false;
      await load();
      for (const errand of errands.value.map((one) => toRaw(one)))
        if (!errand.refusal && !(await run(errand))) break;
      await load();
    } while (wanted);
  }

  let under_way: Promise<void> | null = null;
  /// Sends all errands, with one sender over all tabs. Resolves when all have been tried.
  function send(): Promise<void> {
    wanted = true;
    if (under_way || !session.user) return under_way ?? Promise.resolve();
    sending.value = true;
    const locked = navigator.locks ? navigator.locks.request("banjie.outbox", sendAll) : sendAll();
    under_way = Promise.resolve(locked).finally(() => {
      under_way = null;
      sending.value = false;
    });
    return under_way;
  }

  /// Stores the errand, then sends it if the network permits.
  async function submit(errand: Omit<Errand, "user" | "at" | "begun" | "id">): Promise<Outcome> {
    const draft = { name: errand.draft.name, content: plain(errand.draft.content) };
    const made: Errand = {
      ...errand,
      draft,
      user: session.user?.name ?? "",
      at: new Date().toISOString(),
      begun: false,
    };
    const id = await (await database).add("errands", made);
    await send();
    await load();
    return outcomes.get(id) ?? { is: "waiting" };
  }

  /// Sends a refused errand again, after the user has read why. `version` is the version that the
  /// user has seen now.
  async function again(errand: Errand, version?: number) {
    const { refusal: _, ...rest } = toRaw(errand);
    const [first, ...others] = rest.steps.map((step) => toRaw(step));
    if (!first) return;
    const steps = [{ ...first, ifMatch: version }, ...others];
    await keep({ ...rest, steps, seen: version ?? rest.seen });
    await send();
  }

  /// Restores the errand into its form, as typed.
  async function takeUp(errand: Errand) {
    await keepDraft(draftKey(errand.draft.name), toRaw(errand.draft).content);
    await remove(errand.id!);
  }

  watch(
    () => [session.user?.name, reachable.value],
    ([name, reached]) => {
      if (name && reached) void send();
      else void load();
    },
    { immediate: true },
  );

  return { errands, waiting, sending, submit, send, again, takeUp, remove };
});
