import type { Same } from "..";
import type zh from "../zh/administration";

export default {} satisfies Same<typeof zh>;
