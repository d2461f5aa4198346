import type { Same } from "..";
import type zh from "../zh/forms";

export default {
  find_unit: "Type a part of the unit's name",
  find_instance: "Type words of the title, or the number",
  find_region: "Type a part of the place's name",
  too_long: "At most {most} characters: there are {length}, which is {over} too many.",
  required_missing: "Please fill in: {fields}",
  cancel: "Cancel",
  changed_meanwhile: "Somebody else has changed it; look again, then submit.",
  hints: {
    required: { missing: "All that is missing, told at once, one item a line." },
    optional: {
      due_at: "If left empty, it follows from the round and the policy.",
      co_handlers: "Several units may help.",
    },
  },
} satisfies Same<typeof zh>;
