/** A runner's variables and files for one step, as GitHub gives them to an action. The tests, the demo and the benchmark use it. */
import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pairs } from "./commands.ts";

export const ROOT = join(import.meta.dirname, "..");
export const BUNDLE = join(ROOT, "dist", "index.js");

/** What the workflow, and the event that started it, say of a step. */
export interface StepSettings {
  /** Path of the workspace, with the checkout in it. */
  readonly workspace: string;
  /** The commit that is checked out. */
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** GITHUB_RUN_NUMBER. */
  readonly number: number;
  /** GITHUB_RUN_ATTEMPT, 1 when left out. */
  readonly attempt?: number | undefined;
  /** GITHUB_RUN_ID, a new one when left out. */
  readonly runId?: string | undefined;
  /** A push to the repository acme/shop when left out. */
  readonly event?:
    | {
        readonly name: string;
        readonly payload?: unknown;
        readonly env?: Readonly<Record<string, string>>;
      }
    | undefined;
  /** The environment of the runner itself, this process's when left out. */
  readonly machine?: NodeJS.ProcessEnv | undefined;
  /** `env:` of the step. `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface RunnerStep {
  /** All variables that the step's process gets. */
  readonly env: NodeJS.ProcessEnv;
  /** RUNNER_TEMP, which has nothing in it but the runner's own two folders. */
  readonly temp: string;
  readonly runId: string;
  /** The outputs that the step has written. */
  outputs(): Record<string, string>;
  /** What it has saved for its post step. */
  state(): Record<string, string>;
  /** The variables that it has set for later steps. */
  exported(): Record<string, string>;
  /** The job summary that it has written. */
  summary(): string;
}

/** Folders that the runner itself has in RUNNER_TEMP. */
export const RUNNER_FOLDERS = ["_runner_file_commands", "_github_workflow"] as const;

/**
 * Prepares a step: writes the runner's files and says which variables lead to them.
 * @param folder an empty folder for those files
 */
export function runnerStep(folder: string, settings: StepSettings): RunnerStep {
  const temp = join(folder, "_temp");
  const [files, workflow] = RUNNER_FOLDERS.map((name) => join(temp, name)) as [string, string];
  const tools = join(folder, "_tool");
  for (const path of [files, workflow, tools]) mkdirSync(path, { recursive: true });
  const file = (name: string) => join(files, name);
  const read = (name: string) => readFileSync(file(name), "utf8");
  for (const name of ["output", "state", "env", "path", "summary"]) writeFileSync(file(name), "");
  const event = settings.event ?? {
    name: "push",
    payload: { repository: { full_name: "acme/shop", fork: false } },
  };
  const eventPath = join(workflow, "event.json");
  writeFileSync(eventPath, JSON.stringify(event.payload ?? {}));
  const runId = settings.runId ?? String(randomInt(1e9, 9e9));
  const variables = {
    ...(settings.machine ?? process.env),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__acme_shipshape",
    GITHUB_ACTOR: "ada",
    GITHUB_API_URL: "https://api.github.com",
    GITHUB_ENV: file("env"),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: "ship",
    GITHUB_OUTPUT: file("output"),
    GITHUB_PATH: file("path"),
    GITHUB_REF: "refs/heads/main",
    GITHUB_REF_NAME: "main",
    GITHUB_REF_TYPE: "branch",
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_REPOSITORY_OWNER: "acme",
    GITHUB_RUN_ATTEMPT: String(settings.attempt ?? 1),
    GITHUB_RUN_ID: runId,
    GITHUB_RUN_NUMBER: String(settings.number),
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: settings.sha,
    GITHUB_STATE: file("state"),
    GITHUB_STEP_SUMMARY: file("summary"),
    GITHUB_WORKFLOW: "ship",
    GITHUB_WORKSPACE: settings.workspace,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "lab",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: tools,
    ...event.env,
    ...settings.env,
    ...inputVariables(settings.inputs),
  };
  return {
    env: Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined)),
    temp,
    runId,
    outputs: () => pairs(read("output")),
    state: () => pairs(read("state")),
    exported: () => pairs(read("env")),
    summary: () => read("summary"),
  };
}

/** Inputs as the runner passes them: every default of action.yml, then what the step says. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
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
