import type { Same } from "..";
import type zh from "../zh/work";

export default {
  title: "My work",
  nothing_waits: "Nothing waits for you",
  waiting: "{total} to do, {fresh} unread",
  first: "The {count} most urgent of {total}.",
  lights: { overdue: "Overdue", due_soon: "Due soon", on_time: "On time", none: "No clock" },
} satisfies Same<typeof zh>;
