import { ref } from "vue";

const query = window.matchMedia("(max-width: 767px)");

/// Whether to show cards and a bar at the bottom, instead of tables and a menu at the side.
export const isPhone = ref(query.matches);
query.addEventListener("change", (change) => (isPhone.value = change.matches));
