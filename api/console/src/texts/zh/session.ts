export default {
  sign_in: "登录",
  username: "账号",
  password: "密码",
  first_password: "当前是管理员设置的初始密码。请改成只有您自己知道的密码，再继续使用。",
  own_password: "新密码（至少 8 个字符）",
  take_own_password: "修改并继续",
  other_account: "使用其他账号登录",
  expired: "登录已过期",
  expired_why: "请重新登录后继续，当前填写的内容会保留。",
};
