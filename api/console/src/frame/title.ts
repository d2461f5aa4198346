// What the browser's tab is called: the page, or what stands on it.

import { i18n } from "@/texts";

export function entitle(title: string | undefined) {
  const product = i18n.global.t("frame.product");
  document.title = title ? `${title} · ${product}` : product;
}
