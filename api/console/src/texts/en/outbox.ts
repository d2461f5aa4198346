import type { Same } from "..";
import type zh from "../zh/outbox";

export default {
  title: "To be sent",
  made_at: "Filled in at {time}",
  waiting: "waiting for network",
  sending: "sending",
  refused: "not accepted: please decide",
  nothing_lost: "What you typed and the photos are still on this device.",
  partly: "The first part has arrived; the rest is still on this device.",
  take_up: "Change it",
  again: "Send again",
  discard: "Discard",
  discard_sure: "Discard what has not been sent of “{title}”? It cannot be brought back.",
  send_now: "Send now",
} satisfies Same<typeof zh>;
