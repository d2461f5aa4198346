import type { Same } from "..";
import type zh from "../zh/session";

export default {
  sign_in: "Sign in",
  username: "Account",
  password: "Password",
  first_password: "An administrator gave you this first password. Take one that nobody else knows, then go on.",
  own_password: "New password (at least 8 characters)",
  take_own_password: "Change it and go on",
  other_account: "Sign in with another account",
  expired: "Your session has expired",
  expired_why: "Sign in again to go on; what you have filled in stays.",
} satisfies Same<typeof zh>;
