// Description of a workflow by the server, as the console uses it: GET /workflows/{name}.

import type { Schema } from "@/api/schema";

/// A field of a form; `workflow` is that of the instances it names.
export type FormField = Schema<"FormField"> & { hint?: string };
export type Kind = FormField["kind"];
type State = Schema<"Workflow">["states"][number];
type Row = Schema<"Workflow">["rows"][number];
export type CommandInfo = Omit<Schema<"Workflow">["commands"][number], "form"> & { form: FormField[] };

export interface Named {
  name: string;
  label?: string;
}
export interface Fact extends Named {
  kind: Kind;
  group?: string;
  workflow?: string; // whose instances it names
}
export interface Tag extends Named {
  kind: Kind;
  handles?: boolean; // the unit that it names does the work
}
export interface Facets {
  tags: Tag[];
  marks: Named[];
  moments: Named[];
  numbers: (Named & { decimals: number; unit?: string })[];
}

/// A region of the machine beside the main one.
export interface Region {
  name: string;
  states: string[];
}

/// A workflow as in the list of all workflows, for a signed-in user.
export type Listed = Schema<"WorkflowPage">["items"][number];

export interface Workflow {
  name: string;
  collection: string;
  label?: string;
  states: State[];
  rows: Row[];
  commands: CommandInfo[];
  labels: Record<string, string>; // of the policy, in the language spoken: "event.reported"
  facts: Fact[];
  groups: Named[]; // of facts, in order
  facets: Facets;
  attachments: Named[]; // what papers and photos are for; empty: it takes none
  titleFact: string;
  links: Record<string, string>; // by fact or field that names instances: whose
  regions: Region[]; // beside the life itself: light, supervision
  editing: string; // the command that only changes facts; empty: there is none
}

export const nothing: Workflow = {
  name: "",
  collection: "",
  states: [],
  rows: [],
  commands: [],
  labels: {},
  facts: [],
  groups: [],
  facets: { tags: [], marks: [], moments: [], numbers: [] },
  attachments: [],
  titleFact: "title",
  links: {},
  regions: [],
  editing: "",
};

/// Returns the states of the main region.
export const statesOf = (workflow: Workflow) =>
  workflow.states.filter((one) => one.region === 0 && one.name !== "new");

/// Returns the states of a region beside the main one; none if there is no such region.
export function statesBeside(workflow: Workflow, region: string): State[] {
  const names = workflow.regions.find((one) => one.name === region)?.states ?? [];
  return workflow.states.filter((one) => names.includes(one.name));
}

/// Returns the stages in their order, each with its states.
export function stagesOf(workflow: Workflow): (Named & { states: string[] })[] {
  const stages = new Map<string, string[]>();
  for (const { stage, name } of inOrderOfLife(workflow))
    if (stage) stages.set(stage, [...(stages.get(stage) ?? []), name]);
  return [...stages].map(([name, states]) => ({
    name,
    states,
    label: workflow.labels[`stage.${name}`],
  }));
}

/// Returns the least number of commands that lead to each state from the start.
export function depthsOf(workflow: Workflow): Map<string, number> {
  const depths = new Map([["new", 0]]);
  for (const [state, depth] of depths)
    for (const { source, target } of workflow.rows)
      if (source === state && !depths.has(target)) depths.set(target, depth + 1);
  return depths;
}

function inOrderOfLife(workflow: Workflow): State[] {
  const depths = depthsOf(workflow);
  const far = Number.MAX_SAFE_INTEGER;
  // Final states do not define the order of their stage, since an instance can be rejected early.
  const rank = (state: State) => (state.final ? far : 0) + (depths.get(state.name) ?? far);
  return statesOf(workflow).sort((left, right) => rank(left) - rank(right));
}
