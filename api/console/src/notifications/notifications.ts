// The inbox of the user.

import { defineStore } from "pinia";
import { ref, watch } from "vue";

import { create, read } from "@/api/client";
import { follow } from "@/api/live";
import { painted } from "@/frame/painted";
import { useSession } from "@/session/session";
import { language } from "@/texts";

export interface Notification {
  id: string;
  at: string;
  kind: string;
  instance: string;
  workflow: string;
  title: string;
  number: string;
  text: string;
  read: boolean;
}

interface Page {
  items: Notification[];
  unread: number;
  next_cursor: string | null;
}

const shown = 30;

export const useNotifications = defineStore("notifications", () => {
  const session = useSession();
  const items = ref<Notification[]>([]);
  const unread = ref(0);
  const next = ref<string | null>(null);

  async function load() {
    const page = await read<Page>("/notifications", { limit: shown, lang: language() });
    if (!page.ok) return;
    items.value = page.value.items;
    unread.value = page.value.unread;
    next.value = page.value.next_cursor;
  }

  async function more() {
    const page = await read<Page>("/notifications", {
      limit: shown,
      lang: language(),
      cursor: next.value,
    });
    if (!page.ok) return;
    items.value = [...items.value, ...page.value.items];
    next.value = page.value.next_cursor;
  }

  async function mark(which: { ids: string[] } | { up_to: string }) {
    const marked = await create<{ unread: number }>("/notifications/read", which);
    if (marked.ok) await load();
  }

  const markAll = async () => items.value[0] && mark({ up_to: items.value[0].id });

  follow(load);
  watch(
    () => [session.user?.name, language()],
    ([name]) => {
      items.value = [];
      unread.value = 0;
      if (name) void painted().then(load);
    },
    { immediate: true },
  );

  return { items, unread, next, more, mark, markAll };
});
