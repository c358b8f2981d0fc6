/** One step of a job: `dist/index.js`, started and cancelled as the runner does it. */
import { spawn } from "node:child_process";
import { readdirSync, renameSync } from "node:fs";
import { join, relative } from "node:path";
import { performance } from "node:perf_hooks";
import { type Command, obeyed } from "../../../lab/commands.ts";
import { BUNDLE, RUNNER_FOLDERS, runnerStep, type StepSettings } from "../../../lab/runner.ts";
import { forgetKept } from "./docker.ts";
import { environment } from "./lab.ts";
import { killTree } from "./processes.ts";
import type { Project } from "./project.ts";
import { afterwards, folder } from "./temporary.ts";

/** Whose latest images the engine keeps; a user's engine has a few, the tests would leave hundreds. */
const apps = new Set<string>();
afterwards(() => forgetKept(apps));

export interface StepOptions {
  /** The checkout; an empty folder when left out. */
  readonly project?: Project;
  /** Folder of the workspace that holds the checkout, as with actions/checkout's `path`; the workspace when left out. */
  readonly checkoutIn?: string;
  readonly event?: NonNullable<StepSettings["event"]>;
  /** GITHUB_RUN_NUMBER, 7 when left out. */
  readonly number?: number;
  readonly attempt?: number;
  /** The same run id for several steps; fresh when left out. */
  readonly runId?: string;
  /** `env:` of the step; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Cancels as the runner does when this resolves: SIGINT, after 7.5 s SIGTERM, after 2.5 s SIGKILL. */
  readonly cancelWhen?: () => Promise<void>;
  /** Seconds after which the step and all that it started are killed. */
  readonly timeout?: number;
}

export interface Step {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which their lines came. */
  readonly log: string;
  /** As the next step would see them: of the file, and of `::set-output` commands that the runner would obey. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly exported: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly commands: readonly Command[];
  /** Files and folders that the step left in RUNNER_TEMP, as paths below it. */
  readonly tempLeft: readonly string[];
  readonly temp: string;
  readonly workspace: string;
  readonly runId: string;
  readonly seconds: number;
  readonly timedOut: boolean;
}

/** Runs the action with these inputs to its end. */
export async function step(
  inputs: Readonly<Record<string, string>>,
  options: StepOptions = {},
): Promise<Step> {
  const workspace = workspaceOf(options);
  const runner = runnerStep(folder("runner"), {
    workspace,
    inputs,
    sha: options.project?.sha ?? "0".repeat(40),
    number: options.number ?? 7,
    attempt: options.attempt,
    runId: options.runId,
    event: options.event,
    machine: environment(),
    env: options.env,
  });

  const started = performance.now();
  const ended = await play(runner.env, workspace, options);
  const seconds = (performance.now() - started) / 1000;

  const commands = obeyed(ended.lines);
  const setOutputs = commands.filter(({ name }) => name === "set-output");
  const outputs = {
    ...runner.outputs(),
    ...Object.fromEntries(setOutputs.map(({ properties, message }) => [properties.name ?? "", message])),
  };
  if (outputs.app) apps.add(outputs.app);
  return {
    ...ended,
    log: ended.lines.join("\n"),
    outputs,
    state: runner.state(),
    exported: runner.exported(),
    summary: runner.summary(),
    commands,
    tempLeft: left(runner.temp),
    temp: runner.temp,
    workspace,
    runId: runner.runId,
    seconds,
  };
}

/** The checkout's folder, or a new one that holds it. */
function workspaceOf({ project, checkoutIn }: StepOptions): string {
  if (project === undefined) return folder("empty");
  if (checkoutIn === undefined) return project.dir;
  const workspace = folder("workspace");
  renameSync(project.dir, join(workspace, checkoutIn));
  return workspace;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: string[];
  readonly timedOut: boolean;
}

function play(env: NodeJS.ProcessEnv, cwd: string, options: StepOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BUNDLE], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const timers: NodeJS.Timeout[] = [];
    const after = (seconds: number, act: () => void) => timers.push(setTimeout(act, seconds * 1000));
    const cancel = () => {
      if (child.exitCode !== null) return;
      child.kill("SIGINT");
      after(7.5, () => child.kill("SIGTERM"));
      after(10, () => child.pid !== undefined && killTree(child.pid));
    };
    let timedOut = false;
    after(options.timeout ?? 240, () => {
      timedOut = true;
      if (child.pid !== undefined) killTree(child.pid);
    });
    options.cancelWhen?.().then(cancel, reject);

    const lines: string[] = [];
    const take = (line: string) => void lines.push(line);
    const stdout = collect(child.stdout, take);
    const stderr = collect(child.stderr, take);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code, signal, stdout: stdout(), stderr: stderr(), lines, timedOut });
    });
  });
}

/** Cuts a stream into lines as they come; the result gives all of its text. */
function collect(stream: NodeJS.ReadableStream, take: (line: string) => void): () => string {
  let text = "";
  let from = 0;
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    text += piece;
    for (let end = text.indexOf("\n", from); end >= 0; end = text.indexOf("\n", from)) {
      take(text.slice(from, end).replace(/\r$/, ""));
      from = end + 1;
    }
  });
  stream.on("end", () => {
    if (from < text.length) take(text.slice(from));
  });
  return () => text;
}

function left(temp: string): string[] {
  return readdirSync(temp, { recursive: true, withFileTypes: true })
    .map((entry) => relative(temp, join(entry.parentPath, entry.name)))
    .filter((path) => !RUNNER_FOLDERS.some((name) => path.startsWith(name)))
    .sort();
}
