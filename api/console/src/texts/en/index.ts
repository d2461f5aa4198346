import { gather, type Texts } from "../languages";

export default gather(
  import.meta.glob<{ default: Texts }>(["./*.ts", "!./index.ts"], { eager: true }),
);
