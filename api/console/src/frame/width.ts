import { ref } from "vue";

const query = window.matchMedia("(max-width: 767px)");

/// Cards and the bar at the bottom instead of tables and the menu at the side.
export const isPhone = ref(query.matches);
query.addEventListener("change", (change) => (isPhone.value = change.matches));
