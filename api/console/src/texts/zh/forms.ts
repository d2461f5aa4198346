export default {
  find_unit: "输入单位名称查找",
  find_instance: "输入标题或编号查找",
  find_region: "输入地名查找",
  too_long: "最多 {most} 字，现有 {length} 字，请删去 {over} 字。",
  required_missing: "请填写：{fields}",
  cancel: "取消",
  changed_meanwhile: "内容已被他人改动，请核对后再提交。",
  hints: {
    required: { missing: "一次性告知全部需要补充的内容，每行一项。" },
    optional: {
      due_at: "不填则按批次和办理时限规定计算。",
      co_handlers: "可选多个配合单位。",
    },
  },
};
