// Where commands lead: which of them moves a matter on, and which one would not give by mistake.

import { depthsOf, stagesOf, statesOf, type Workflow } from "./description";
import { slotOf } from "./slots";

/// What is asked of a workflow again and again, counted once.
function once<T>(count: (workflow: Workflow) => T): (workflow: Workflow) => T {
  const known = new WeakMap<Workflow, T>();
  return (workflow) => {
    const found = known.get(workflow) ?? count(workflow);
    known.set(workflow, found);
    return found;
  };
}

/// Of a state: how far along the life it is.
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

/// Ends that come before the last one are no success.
const earlyEnds = once((workflow: Workflow): Set<string> => {
  const depths = depthsOf(workflow);
  const ends = statesOf(workflow).filter((one) => one.final);
  const last = Math.max(...ends.map((one) => depths.get(one.name) ?? 0));
  return new Set(ends.map((one) => one.name).filter((name) => (depths.get(name) ?? 0) < last));
});

const rowsOf = (workflow: Workflow, state: string, command: string) =>
  workflow.rows.filter((row) => row.source === state && row.command === command);

/// It leads back, or ends the matter early.
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

/// How much it moves the matter on: 2 to a later stage, 1 to another state, 0 not at all.
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

/// The command that is the next step, of those that one may give; none where only others can go on.
export function nextStep(workflow: Workflow, state: string, permitted: string[]): string | undefined {
  const rated = permitted.map((name) => ({ name, by: advance(workflow, state, name) }));
  const best = Math.max(0, ...rated.map((one) => one.by));
  return best > 0 ? rated.find((one) => one.by === best)?.name : undefined;
}

/// It has ended there without getting to its last end.
export const isEarlyEnd = (workflow: Workflow, state: string) => earlyEnds(workflow).has(state);
