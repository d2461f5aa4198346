import type { Same } from "..";
import type zh from "../zh/consultations";

export default {
  title: "Consultations",
  one: "Consultation",
  call: "Call a consultation",
  none: "There is no consultation yet.",
  count: "problems: {count}",
  more: "Show more",
  participants: "Participants",
  agenda: "Agenda",
  minutes: "Minutes",
  conclusions: "Conclusions",
  reason: "Why it was cancelled",
  problems: "Problems on the agenda",
  unseen: "(not yours to see)",
} satisfies Same<typeof zh>;
