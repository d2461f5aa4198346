export default {
  title: "照片",
  take: "拍照",
  choose: "从相册选取",
  remove: "删除 {name}",
  too_many: "{name} 未添加：最多 {most} 张。",
  no_image: "{name} 不是能识别的图片，未添加。",
};
