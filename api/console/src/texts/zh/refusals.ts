// Why something was not done, by the code of the refusal.
export default {
  unreachable: "服务器没有响应，请稍后重试。",
};
