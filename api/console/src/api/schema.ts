// What the API takes and gives, as docs/reference/openapi.json says it (`npm run types`).

import type { components } from "../../generated/openapi";

export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
