export default {
  queues: {
    screening: "审核把关", dispatch: "待交办", review: "办结审核", extensions: "延期申请", closing: "待销号", overdue: "超期督办",
    acknowledge: "待签收", handling: "办理中",
  },
  empty: "都处理完了",
  keys: "键盘操作",
  key_step: "上下",
  key_select: "选择",
  key_open: "打开",
  bulk: "批量办理",
  selected: "已选 {count} 件",
  select_all: "选择全部 {count} 件",
  select_none: "取消选择",
  many: "{command} {count} 件",
  result: "完成 {done} 件，未完成 {refused} 件",
};
