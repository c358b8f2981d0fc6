/** A runner's variables and files for one step, as GitHub gives them to an action: for the demo, the benchmark and, in part, the tests. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const ROOT = join(import.meta.dirname, "..");
export const BUNDLE = join(ROOT, "dist", "index.js");

export interface RunnerStep {
  readonly env: NodeJS.ProcessEnv;
  /** The outputs that the step has written. */
  outputs(): Record<string, string>;
  /** The job summary that it has written. */
  summary(): string;
}

/**
 * @param folder an empty folder for the runner's own files
 * @param step what the workflow says: its checkout, its run's number, its inputs
 */
export function runnerStep(
  folder: string,
  step: {
    readonly workspace: string;
    readonly sha: string;
    readonly number: number;
    readonly inputs: Readonly<Record<string, string>>;
  },
): RunnerStep {
  const temp = join(folder, "_temp");
  mkdirSync(temp, { recursive: true });
  const file = (name: string) => join(folder, name);
  for (const name of ["output", "summary", "state", "env"]) writeFileSync(file(name), "");
  return {
    env: {
      ...process.env,
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: file("output"),
      GITHUB_STATE: file("state"),
      GITHUB_ENV: file("env"),
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_WORKSPACE: step.workspace,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_EVENT_NAME: "push",
      GITHUB_REF: "refs/heads/main",
      GITHUB_SHA: step.sha,
      GITHUB_RUN_ID: String(Date.now()),
      GITHUB_RUN_NUMBER: String(step.number),
      GITHUB_RUN_ATTEMPT: "1",
      RUNNER_TEMP: temp,
      ...inputVariables(step.inputs),
    },
    outputs: () => readOutputs(readFileSync(file("output"), "utf8")),
    summary: () => readFileSync(file("summary"), "utf8"),
  };
}

/** Inputs as the runner passes them: every default of action.yml, then what the step says. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as {
    inputs: Record<string, { default?: unknown } | null>;
  };
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, String(input?.default ?? "")]);
  return Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name = "", value = ""]) => [
      `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
      value,
    ]),
  );
}

/** `name<<delimiter`, lines, `delimiter`: how a step's outputs are written. */
function readOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n?^\2$/gm)].map(([, name = "", , value = ""]) => [
      name,
      value,
    ]),
  );
}
