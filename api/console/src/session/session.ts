// The session. Its token is a cookie that scripts cannot read; this module holds the user, and the
// CSRF token that every write must carry.

import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { create, read, remove, replace, surround, type Result } from "@/api/client";
import { reachable, report } from "@/api/connection";
import * as live from "@/api/live";
import type { Refusal } from "@/api/refusal";
import { forgetCopies } from "@/offline/database";

export type Role =
  | "reporter" | "coordinator" | "screener" | "handler" | "visitor" | "supervisor" | "administrator"
  | "security_administrator" | "auditor";

export interface User {
  name: string;
  display_name: string;
  organisation: string;
  organisation_name?: string;
  roles: Role[];
  region?: string;
  level?: "township" | "county" | "city" | "province";
  csrf_token?: string;
  owes?: Owed;
}

/// Duty that an account must fulfil before any other action.
export type Owed = "nothing" | "own_password" | "new_password" | "second_factor";
const owedBy = (user: User): Owed => user.owes ?? "nothing";

// Remembered, so that data read before can be shown without network. The server decides again on
// every request.
const remembered = "banjie.user";

interface SignedIn {
  user: User;
  csrf_token?: string;
}

export const useSession = defineStore("session", () => {
  const user = ref<User | null>(null);
  const csrfToken = ref("");
  const asking = ref(false); // for the password again, in the middle of something
  const newcomer = ref(""); // whose session opens nothing until they have done what they owe
  const owes = ref<Owed>("nothing");
  let looked = false;
  let looking: Promise<unknown> | null = null;
  let answers: ((again: boolean) => void)[] = [];

  /// Reads the user. With `ask`, asks for the password if the session has ended; otherwise there is
  /// then no user.
  async function load(ask = false): Promise<Result<User>> {
    const found = await read<User>("/me", {}, { signedIn: ask });
    if (found.ok && owedBy(found.value) !== "nothing") {
      looked = true;
      owes.value = owedBy(found.value);
    } else if (found.ok) {
      looked = true;
      user.value = found.value;
      csrfToken.value = found.value.csrf_token ?? csrfToken.value;
      localStorage.setItem(remembered, JSON.stringify({ ...found.value, csrf_token: undefined }));
      live.start();
    } else if (found.refusal.status === 401) {
      looked = true;
      if (!ask) user.value = null;
    } else {
      user.value ??= JSON.parse(localStorage.getItem(remembered) ?? "null") as User | null;
    }
    return found;
  }

  /// Returns whether the user is signed in. Asks the server once.
  async function known(): Promise<boolean> {
    if (!looked && !user.value) await (looking ??= load().finally(() => (looking = null)));
    return user.value !== null;
  }

  /// Returns the refusal, or null after success.
  async function signIn(username: string, password: string, code?: string): Promise<Refusal | null> {
    const body = { username, password, cookie: true, ...(code ? { code } : {}) };
    const given = await create<SignedIn>("/sessions", body, { signedIn: false });
    if (!given.ok) return given.refusal;
    csrfToken.value = given.value.csrf_token ?? "";
    owes.value = owedBy(given.value.user);
    newcomer.value = owes.value === "nothing" ? "" : username;
    return newcomer.value ? null : goOn();
  }

  async function takeOwnPassword(first: string, own: string): Promise<Refusal | null> {
    const passwords = { old_password: first, new_password: own };
    const changed = await replace("/me/password", passwords, { signedIn: false });
    return changed.ok ? owedNoMore() : changed.refusal;
  }

  /// Marks a duty as done, and continues with the next one, or with the interrupted action.
  async function owedNoMore(): Promise<Refusal | null> {
    owes.value = "nothing";
    const refusal = await goOn();
    if (owes.value === "nothing") newcomer.value = "";
    return refusal;
  }

  /// Continues with the interrupted action, or with the first page.
  async function goOn(): Promise<Refusal | null> {
    const loaded = await load();
    if (!loaded.ok) return loaded.refusal;
    if (owes.value === "nothing") answer(true);
    return null;
  }

  async function signOut() {
    await remove("/sessions/current", { signedIn: false });
    localStorage.removeItem(remembered);
    await forgetCopies();
    live.stop();
    user.value = null;
    newcomer.value = "";
    owes.value = "nothing";
    csrfToken.value = "";
  }

  function answer(again: boolean) {
    asking.value = false;
    for (const tell of answers) tell(again);
    answers = [];
  }

  /// Resolves when the dialog has been answered.
  function signInAgain(): Promise<boolean> {
    if (!user.value) return Promise.resolve(false);
    asking.value = true;
    return new Promise((resolve) => answers.push(resolve));
  }

  watch(reachable, (now) => now && user.value && !csrfToken.value && void load(true));

  const has = (...roles: Role[]) => roles.some((role) => user.value?.roles.includes(role));

  surround({
    csrfToken: () => csrfToken.value,
    signInAgain,
    renewCsrfToken: async () => void (await load()),
    reached: report,
  });

  return {
    user: computed(() => user.value), asking, newcomer, owes, known, signIn, takeOwnPassword, owedNoMore, signOut,
    answer, has,
  };
});
