// The user's open sessions: shown, and ended with the password.

import { create, read } from "@/api/client";
import type { Schema } from "@/api/schema";

export type OpenSession = Schema<"OpenSession">;

export const openSessions = () => read<Schema<"OpenSessions">>("/me/sessions");
export const endOtherSessions = (password: string) =>
  create<undefined>("/me/sessions/end-others", { password });
export const endSession = (id: string, password: string) =>
  create<undefined>(`/me/sessions/${id}/end`, { password });
