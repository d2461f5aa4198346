// All requests of the console. Refusals are returned as values. A request without an answer is
// repeated (a write carries its Idempotency-Key, so that it is done once). A request that finds the
// session expired waits until the user has signed in again, then continues.

import { refusalOf, unreachable, waiting, type Refusal } from "./refusal";

export type Result<T> =
  | { ok: true; value: T; version: string | null } // the ETag, for If-Match
  | { ok: false; refusal: Refusal };

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Options {
  query?: Query;
  body?: unknown; // sent as JSON, unless it is a Blob
  ifMatch?: string | number | null;
  /// The key of a write that the user may repeat by hand; without it, each call gets a new key.
  idempotencyKey?: string;
  signal?: AbortSignal;
  /// False: a missing session is a valid answer and does not prompt for the password.
  signedIn?: boolean;
  timeoutMs?: number;
}

/// Functions of session and frame that the client uses; set once at the start.
interface Surroundings {
  csrfToken: () => string;
  signInAgain: () => Promise<boolean>;
  renewCsrfToken: () => Promise<void>;
  reached: (answered: boolean) => void;
}

let surroundings: Surroundings = {
  csrfToken: () => "",
  signInAgain: async () => false,
  renewCsrfToken: async () => undefined,
  reached: () => undefined,
};

export function surround(given: Surroundings) {
  surroundings = given;
}

const tries = 3;
const pauses = [400, 1500];
const defaultTimeoutMs = 20_000;

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function urlOf(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  const text = parameters.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

function headersOf(method: Method, options: Options, key: string): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") {
    headers.set("X-CSRF-Token", surroundings.csrfToken());
    headers.set("Idempotency-Key", key);
  }
  if (options.body instanceof Blob) {
    headers.set("Content-Type", options.body.type || "application/octet-stream");
  } else if (options.body !== undefined) {
    headers.set("Content-Type", "application/json");
  }
  if (options.ifMatch != null) {
    const version = String(options.ifMatch);
    headers.set("If-Match", version.startsWith('"') ? version : `"${version}"`);
  }
  return headers;
}

/// Names every method but GET and POST in the query, since some firewalls pass only these two.
const queryOf = (method: Method, { query }: Options): Query | undefined =>
  method === "GET" || method === "POST" ? query : { ...query, method };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/// Returns the answer, or null if none arrived in time.
async function answerOf(method: Method, path: string, options: Options, key: string) {
  const body = options.body instanceof Blob ? options.body
    : options.body === undefined ? undefined : JSON.stringify(options.body);
  for (let attempt = 0; attempt < tries; ++attempt) {
    if (attempt > 0) await pause(pauses[attempt - 1] ?? 0);
    const limit = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
    const signal = options.signal ? anyOf(options.signal, limit) : limit;
    try {
      const response = await fetch(urlOf(path, queryOf(method, options)), {
        method: method === "GET" ? "GET" : "POST", body, signal, headers: headersOf(method, options, key), credentials: "same-origin",
      });
      surroundings.reached(true);
      if (response.status !== 503 || attempt === tries - 1) return response;
    } catch (thrown) {
      if (options.signal?.aborted) throw thrown;
      if (!navigator.onLine) break;
    }
  }
  surroundings.reached(false);
  return null;
}

// AbortSignal.any is missing in older browsers that offices use.
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) either.abort(signal.reason);
    signal.addEventListener("abort", () => either.abort(signal.reason), { once: true });
  }
  return either.signal;
}

/// Throws only an AbortError, caused by `options.signal`.
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<Result<T>> {
  const key = options.idempotencyKey ?? newKey();
  for (let turn = 0; ; ++turn) {
    const response = await answerOf(method, path, options, key);
    if (!response) return { ok: false, refusal: unreachable };
    if (response.status === 202) return { ok: false, refusal: waiting };
    if (response.ok) {
      const value = response.status === 204 ? undefined : await response.json();
      return { ok: true, value: value as T, version: response.headers.get("ETag") };
    }
    const refusal = await refusalOf(response);
    const first = turn === 0 && options.signedIn !== false;
    if (first && refusal.status === 401 && (await surroundings.signInAgain())) continue;
    if (first && refusal.code === "csrf_token_missing") {
      await surroundings.renewCsrfToken();
      continue;
    }
    return { ok: false, refusal };
  }
}

export const read = <T>(path: string, query?: Query, options: Options = {}) =>
  request<T>("GET", path, { ...options, query });
export const create = <T>(path: string, body?: unknown, options: Options = {}) =>
  request<T>("POST", path, { ...options, body });
export const replace = <T>(path: string, body: unknown, options: Options = {}) =>
  request<T>("PUT", path, { ...options, body });
export const change = <T>(path: string, body: unknown, options: Options = {}) =>
  request<T>("PATCH", path, { ...options, body });
export const remove = (path: string, options: Options = {}) =>
  request<undefined>("DELETE", path, options);
