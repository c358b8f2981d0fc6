/** Runs the workflow's own commands beside the checks. Whatever happens to them stays with them. */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  answerOf,
  containerPath,
  namesOf,
  notRun,
  type Ran,
  readTrace,
  type Trace,
} from "../commands/answers.ts";
import { scrubber } from "../commands/scrub.ts";
import { UnreadableReport } from "../django/report.ts";
import { type Blame, blame } from "../engine/blame.ts";
import type { Event, Progress } from "../engine/progress.ts";
import {
  type Base,
  baseOf,
  COPYABLE,
  commandOf,
  mustWait,
  planCommands,
  planFiles,
} from "../plan/commands.ts";
import { IMAGE } from "../plan/plan.ts";
import type { Held } from "../publish/publish.ts";
import { readExported } from "../site.ts";
import type { Answer } from "../verdict/verdict.ts";
import { findPlaces } from "../workspace.ts";
import { type Bench, bakeOrRetry } from "./bench.ts";

/** Files of failed tests that are looked for in the repository. */
const MOST_FILES = 50;

/**
 * @param built the image that the check solve built; rejects when it built none
 * @returns an answer for each command, also for those that could not be run
 * @throws {Failure} `Cancelled`, or because the builder stands still
 */
export async function solveCommands(bench: Bench, built: Promise<Held>): Promise<readonly Answer[]> {
  const { builder, request, site } = bench;
  const { lines, timeout } = request.commands;
  if (lines.length === 0) return [];
  const names = namesOf(lines);
  const waits = mustWait(request, builder, site);
  if (waits) await built;
  const base = baseOf(request, builder, waits);
  const scrub = scrubber(request.env);
  const quiet = { ...bench, listen: () => scrubbed(bench.listen(), scrub) };
  const solved = await bakeOrRetry(quiet, "commands-solve", planCommands(request, site, base));
  if (!solved.ok) return notRun(names, whyNot(blame(solved.progress, solved.stderr), solved.why, bench));

  // The builder may have lost its cache in between, and built the image once more.
  const digest = solved.metadata[IMAGE]?.["containerimage.digest"];
  if (base.from === "graph" && base.of === "image" && digest !== (await built).digest)
    return notRun(names, OTHER_IMAGE);

  const ran = await Promise.all(
    lines.map(async (line, index) =>
      readTrace(
        await traceOf(line, index + 1, { progress: solved.progress, folder: site.commandsFolder, scrub }),
      ),
    ),
  );
  const places = await placesOf(ran, base, bench);
  return ran.map((one, index) => answerOf(names[index] ?? "", one, { places, limit: timeout }));
}

const OTHER_IMAGE =
  "it ran in other bytes than those that were checked: the builder's cache was cleared in between, or the " +
  "Dockerfile builds something else each time. Run the job again";

function scrubbed(hear: (event: Event) => void, scrub: (text: string) => string): (event: Event) => void {
  return (event) => hear(event.type === "log" ? { ...event, line: scrub(event.line) } : event);
}

function whyNot(found: Blame, why: "failed" | "step", { request }: Bench): string {
  const { target, timeout } = request.commands;
  if (why === "step") return `a command did not end, ${timeout} seconds and a minute after it began`;
  const stage = target === "" ? "the image" : `the stage \`${target}\` (\`run-target\`)`;
  if (found.part === "command")
    return found.missing === "/bin/sh"
      ? `${stage} has no shell (/bin/sh) to run it with. Name a stage of the Dockerfile that has one with \`run-target\``
      : `it could not be started: ${found.reason}`;
  if (found.part === "builder") return `the builder could not run it: ${found.reason}`;
  return `${stage} could not be built for it: ${found.reason}`;
}

interface Source {
  readonly progress: Progress;
  /** Where the answers were exported to. */
  readonly folder: string;
  readonly scrub: (text: string) => string;
}

async function traceOf(line: string, number: number, { progress, folder, scrub }: Source): Promise<Trace> {
  const step = progress.vertexes.find(({ names }) => [...names].some((name) => commandOf(name) === number));
  const left = (file: string) => exported(join(folder, String(number), file));
  const [exit, timeout, cwd, junit] = await Promise.all(["exit", "timeout", "cwd", "junit.xml"].map(left));
  const code = /^\d{1,3}$/.test(exit?.trim() ?? "") ? Number(exit) : undefined;
  return {
    line,
    exitCode: code,
    timeout: timeout !== undefined,
    seconds: ((step?.completed ?? 0) - (step?.started ?? 0)) / 1000,
    output: scrub(step?.log ?? ""),
    cwd: cwd?.trim() ?? "",
    junit: junit === undefined ? undefined : scrub(junit),
  };
}

/** What the command left; what it left unreadable counts as not left. */
async function exported(path: string): Promise<string | undefined> {
  try {
    return await readExported(path);
  } catch (error) {
    if (error instanceof UnreadableReport) return undefined;
    throw error;
  }
}

/**
 * Repo paths of the files that failed tests name. A file of that name is not enough: what ran must have had
 * the same content, so the files are copied out and compared.
 */
async function placesOf(ran: readonly Ran[], base: Base, bench: Bench): Promise<ReadonlyMap<string, string>> {
  const { request, site } = bench;
  const named = ran.flatMap(({ failures, trace }) =>
    failures.map((failure) => containerPath(failure, trace)),
  );
  const files = [...new Set(named)].filter((path) => COPYABLE.test(path)).slice(0, MOST_FILES);
  if (files.length === 0) return new Map();
  const folder = join(bench.folder, "files");
  await mkdir(folder, { recursive: true });
  const quiet = { ...bench, listen: () => () => {} };
  const solved = await bakeOrRetry(quiet, "files-solve", planFiles(request, site, base, { files, folder }));
  if (!solved.ok) {
    bench.say(
      "The files of the failed tests could not be copied out of the image, so they are not annotated.",
    );
    return new Map();
  }
  const hashes = await Promise.all(
    files.map(async (path, index) => {
      const text = await readFile(join(folder, String(index), basename(path))).catch(() => undefined);
      return text === undefined ? [] : [[path, createHash("sha256").update(text).digest("hex")] as const];
    }),
  );
  return findPlaces(new Map(hashes.flat()), request.workspace);
}
