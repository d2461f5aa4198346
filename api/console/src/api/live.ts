// What happens on the server, as it happens: one WebSocket for the whole console. After a break it goes
// on where it was; when that place is too old, listeners are told that they missed something.

import { onScopeDispose, ref } from "vue";

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

/// null: something was missed, read again.
export type Listener = (event: LiveEvent | null) => void;

export const connected = ref(false);

const listeners = new Set<Listener>();
const longestPauseMs = 15_000;
let socket: WebSocket | null = null;
let wanted = false;
let cursor = "";
let failures = 0;
let timer = 0;

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
    failures = 0;
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
    connected.value = false;
    if (++failures % 5 === 0) cursor = ""; // perhaps the place is too old
    const pauseMs = Math.min(longestPauseMs, 500 * 2 ** Math.min(failures, 5));
    if (wanted) timer = window.setTimeout(open, pauseMs * (0.75 + Math.random() / 2));
  };
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
  connected.value = false;
}

window.addEventListener("online", open);

/// Listens as long as the component lives.
export function listen(listener: Listener) {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}

const firstMs = 250; // after a quiet time
const quietMs = 3_000; // usually between two readings, however much happens

/// Reads again when something happens that concerns the list, soon, but never often.
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
