// Editing with a check before saving. Only a draft that the server has just found valid can be
// saved, and only over the version that the user has seen. If another user saves meanwhile, both
// changes are merged.

import { computed, ref, type Ref } from "vue";

import { newKey, read, replace } from "@/api/client";
import type { Refusal } from "@/api/refusal";
import type { Schema } from "@/api/schema";
import { draftOf, forgetDraft, keepDraft } from "@/forms/values";
import { merged } from "./merged";

interface Source<Edited, Answer> {
  kind: string; // of its document, as the audit calls it
  subject: () => string; // which of them
  path: () => string; // where it is read
  savedAt?: () => string; // where it is put, if elsewhere
  none: Edited; // what there is where there is nothing yet
  of: (answer: Answer) => Edited;
}

/// The user who saved first, and when.
export interface Overtaken {
  by: string; // empty: nobody knows
  at: string;
}

export function useChecked<Edited, Answer>(source: Source<Edited, Answer>) {
  const inForce = ref(source.none) as Ref<Edited>;
  const mine = ref(source.none) as Ref<Edited>;
  const known = ref(true); // there is one
  const checked = ref(null) as Ref<Edited | null>;
  const refusal = ref<Refusal | null>(null);
  const overtaken = ref<Overtaken | null>(null);
  const busy = ref(false);
  const saved = ref(false);
  const edited = computed(() => JSON.stringify(mine.value) !== JSON.stringify(inForce.value));
  let version: string | null = null;
  const draft = () => `${source.kind}.${source.subject()}`;

  function changed() {
    checked.value = null;
    refusal.value = null;
    saved.value = false;
  }

  function put(next: Edited) {
    mine.value = next;
    keepDraft(draft(), { mine: next, began: inForce.value, version });
    changed();
  }

  function discard() {
    forgetDraft(draft());
    mine.value = inForce.value;
    overtaken.value = null;
    changed();
  }

  async function readInForce(): Promise<boolean> {
    const wanted = source.subject();
    const found = await read<Answer>(source.path());
    if (wanted !== source.subject()) return false;
    known.value = found.ok;
    inForce.value = found.ok ? source.of(found.value) : source.none;
    version = found.ok ? found.version : '"0"';
    if (!found.ok && found.refusal.status !== 404) refusal.value = found.refusal;
    return true;
  }

  async function rebase(began: Edited) {
    put(merged(began, mine.value, inForce.value) as Edited);
    const { kind } = source;
    const audit = await read<Schema<"AuditPage">>("/audit", { kind, subject: source.subject(), limit: 1 });
    const newest = audit.ok ? audit.value.items[0] : undefined;
    overtaken.value = { by: newest?.actor_name || newest?.actor || "", at: newest?.at ?? "" };
  }

  async function load() {
    changed();
    overtaken.value = null;
    if (!(await readInForce())) return;
    const kept = draftOf(draft()) as { mine: Edited; began: Edited; version: string } | null;
    mine.value = kept?.mine ?? inForce.value;
    if (kept && kept.version !== version) await rebase(kept.began);
  }

  async function send(dryRun: boolean): Promise<Edited | null> {
    busy.value = true;
    refusal.value = null;
    const path = (source.savedAt ?? source.path)();
    const reply = await replace<Answer>(path, mine.value, {
      query: { dry_run: dryRun || undefined },
      ifMatch: version,
      idempotencyKey: newKey(),
    });
    if (!reply.ok && reply.refusal.status === 412) {
      const began = inForce.value;
      if (await readInForce()) await rebase(began);
    } else if (!reply.ok) {
      refusal.value = reply.refusal;
    }
    busy.value = false;
    if (!reply.ok) return null;
    if (!dryRun) version = reply.version;
    return source.of(reply.value);
  }

  async function check() {
    saved.value = false;
    overtaken.value = null;
    checked.value = await send(true);
  }

  async function save(): Promise<boolean> {
    const now = checked.value && (await send(false));
    if (!now) return false;
    inForce.value = now;
    discard();
    known.value = true;
    return (saved.value = true);
  }

  return { inForce, mine, known, checked, refusal, overtaken, busy, saved, edited, load, put, changed, discard, check, save };
}
