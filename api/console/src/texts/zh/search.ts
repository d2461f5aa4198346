// 跨事项搜索。
export default {
  title: "搜索",
  found: "“{words}”共找到{total}件",
  all: "查看全部",
  hint: "没有找到。可换用标题中的其他词语，或输入编号、编号的末几位（至少三位）。",
};
