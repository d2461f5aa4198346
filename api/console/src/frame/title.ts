// Title of the browser's tab: the page, or its subject.

import { i18n } from "@/texts";

export function entitle(title: string | undefined) {
  const product = i18n.global.t("frame.product");
  document.title = title ? `${title} · ${product}` : product;
}
