// What I have to do with an instance: the commands that it waits for.

import type { Instance } from "@/instances/instance";
import { slotOf } from "@/workflows/slots";
import { isGrave, nextStep } from "@/workflows/ways";
import { useWorkflows } from "@/workflows/workflow";

export interface Awaited {
  command: string;
  label: string;
}

const most = 2; // that are named

/// The step that moves it on first; of what else is possible, nothing that one would not do lightly.
export function awaitedOf(instance: Instance): Awaited[] {
  const workflows = useWorkflows();
  const workflow = workflows.get(instance.workflow);
  const all = instance.awaits ?? [];
  const next = nextStep(workflow, instance.state, all);
  const aside = slotOf(workflow.name)?.aside ?? [];
  const mild = all.filter(
    (name) => !isGrave(workflow, instance.state, name) && !aside.includes(name),
  );
  const owed = next || mild.length ? mild : all;
  return [...new Set([...(next ? [next] : []), ...owed])].slice(0, most).map((command) => ({
    command,
    label: workflows.command(instance.workflow, command)?.label ?? command,
  }));
}
