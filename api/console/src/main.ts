// The start. index.html shows an empty frame; when that is on the screen, the program, the texts and
// the page of the address are fetched side by side.

import { painted } from "./frame/painted";
import { fetchPage, pageAt } from "./routes";
import { announce, firstLanguage, textsOf } from "./texts/languages";

async function begin() {
  announce(firstLanguage());
  await painted();
  void textsOf(firstLanguage());
  fetchPage(pageAt(location.pathname));
  await (await import("./application")).start();
}

void begin();
