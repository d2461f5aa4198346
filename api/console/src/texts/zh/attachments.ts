export default {
  title: "附件",
  add: "添加附件",
  hint: "照片、PDF、OFD、Office 和 WPS 文档、视频，单个不超过 20 MB",
  remove: "删除附件",
  remove_about: "“{name}”删除后不能再查看、下载；原件由服务器封存，删除人和时间长期留痕。",
  removed: "已删除：{name}（{by}，{at}）",
  purpose: "附件用途",
  purposes: { report: "报送", progress: "进展", result: "办结", visit: "回访" },
};
