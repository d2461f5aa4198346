// Small numbers beside entries of the menu, by the name of the route; whoever knows one sets it.

import { reactive } from "vue";

export const badges = reactive<Record<string, number>>({});
