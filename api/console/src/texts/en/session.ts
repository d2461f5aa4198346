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
  mine: "My sessions",
  mine_about: "Your account is signed in here. End what you do not know, and change your password.",
  this_one: "this one",
  address_unknown: "unknown address",
  opened: "Signed in {at}",
  used: "Last used {at}",
  end: "End",
  end_password: "Your password, to end this session",
  end_this: "End this session",
  ended: "That session has ended.",
} satisfies Same<typeof zh>;
