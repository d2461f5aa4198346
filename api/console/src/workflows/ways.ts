// Effects of commands: which is the next step, and which must not be given by mistake.

import { depthsOf, stagesOf, statesOf, type Workflow } from "./description";
import { slotOf } from "./slots";

/// Computes a property of a workflow once, and caches it.
function once<T>(count: (workflow: Workflow) => T): (workflow: Workflow) => T {
  const known = new WeakMap<Workflow, T>();
  return (workflow) => {
    const found = known.get(workflow) ?? count(workflow);
    known.set(workflow, found);
    return found;
  };
}

/// Returns the rank of each state: how far along the stages it is.
const ranksOf = once((workflow: Workflow): Map<string, number> => {
  const stages = stagesOf(workflow);
  const depths = depthsOf(workflow);
  return new Map(
    statesOf(workflow).map(({ name }) => {
      const stage = stages.findIndex((one) => one.states.includes(name));
      return [name, stage < 0 ? (depths.get(name) ?? 0) : stage];
    }),
  );
});

/// Returns the final states that are reached before the last one; they are no success.
const earlyEnds = once((workflow: Workflow): Set<string> => {
  const depths = depthsOf(workflow);
  const ends = statesOf(workflow).filter((one) => one.final);
  const last = Math.max(...ends.map((one) => depths.get(one.name) ?? 0));
  return new Set(ends.map((one) => one.name).filter((name) => (depths.get(name) ?? 0) < last));
});

const rowsOf = (workflow: Workflow, state: string, command: string) =>
  workflow.rows.filter((row) => row.source === state && row.command === command);

/// Returns whether the command leads back, or ends the instance early.
export function isGrave(workflow: Workflow, state: string, command: string): boolean {
  const rows = rowsOf(workflow, state, command);
  const ranks = ranksOf(workflow);
  const ends = earlyEnds(workflow);
  const back = ({ source, target }: { source: string; target: string }) =>
    (ranks.get(target) ?? 0) < (ranks.get(source) ?? 0);
  return (
    !!slotOf(workflow.name)?.grave?.includes(command) ||
    (rows.length > 0 && rows.every((row) => ends.has(row.target) || back(row)))
  );
}

/// Returns how far the command moves the instance: 2 to a later stage, 1 to another state, 0 not at
/// all.
function advance(workflow: Workflow, state: string, command: string): number {
  const isAside = slotOf(workflow.name)?.aside?.includes(command);
  if (isAside || isGrave(workflow, state, command)) return 0;
  const ranks = ranksOf(workflow);
  return Math.max(
    0,
    ...rowsOf(workflow, state, command).map(({ target }) =>
      (ranks.get(target) ?? 0) > (ranks.get(state) ?? 0) ? 2 : target === state ? 0 : 1,
    ),
  );
}

/// Returns the permitted command that is the next step, or undefined if only others can continue.
export function nextStep(workflow: Workflow, state: string, permitted: string[]): string | undefined {
  const rated = permitted.map((name) => ({ name, by: advance(workflow, state, name) }));
  const best = Math.max(0, ...rated.map((one) => one.by));
  return best > 0 ? rated.find((one) => one.by === best)?.name : undefined;
}

/// Returns whether the state is final without being the last one.
export const isEarlyEnd = (workflow: Workflow, state: string) => earlyEnds(workflow).has(state);
