// Why something was not done, by the code of the refusal. What is missing here is said as the server says it.
import type { Same } from "..";
import type zh from "../zh/refusals";

export default {
  unreachable: "The server does not answer. Try again in a moment.",
} satisfies Same<typeof zh>;
