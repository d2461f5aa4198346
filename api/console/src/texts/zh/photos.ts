export default {
  title: "照片",
  take: "拍照",
  choose: "从相册选",
  remove: "删除 {name}",
  too_many: "{name} 没有加入：最多 {most} 张。",
  no_image: "{name} 不是能识别的图片，没有加入。",
};
