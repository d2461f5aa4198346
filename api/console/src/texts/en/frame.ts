import type { Same } from "..";
import type zh from "../zh/frame";

export default {
  product: "Banjie",
  motto: "Collected · assigned · resolved · revisited · closed",
  language: "Language",
  skip: "Skip to the content",
  search: "Find title or number (press /)",
  menu: "Menu",
  more: "More",
  home: "Home",
  account: "Account",
  sign_out: "Sign out",
  change_password: "Change password",
  close: "Close",
  server_gone: "The server does not answer; trying again. Nothing that you have typed is lost.",
  asking: "Live updates do not get through, so the page asks every 10 seconds.",
  try_now: "Try now",
  renewed: "The system has been updated. Reload when it suits you; what you have typed is kept.",
  reload: "Reload",
  not_found: "There is no such page",
  back_home: "Back to the start",
  groups: {
    work: "Work",
    coordination: "Coordination",
    administration: "Administration",
  },
} satisfies Same<typeof zh>;
