import type { Same } from "..";
import type zh from "../zh/coordination";

export default {} satisfies Same<typeof zh>;
