// Photos and papers of a problem.

import { create, read, remove, urlOf, type Result } from "@/api/client";
import type { Refusal } from "@/api/refusal";
import type { Schema } from "@/api/schema";

export type Purpose = "report" | "progress" | "result" | "visit";

export type Attachment = Schema<"Attachment">;
export type RemovedAttachment = Schema<"RemovedAttachment">;

export const mostBytes = 20 * 1024 * 1024;
export const mostOfOne = 50;
export const accepted = ".jpg,.jpeg,.png,.webp,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx";

export const listAttachments = (problem: string) =>
  read<Schema<"AttachmentPage">>(`/problems/${problem}/attachments`);

export const removeAttachment = (problem: string, attachment: string, key: string) =>
  remove(`/problems/${problem}/attachments/${attachment}`, { idempotencyKey: key });

/// Refused here already: what the server would not take, without sending it.
export function unfit(file: File): Refusal | null {
  const ending = file.name.toLowerCase().replace(/^.*\./, ".");
  const code =
    file.size > mostBytes
      ? "attachment_too_large"
      : file.size === 0
        ? "attachment_empty"
        : accepted.split(",").includes(ending)
          ? ""
          : "unsupported_attachment";
  return code
    ? {
        status: 422,
        code,
        detail: `Expected a file that can be attached, but '${file.name}' is not.`,
        errors: [],
      }
    : null;
}

export async function upload(
  problem: string,
  file: File,
  purpose: Purpose,
): Promise<Result<Attachment>> {
  const refusal = unfit(file);
  if (refusal) return { ok: false, refusal };
  return create<Attachment>(`/problems/${problem}/attachments`, file, {
    query: { name: file.name, purpose },
    timeoutMs: 180_000,
  });
}

export const addressOf = (problem: string, attachment: string, inline: boolean) =>
  urlOf(`/problems/${problem}/attachments/${attachment}`, inline ? { inline: true } : {});

export const isImage = (attachment: Attachment) => attachment.content_type.startsWith("image/");
export const isShown = (attachment: Attachment) =>
  isImage(attachment) || attachment.content_type === "application/pdf";

export function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
