import { listInstances, readInstance, type Instance } from "@/instances/instance";

export interface Round extends Instance {
  number: number;
  name: string;
  opens_at: string;
  closes_at: string;
  due_at: string;
  left_over_count?: number;
}

const most = 100;

/// Returns the rounds, newest first.
export async function listRounds(): Promise<Round[] | null> {
  const page = await listInstances<Round>("rounds", { limit: most });
  return page.ok ? page.value.items.sort((left, right) => right.number - left.number) : null;
}

export const readRound = (number: number) => readInstance<Round>("rounds", `round-${number}`);
