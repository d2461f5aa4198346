import type { Same } from "..";
import type zh from "../zh/problems";

export default {
  work: "My work",
} satisfies Same<typeof zh>;
