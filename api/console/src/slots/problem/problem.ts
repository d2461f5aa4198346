// Problems, as in the API.

import type { Query } from "@/api/client";
import type { Schema } from "@/api/schema";
import { listInstances, readInstance, type Instance, type Page } from "@/instances/instance";

/// A problem; in a list without description and commands.
export type Problem = Instance &
  Schema<"ProblemSummary"> &
  Partial<Pick<Schema<"ProblemDetail">, "description">>;
export type ProblemPage = Page<Problem>;

export const collection = "problems";

export const listProblems = (query: Query, signal?: AbortSignal) =>
  listInstances<Problem>(collection, query, signal);
export const readProblem = (id: string) => readInstance<Problem>(collection, id);
