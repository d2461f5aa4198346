export default {
  empty: "暂无待办事项",
  keys: "键盘操作",
  key_step: "上移、下移",
  key_select: "选择",
  key_open: "打开",
};
