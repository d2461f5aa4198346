// Types of the API's requests and responses, from docs/reference/openapi.json (`npm run types`).

import type { components } from "../../generated/openapi";

export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
