import type { Same } from "..";
import type zh from "../zh/leaders";

export default {} satisfies Same<typeof zh>;
