import type { Same } from "..";
import type zh from "../zh/notifications";

export default {
  open: "Notifications, {count} unread",
  title: "Notifications",
  unread: "{count} unread",
  mark_all: "Mark all as read",
  none: "No notifications",
  more: "Earlier ones",
} satisfies Same<typeof zh>;
