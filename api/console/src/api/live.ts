// Live events: one WebSocket for the whole console. After an interruption it resumes at its
// position. If that position is too old, listeners are notified that they missed events. If a proxy
// blocks WebSockets, the server is polled every few seconds.

import { onScopeDispose, ref } from "vue";

import { read } from "./client";

export interface LiveEvent {
  type: string; // "banjie.<workflow>.<event>"
  subject: string; // id of the instance
  time: string;
  cursor: string;
  data: {
    type: string;
    command: string;
    workflow: string;
    version: number;
    actor: string;
    actor_name: string;
    states: string[];
    at: string;
  };
}

/// Callback for events; null means that some were missed and data must be read again.
export type Listener = (event: LiveEvent | null) => void;

interface EventPage {
  items: LiveEvent[];
  next_cursor: string;
}

export const connected = ref(false);
export const asking = ref(false); // since no WebSocket gets through

const listeners = new Set<Listener>();
const longestPauseMs = 15_000;
let socket: WebSocket | null = null;
let wanted = false;
let cursor = "";
let failures = 0;
let unopened = 0; // WebSockets in a row that never were
let timer = 0;

const unopenedUntilAsking = 3;
const askEveryMs = 10_000;
const asksBetweenTries = 2;
const pageOfEvents = 200;

function tell(event: LiveEvent | null) {
  for (const listener of [...listeners]) listener(event);
}

function open() {
  window.clearTimeout(timer);
  if (!wanted || socket) return;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const after = cursor ? `?after=${encodeURIComponent(cursor)}` : "";
  const mine = new WebSocket(`${scheme}//${location.host}/api/v1/events${after}`);
  socket = mine;
  mine.onopen = () => {
    if (failures > 0 && !cursor) tell(null);
    failures = unopened = 0;
    asking.value = false;
    connected.value = true;
  };
  mine.onmessage = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as LiveEvent;
    cursor = event.cursor;
    if (event.data) tell(event);
  };
  mine.onclose = () => {
    if (socket !== mine) return;
    socket = null;
    if (!connected.value && ++unopened >= unopenedUntilAsking) return void ask();
    connected.value = false;
    if (++failures % 5 === 0) cursor = ""; // perhaps the place is too old
    const pauseMs = Math.min(longestPauseMs, 500 * 2 ** Math.min(failures, 5));
    if (wanted) timer = window.setTimeout(open, pauseMs * (0.75 + Math.random() / 2));
  };
}

/// Reads new events, and schedules the next poll. Retries the WebSocket from time to time.
async function ask(turn = 0) {
  const page = await read<EventPage>("/events", { after: cursor || "now", limit: pageOfEvents });
  if (!wanted || socket) return;
  if (!page.ok) {
    cursor = ""; // perhaps the place is too old
  } else {
    if (!cursor) tell(null);
    cursor = page.value.next_cursor;
    page.value.items.forEach(tell);
    asking.value = true;
    if (page.value.items.length === pageOfEvents) return void ask(turn);
  }
  const next = page.ok && turn < asksBetweenTries ? () => void ask(turn + 1) : open;
  timer = window.setTimeout(next, askEveryMs * (0.9 + Math.random() / 5));
}

export function start() {
  wanted = true;
  open();
}

export function stop() {
  wanted = false;
  window.clearTimeout(timer);
  socket?.close();
  socket = null;
  cursor = "";
  unopened = 0;
  connected.value = asking.value = false;
}

window.addEventListener("online", open);

/// Calls the listener while the component lives.
export function listen(listener: Listener) {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}

const firstMs = 250; // after a quiet time
const quietMs = 3_000; // usually between two readings, however much happens

/// Reloads soon after an event that concerns the list, but not too often.
export function follow(
  load: () => Promise<unknown>,
  concerns: (event: LiveEvent) => boolean = () => true,
  quiet = quietMs,
) {
  let timer = 0;
  let last = -quiet;
  listen((event) => {
    if (timer || (event && !concerns(event))) return;
    timer = window.setTimeout(
      () => {
        timer = 0;
        last = performance.now();
        void load();
      },
      Math.max(firstMs, quiet - (performance.now() - last)),
    );
  });
  onScopeDispose(() => window.clearTimeout(timer));
}
