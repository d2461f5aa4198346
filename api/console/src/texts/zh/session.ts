export default {
  sign_in: "登录",
  username: "账号",
  password: "密码",
  expired: "登录已过期",
  expired_why: "请重新登录后继续，当前填写的内容会保留。",
};
