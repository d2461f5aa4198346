import type { Same } from "..";
import type zh from "../zh/queues";

export default {
  empty: "All done",
  keys: "Keys",
  key_step: "move",
  key_select: "select",
  key_open: "open",
} satisfies Same<typeof zh>;
