import type { Same } from "..";
import type zh from "../zh/attachments";

export default {
  title: "Attachments",
  add: "Add files",
  hint: "Photos, PDF, Office documents; at most 20 MB each",
  purposes: { report: "report", progress: "progress", result: "result", visit: "visit" },
} satisfies Same<typeof zh>;
