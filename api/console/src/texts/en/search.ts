import type { Same } from "..";
import type zh from "../zh/search";

export default {
  title: "Search",
  found: "“{words}”: {total} found",
  all: "See all",
  hint: "Nothing found. Try other words of the title, a number, or its last digits (at least three).",
} satisfies Same<typeof zh>;
