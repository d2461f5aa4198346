// Counts beside entries of the menu, by the name of the route. Set by the module that knows the
// count.

import { reactive } from "vue";

export const badges = reactive<Record<string, number>>({});
