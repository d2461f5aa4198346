import type { Same } from "..";
import type zh from "../zh/visits";

export default {} satisfies Same<typeof zh>;
