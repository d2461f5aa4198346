export default {
  work: "我的待办",
};
