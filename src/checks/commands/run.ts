/** Runs the workflow's own commands beside the checks. Whatever happens to them stays with them. */

import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Event, type Progress, secondsOf, stepIn } from "../../docker/progress.ts";
import { Failure } from "../../failure.ts";
import { type Blame, blame } from "../../image/blame.ts";
import type { Held } from "../../image/built-image.ts";
import { buildFailure } from "../../image/failures.ts";
import { type Bench, bakeOrRetry, layoutOf, namedImage } from "../../image/solver.ts";
import { commandOf } from "../../image/steps.ts";
import { IMAGE } from "../../image/target.ts";
import type { Request } from "../../request/request.ts";
import { readExportedBytes, UnreadableReport } from "../exported.ts";
import { findPlaces, withNamesakes } from "../repository-paths.ts";
import { scrubber } from "../scrub.ts";
import type { Answer } from "../verdict.ts";
import { answerOf, containerPath, namesOf, notRun, type Ran, readTrace, type Trace } from "./answers.ts";
import { type Base, baseOf, COPYABLE, mustWait, planCommands, planFiles } from "./bake.ts";

/** Files of failed tests that are looked for in the repository. */
const MOST_FILES = 50;

/** What the check solve tells those beside it. Both reject when it comes to nothing. */
export interface Milestones {
  /** The builder holds the image; the checks may still run. */
  readonly loaded: Promise<void>;
  /** What it holds. */
  readonly held: Promise<Held>;
}

/**
 * @returns an answer for each command, also for those that could not be run
 * @throws {Failure} `Cancelled`
 */
export async function solveCommands(bench: Bench, milestones: Milestones): Promise<readonly Answer[]> {
  const { request } = bench;
  if (request.commands.lines.length === 0) return [];
  const names = namesOf(request.commands.lines, request.checks);
  try {
    return await runAll(bench, names, milestones);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
    return notRun(names, `there was no image to run it in: ${error.message.replace(/\.$/, "")}`);
  }
}

async function runAll(
  bench: Bench,
  names: readonly string[],
  milestones: Milestones,
): Promise<readonly Answer[]> {
  const { builder, request, site } = bench;
  const { lines, timeout } = request.commands;
  const waits = mustWait(request, builder, site);
  if (waits && !bench.pushed) await milestones.loaded;
  const scrub = scrubber(request.env);
  const quiet = { ...bench, listen: () => scrubbed(bench.listen(), scrub) };
  const solve = async (built: boolean, image = namedImage(bench)) => {
    const base = baseOf(request, builder, { built, image });
    // What an earlier solve exported is no answer of this one.
    await rm(site.commandsFolder, { recursive: true, force: true });
    return { base, solved: await bakeOrRetry(quiet, "commands-solve", planCommands(request, site, base)) };
  };
  // The builder may not find the image in its cache, and build it once more.
  const ranInAnother = async ({ base, solved }: Awaited<ReturnType<typeof solve>>) =>
    solved.ok &&
    base.from === "graph" &&
    base.of === "image" &&
    solved.metadata[IMAGE]?.["containerimage.digest"] !== (await milestones.held).digest;

  let last = await solve(waits || bench.pushed !== undefined);
  if (await ranInAnother(last)) {
    bench.say("The builder built the image again for the commands, with other bytes: once more.");
    last = await solve(true, await layoutOf(await milestones.held, bench, "commands"));
    if (await ranInAnother(last)) return notRun(names, OTHER_IMAGE);
    const { solved } = last;
    // The layout's layers may be gone by now.
    if (!solved.ok && solved.why === "failed" && blame(solved.progress, solved.stderr).part !== "command")
      return notRun(names, OTHER_IMAGE);
  }
  const { base, solved } = last;
  if (!solved.ok)
    return notRun(
      names,
      solved.why === "step"
        ? tooLong(solved.progress, request)
        : whyNot(blame(solved.progress, solved.stderr), request),
    );

  const source = { progress: solved.progress, folder: site.commandsFolder, scrub };
  const ran = await Promise.all(
    lines.map(async (line, index) => readTrace(await traceOf(line, index + 1, source), scrub)),
  );
  const places = await placesOf(ran, base, bench);
  return ran.map((one, index) => answerOf(names[index] ?? "", one, { places, limit: timeout }));
}

const OTHER_IMAGE =
  "it ran in other bytes than those that were checked: the builder did not find them in its cache, twice. Run the job " +
  "again; if it happens often, give the builder more room for its cache";

function scrubbed(hear: (event: Event) => void, scrub: (text: string) => string): (event: Event) => void {
  return (event) => hear(event.type === "log" ? { ...event, line: scrub(event.line) } : event);
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

function whyNot(found: Blame, { build, commands }: Request): string {
  const stage = commands.target === "" ? "the image" : `the stage \`${commands.target}\` (\`run-target\`)`;
  if (found.part === "command")
    return found.missing === "/bin/sh"
      ? `${stage} has no shell (/bin/sh) to run it with. Name a stage of the Dockerfile that has one with \`run-target\``
      : `it could not be started: ${found.reason}`;
  const { message } = buildFailure(found, build);
  return `${stage} could not be built for it: ${message.replace(/\.$/, "")}`;
}

interface Source {
  readonly progress: Progress;
  /** Where the answers were exported to. */
  readonly folder: string;
  readonly scrub: (text: string) => string;
}

async function traceOf(line: string, number: number, { progress, folder, scrub }: Source): Promise<Trace> {
  const step = stepIn(progress.vertexes, (name) => commandOf(name) === number);
  const textOf = async (file: string) => (await left(join(folder, String(number), file)))?.toString("utf8");
  const [exit, timeout, cwd, junit] = await Promise.all(["exit", "timeout", "cwd", "junit.xml"].map(textOf));
  const code = /^\d{1,3}$/.test(exit?.trim() ?? "") ? Number(exit) : undefined;
  return {
    line,
    exitCode: code,
    timeout: timeout !== undefined,
    seconds: secondsOf(step),
    output: scrub(step?.log ?? ""),
    cwd: cwd?.trim() ?? "",
    junit,
  };
}

/** What a container left; what cannot be read as a plain file counts as not left. */
async function left(path: string): Promise<Buffer | undefined> {
  try {
    return await readExportedBytes(path);
  } catch (error) {
    if (error instanceof UnreadableReport) return undefined;
    throw error;
  }
}

/**
 * Repo paths of the files that failed tests name. A file of that name is not enough: what ran must have had
 * the same content, so the files are copied out and compared. No answer waits or fails for it.
 */
async function placesOf(ran: readonly Ran[], base: Base, bench: Bench): Promise<ReadonlyMap<string, string>> {
  const { request, site } = bench;
  const named = ran.flatMap(({ failures, trace }) =>
    failures.map((failure) => containerPath(failure, trace)),
  );
  const known = await withNamesakes(
    [...new Set(named)].filter((path) => COPYABLE.test(path)),
    request.workspace,
  );
  const files = known.slice(0, MOST_FILES);
  if (files.length === 0) return new Map();
  const folder = join(bench.folder, "files");
  await mkdir(folder, { recursive: true });
  const quiet = { ...bench, listen: () => () => {} };
  const copied = await bakeOrRetry(
    quiet,
    "files-solve",
    planFiles(request, site, base, { files, folder }),
  ).catch((error) => {
    if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
    return { ok: false };
  });
  if (!copied.ok) {
    bench.say(
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
