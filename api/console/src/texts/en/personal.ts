import type { Same } from "..";
import type zh from "../zh/personal";

export default {
  show: "Show",
  read: "Read personal data",
  reason: "Why it is read",
  about: "Personal data serves this matter alone. Who reads it, when and why is on record.",
  erased: "Erased",
} satisfies Same<typeof zh>;
