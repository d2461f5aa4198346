export default {
  open: "通知，{count} 条未读",
  title: "通知",
  unread: "{count} 条未读",
  mark_all: "全部标为已读",
  none: "暂无通知",
  more: "更早的通知",
};
