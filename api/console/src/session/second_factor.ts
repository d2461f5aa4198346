// The second factor of the user's account: a device that shows codes, and recovery codes on paper.

import { create, read } from "@/api/client";
import type { Schema } from "@/api/schema";

export type SecondFactor = Schema<"SecondFactor">;
export type Enrolment = Schema<"SecondFactorEnrolment">;
type RecoveryCodes = Schema<"RecoveryCodes">;

const path = "/me/second-factor";
const past = { signedIn: false }; // whoever enrols may have no other rights yet

export const secondFactor = () => read<SecondFactor>(path);
export const beginEnrolment = (password: string, code?: string) =>
  create<Enrolment>(path, { password, ...(code ? { code } : {}) }, past);
export const confirmEnrolment = (code: string) =>
  create<RecoveryCodes>(`${path}/confirm`, { code }, past);
export const renewRecoveryCodes = (password: string, code: string) =>
  create<RecoveryCodes>(`${path}/recovery-codes`, { password, code });
export const removeSecondFactor = (password: string, code: string) =>
  create<undefined>(`${path}/remove`, { password, code });
