// Commands for which an instance waits.

import type { Instance } from "@/instances/instance";
import { slotOf } from "@/workflows/slots";
import { isGrave, nextStep } from "@/workflows/ways";
import { useWorkflows } from "@/workflows/workflow";

export interface Awaited {
  command: string;
  label: string;
}

const most = 2; // that are named

/// Returns the next step first, then the commands that may be given lightly. If there are none of
/// either, returns all.
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
