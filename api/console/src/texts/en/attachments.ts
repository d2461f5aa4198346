import type { Same } from "..";
import type zh from "../zh/attachments";

export default {
  title: "Attachments",
  add: "Add files",
  hint: "Photos, PDF, OFD, Office and WPS documents, videos; at most 20 MB each",
  remove: "Remove the attachment",
  remove_about:
    "“{name}” can then be looked at and saved no more; its content is sealed on the server. Who removed what, and when, stays on record.",
  removed: "Removed: {name} ({by}, {at})",
  purpose: "What it is for",
  purposes: { report: "report", progress: "progress", result: "result", visit: "visit" },
} satisfies Same<typeof zh>;
