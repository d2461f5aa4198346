import type { Same } from "..";
import type zh from "../zh/session";

export default {
  sign_in: "Sign in",
  username: "Account",
  password: "Password",
  expired: "Your session has expired",
  expired_why: "Sign in again to go on; what you have filled in stays.",
} satisfies Same<typeof zh>;
