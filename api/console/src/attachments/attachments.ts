// Photos and papers of an instance, for all workflows that take them.

import { create, read, remove, urlOf, type Result } from "@/api/client";
import type { Refusal } from "@/api/refusal";
import type { Schema } from "@/api/schema";

export type Attachment = Schema<"Attachment">;
export type RemovedAttachment = Schema<"RemovedAttachment">;

export const mostBytes = 20 * 1024 * 1024;
export const mostOfOne = 50;
export const accepted =
  ".jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff,.heic,.heif,.pdf,.ofd,.doc,.docx,.wps,.rtf," +
  ".xls,.xlsx,.et,.ppt,.pptx,.dps,.mp4,.m4v,.mov,.zip";

/// Returns their path; `place` is "/<collection>/<id>".
const attachmentsOf = (place: string) => `${place}/attachments`;

export const listAttachments = (place: string) =>
  read<Schema<"AttachmentPage">>(attachmentsOf(place));

export const removeAttachment = (place: string, attachment: string, key: string) =>
  remove(`${attachmentsOf(place)}/${attachment}`, { idempotencyKey: key });

/// Returns the refusal that the server would send, without sending the file.
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
        detail: `The file '${file.name}' cannot be attached.`,
        errors: [],
      }
    : null;
}

export async function upload(
  place: string,
  file: File,
  purpose: string,
): Promise<Result<Attachment>> {
  const refusal = unfit(file);
  if (refusal) return { ok: false, refusal };
  return create<Attachment>(attachmentsOf(place), file, {
    query: { name: file.name, purpose },
    timeoutMs: 180_000,
  });
}

export const addressOf = (place: string, attachment: string, inline: boolean) =>
  urlOf(`${attachmentsOf(place)}/${attachment}`, inline ? { inline: true } : {});

/// Browsers do not show TIFF, and few show HEIC.
const pictures = ["jpeg", "png", "webp", "gif", "bmp"].map((kind) => `image/${kind}`);
export const isImage = (attachment: Attachment) => pictures.includes(attachment.content_type);
export const isShown = (attachment: Attachment) =>
  isImage(attachment) || attachment.content_type === "application/pdf";

export function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
