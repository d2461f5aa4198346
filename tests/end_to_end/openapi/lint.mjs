// node lint.mjs FILE: is it sound OpenAPI 3.1? Prints every finding; exits with 1 when there is one.
import { createConfig, formatProblems, lintFromString } from "@redocly/openapi-core";
import { readFileSync } from "node:fs";

const config = await createConfig({
  extends: ["recommended-strict"],
  rules: { "no-server-example.com": "off", "operation-4xx-response": "off", "no-empty-servers": "off", "tag-description": "off" },
});
const source = readFileSync(process.argv[2], "utf8");
const problems = await lintFromString({ source, absoluteRef: process.argv[2], config });
formatProblems(problems, { format: "stylish", totals: { errors: problems.length, warnings: 0, ignored: 0 } });
process.exit(problems.length === 0 ? 0 : 1);
