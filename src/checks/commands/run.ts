/** Runs the workflow's own commands in the image, or in the stage that `run-target` names. */
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Progress, secondsOf, stepIn, type Vertex } from "../../docker/progress.ts";
import { commandOf, isStep } from "../../docker/steps.ts";
import { Failure } from "../../failure.ts";
import type { Blame } from "../../image/blame.ts";
import { buildFailure } from "../../image/failures.ts";
import { type Solver, solveAndRead } from "../../image/solver.ts";
import type { Request } from "../../request/request.ts";
import { readExported, UnreadableReport } from "../exported.ts";
import { findPlaces, withNamesakes } from "../repository-paths.ts";
import { scrubber } from "../scrub.ts";
import type { Answer } from "../verdict.ts";
import { answerOf, type CommandRun, containerPath, failedTests, namesOf, notRun } from "./answers.ts";
import { COPYABLE, type CommandsCheck, planCommands, planFiles } from "./bake.ts";

/** Files of failed tests that are looked for in the repository. */
const MOST_FILES = 50;

/**
 * Runs the commands.
 * @param prepared builds what they run in, should that be another stage, and names it
 * @returns an answer for each command, also for those that could not be run
 * @throws {Failure} `Cancelled`
 */
export async function runCommands(
  solver: Solver,
  request: Request,
  prepared: Promise<CommandsCheck>,
): Promise<readonly Answer[]> {
  const { lines } = request.commands;
  if (lines.length === 0) return [];
  const names = namesOf(lines, request.checks);
  try {
    return await runAll(solver, request, await prepared, names);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
    return notRun(names, `there was no image to run it in: ${error.message.replace(/\.$/, "")}`);
  }
}

async function runAll(
  solver: Solver,
  request: Request,
  check: CommandsCheck,
  names: readonly string[],
): Promise<readonly Answer[]> {
  const { commands } = request;
  const { lines } = commands;
  const scrub = scrubber(request.env);
  const hearing = solver.hearing((event) =>
    event.type === "log" ? { ...event, line: scrub(event.line) } : event,
  );
  const answered = await solveAndRead(hearing, {
    name: "commands-solve",
    folder: check.report,
    plan: () => planCommands(request, check),
    answers: isStep("command"),
    read: ({ vertexes }) =>
      Promise.all(
        lines.map((line, index) => {
          const step = stepIn(vertexes, (name) => commandOf(name) === index + 1);
          return commandRun(line, step, join(check.report, String(index + 1)), scrub);
        }),
      ),
    // They are never taken from the cache.
    believes: () => true,
    layers: check.base.layers,
  });
  if (!answered.ok)
    return notRun(
      names,
      answered.why === "step" ? tooLong(answered.progress, request) : whyNotRun(answered.blame, request),
    );
  const runs = answered.answer;
  const places = await placesOf(runs, solver, request, check);
  return runs.map((run, index) => answerOf(names[index] ?? "", run, places, commands));
}

/** The shell that starts a command could not end it (it may only as the container's first process). */
function tooLong(progress: Progress, { commands }: Request): string {
  const open = progress.vertexes.filter(
    ({ started, completed }) => started !== undefined && completed === undefined,
  );
  const numbers = open
    .flatMap(({ names }) => [...names].map(commandOf))
    .filter((number) => number !== undefined);
  const which = [...new Set(numbers)].map((number) => `\`${commands.lines[number - 1] ?? ""}\``).join(", ");
  return `${which || "a command"} did not end within ${commands.timeout} seconds, nor a minute later, so all were ended`;
}

function whyNotRun(blame: Blame, { build, commands }: Request): string {
  const stage = commands.target === "" ? "the image" : `the stage \`${commands.target}\` (\`run-target\`)`;
  if (blame.part === "container")
    return blame.missing === "/bin/sh"
      ? `${stage} has no shell (/bin/sh) to run it with. Name a stage of the Dockerfile that has one with \`run-target\``
      : `it could not be started: ${blame.reason}`;
  return buildFailure(blame, build).message.replace(/\.$/, "");
}

/** @param folder where its files were exported to */
async function commandRun(
  line: string,
  step: Vertex | undefined,
  folder: string,
  scrub: (text: string) => string,
): Promise<CommandRun> {
  const textOf = async (file: string) => (await left(join(folder, file)))?.toString("utf8");
  const [exit, timeout, cwd, junit] = await Promise.all(["exit", "timeout", "cwd", "junit.xml"].map(textOf));
  return {
    line,
    exitCode: /^\d{1,3}$/.test(exit?.trim() ?? "") ? Number(exit) : undefined,
    timeout: timeout !== undefined,
    seconds: secondsOf(step),
    output: scrub(step?.log ?? ""),
    cwd: cwd?.trim() ?? "",
    ...failedTests(junit, scrub),
  };
}

/** What a container left; what cannot be read as a plain file counts as not left. */
async function left(path: string): Promise<Buffer | undefined> {
  try {
    return await readExported(path);
  } catch (error) {
    if (error instanceof UnreadableReport) return undefined;
    throw error;
  }
}

/**
 * Repo paths of the files that failed tests name. A file of that name is not enough: what ran must have had
 * the same content, so the files are copied out and compared. No answer waits or fails for it.
 */
async function placesOf(
  runs: readonly CommandRun[],
  solver: Solver,
  request: Request,
  check: CommandsCheck,
): Promise<ReadonlyMap<string, string>> {
  const named = runs.flatMap((run) => run.failures.map((failure) => containerPath(failure, run)));
  const copyable = [...new Set(named)].filter((path) => COPYABLE.test(path));
  const files = (await withNamesakes(copyable, request.workspace)).slice(0, MOST_FILES);
  if (files.length === 0) return new Map();
  const folder = join(solver.folder, "files");
  await mkdir(folder, { recursive: true });
  const copied = await solver
    .quiet()
    .solve("files-solve", planFiles(check, files, folder))
    .catch((error) => {
      if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
      return { ok: false };
    });
  if (!copied.ok) {
    solver.say(
      "The files of the failed tests could not be copied out of the image, so they are not annotated.",
    );
    return new Map();
  }
  const hashes = await Promise.all(
    files.map(async (path, index) => {
      const bytes = await left(join(folder, String(index), basename(path)));
      return bytes === undefined ? [] : [[path, createHash("sha256").update(bytes).digest("hex")] as const];
    }),
  );
  return findPlaces(new Map(hashes.flat()), request.workspace);
}
