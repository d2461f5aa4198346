// The start. index.html shows an empty frame; once that is painted, the program, the texts and the
// page of the address are loaded in parallel.

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
