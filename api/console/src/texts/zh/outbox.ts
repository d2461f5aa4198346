export default {
  title: "待发送",
  made_at: "{time} 填写",
  waiting: "等待网络",
  sending: "正在发送",
  refused: "发送未成功，请处理",
  nothing_lost: "填写的内容和照片仍保存在本机。",
  partly: "前面的内容已经送达，剩下的仍保存在本机。",
  take_up: "修改后重发",
  again: "重新发送",
  discard: "放弃",
  discard_sure: "放弃“{title}”未发送的内容？放弃后无法找回。",
  send_now: "立即发送",
};
