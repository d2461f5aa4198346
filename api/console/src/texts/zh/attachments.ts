export default {
  title: "附件",
  add: "添加附件",
  hint: "照片、PDF、Office 文档，单个不超过 20 MB",
  purposes: { report: "报送", progress: "进展", result: "办结", visit: "回访" },
};
