// An errand for the server: a report, a supplement, a visit. It consists of several requests in
// sequence.

import { newKey, type Method } from "@/api/client";
import type { Refusal } from "@/api/refusal";
import type { Photo } from "@/attachments/photos";
import { language } from "@/texts";

export interface Step {
  method: Method;
  path: string; // {id} is the instance
  query?: Record<string, string>;
  body: unknown; // JSON, or a photo
  key: string; // of idempotency: however often it is sent, it is done once
  ifMatch?: number; // the version that somebody had before their eyes
}

export interface Errand {
  id?: number; // given when it is kept; errands are sent in this order
  user: string;
  kind: "report" | "supplement" | "visit";
  title: string;
  at: string;
  collection: string;
  instance?: string; // a report has none until it has arrived
  number?: string; // by which people call it
  seen?: number; // its version
  steps: Step[]; // those that have not been done
  begun: boolean; // some have
  draft: { name: string; content: object }; // as it was typed, for taking it up again
  refusal?: Refusal; // it is set aside until somebody decides
}

const place = (collection: string) => `/${collection}/{id}`;

export const command = (
  collection: string,
  name: string,
  body: unknown,
  ifMatch?: number,
): Step => ({
  method: "POST",
  path: `${place(collection)}/commands/${name}`,
  query: { lang: language() },
  body,
  key: newKey(),
  ifMatch,
});

export const attaching = (collection: string, photos: Photo[], purpose: string): Step[] =>
  photos.map(({ name, blob }) => ({
    method: "POST",
    path: `${place(collection)}/attachments`,
    query: { name, purpose },
    body: blob,
    key: newKey(),
  }));
