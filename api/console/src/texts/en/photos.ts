import type { Same } from "..";
import type zh from "../zh/photos";

export default {
  title: "Photos",
  take: "Take a photo",
  choose: "From the album",
  remove: "Remove {name}",
  too_many: "{name} was not added: at most {most}.",
  no_image: "{name} is no image that can be read; it was not added.",
} satisfies Same<typeof zh>;
