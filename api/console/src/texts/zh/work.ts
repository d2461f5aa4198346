export default {
  title: "我的待办",
  nothing_waits: "暂无待办事项",
  waiting: "待办 {total} 件，其中未阅 {fresh} 件",
  first: "当前显示最紧急的 {count} 件，共 {total} 件。",
  lights: { overdue: "已超期", due_soon: "临期", on_time: "期限内", none: "不计时" },
};
