import { gather, type Texts } from "..";

export default gather(
  import.meta.glob<{ default: Texts }>(["./*.ts", "!./index.ts"], { eager: true }),
);
