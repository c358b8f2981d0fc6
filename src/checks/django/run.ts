/** Builds the image and checks it, as often as it takes to have a report that can be believed. */

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { detailsIn, digestIn, type TargetMetadata } from "../../docker/docker.ts";
import { type Event, type Progress, stepIn } from "../../docker/progress.ts";
import { Failure } from "../../failure.ts";
import { type Blame, blame, hasNoShell } from "../../image/blame.ts";
import type { Held } from "../../image/built-image.ts";
import { buildFailure } from "../../image/failures.ts";
import { type Bench, bakeOrRetry, layoutOf, namedImage } from "../../image/solver.ts";
import { isImageExport, isProbeStep } from "../../image/steps.ts";
import { type CheckSolve, IMAGE, isImage, type Launch, type Named, planChecks } from "../../image/target.ts";
import type { Request } from "../../request/request.ts";
import { checksOf } from "../catalogue.ts";
import { readExported, UnreadableReport } from "../exported.ts";
import { findPlaces } from "../repository-paths.ts";
import { type Answer, conclude, type Examined } from "../verdict.ts";
import { answersOf, examined } from "./answers.ts";
import { type ProbeReport, parseReport } from "./probe-report.ts";

/** An image that was built and checked. */
export interface Checked extends Examination {
  readonly held: Held;
  readonly metadata: TargetMetadata;
}

/** What the probe said. */
export interface Examination {
  readonly answers: readonly Answer[];
  readonly project: Examined;
  /** What the settings say, for whoever compares. */
  readonly settings: ProbeReport["settings"];
}

/** Told of how far the check solve is. */
export interface Signals {
  /** The builder has it; solves beside it may begin. */
  readonly begun: () => void;
  /** The builder holds the image, while the checks may still run. */
  readonly loaded: () => void;
}

/** Tried one after the other in an image without a shell, when `python` is not set. */
const INTERPRETERS = [
  "python3",
  "python",
  "/usr/bin/python3",
  "/usr/local/bin/python3",
  "/usr/bin/python",
  "/venv/bin/python",
  "/opt/venv/bin/python",
  "/app/.venv/bin/python",
  "/app/venv/bin/python",
];

/**
 * The first solve builds the image and checks it. Its answer counts where it is certain that it is about this image;
 * else the image is checked again, named by its bytes.
 * @throws {Failure} `Build failed`, `Checks could not run`, `Cancelled`
 */
export async function solveChecks(bench: Bench, signals: Signals): Promise<Checked> {
  const first = await firstSolve(bench, signals);
  const { held, metadata } = bench.pushed ?? {
    held: heldImage(first.metadata),
    metadata: first.metadata[IMAGE] ?? {},
  };
  const checkHeld = async (again: boolean) => {
    const name = namedImage(bench) ?? (await layoutOf(held, bench, "checked"));
    return solveHeld(bench, { launch: first.launch, held, name, again });
  };
  let last: Answered = first;
  if (!isOf(bench, first)) last = await checkHeld(isStale(first, bench));
  if (isStale(last, bench)) last = await checkHeld(true);
  return { ...last.examination, held, metadata };
}

/**
 * Whether an answer is certainly about the image that was built beside it. BuildKit's cache knows a step by its
 * instruction and those before it, and an image by nothing else: built twice without cache, or once by another tool, it
 * may have other bytes and still the answer of the first (seen with `no-cache` and BuildKit 0.33). An image in the
 * registry is named by its bytes.
 */
function isOf({ pushed, request: { build } }: Bench, { fromCache }: Answered): boolean {
  return pushed !== undefined || (!fromCache && !build.noCache && build.noCacheFilters.length === 0);
}

/** A cached pass is believed. A cached failure is not: BuildKit would keep a timeout for ever. */
function isStale({ fromCache, examination }: Answered, { request }: Bench): boolean {
  return fromCache && !isPass(examination, request);
}

interface HeldSolve {
  readonly launch: Launch;
  readonly held: Held;
  /** The image by its bytes; where it has no such name it is solved again, and compared. */
  readonly name: Named | undefined;
  readonly again: boolean;
}

async function solveHeld(bench: Bench, { launch, held, name, again }: HeldSolve): Promise<Answered> {
  if (again) bench.say("The builder's cache holds a failed check: checking again.");
  const how = { launch, again: again || name === undefined, image: name ?? ("built" as const) };
  const solved = await solveOnce(bench, how);
  if (!solved.started) throw buildFailure(solved.blame, bench.request.build);
  if (name === undefined && heldImage(solved.metadata).digest !== held.digest)
    throw new Failure(
      "Checks could not run",
      "The builder's cache was cleared while the image was being checked, and it built other bytes. Run the job again.",
    );
  return solved;
}

/** Settings that could not be loaded are no pass, even where no check in the image was asked for. */
function isPass({ answers, project, settings }: Examination, request: Request): boolean {
  return conclude(answers, request, project).status === "passed" && Object.keys(settings).length > 0;
}

interface Answered {
  readonly started: true;
  readonly launch: Launch;
  readonly examination: Examination;
  readonly metadata: Readonly<Record<string, TargetMetadata>>;
  readonly fromCache: boolean;
}

/** One solve: what the report says, or the reason why the probe was not started. */
type Once = Answered | { readonly started: false; readonly blame: Blame };

async function firstSolve(bench: Bench, signals: Signals): Promise<Answered> {
  const { python, build } = bench.request;
  const pushed = bench.pushed && namedImage(bench);
  const byShell = await solveOnce(
    bench,
    { launch: { by: "shell", python }, again: false, image: pushed ?? "asked" },
    signals,
  );
  if (byShell.started) return byShell;
  if (!hasNoShell(byShell.blame)) throw buildFailure(byShell.blame, build);
  const candidates = python === "" ? INTERPRETERS : [python];
  for (const path of candidates) {
    bench.say(`The image has no shell: trying ${path}.`);
    const launch = { by: "python", python: path, guess: python === "" } as const;
    const direct = await solveOnce(bench, { launch, again: false, image: pushed ?? "built" }, signals);
    if (direct.started) return direct;
  }
  throw new Failure(
    "Checks could not run",
    `The image has no shell, and none of these is a Python with Django in it: ${candidates.join(", ")}. ` +
      "Give the full path of the image's interpreter with the input `python`.",
  );
}

async function solveOnce(bench: Bench, how: CheckSolve, signals?: Signals): Promise<Once> {
  const { builder, request, site } = bench;
  const watched = { ...bench, listen: () => signalling(bench.listen(), signals) };
  await rm(site.reportFolder, { recursive: true, force: true });
  await mkdir(site.reportFolder, { recursive: true });
  const solved = await bakeOrRetry(watched, "checks", planChecks(request, builder, site, how));
  if (!solved.ok) {
    if (solved.why === "step")
      throw new Failure(
        "Checks could not run",
        "The probe did not end within its time, nor did it end its checks. Is the builder's machine overloaded?",
      );
    const found = blame(solved.progress, solved.stderr);
    if (found.part === "probe") return { started: false, blame: found };
    throw buildFailure(found, request.build);
  }
  const report = await reportIn(site.reportFolder);
  const places = await findPlaces(report.files, request.workspace);
  const fromCache = probeWasCached(solved.progress);
  const terms = { ...request, checks: checksOf("django", request.checks) };
  const answers = answersOf(report, terms, { places, cached: fromCache });
  const examination = { answers, project: examined(report, request), settings: report.settings };
  return { started: true, launch: how.launch, fromCache, examination, metadata: solved.metadata };
}

/** The answers when the probe could not even be started: one reason for all of them. */
export function unexamined(request: Request, reason: string): Examination {
  const nobody = { version: "", python: "", settings: "", manage: "" };
  const answers = checksOf("django", request.checks).map((name) => ({
    ...{ name, findings: [], seconds: 0, cached: false, silenced: 0, output: "", notes: [] },
    reason,
  }));
  const project = { django: nobody, problem: reason, settingsSource: "", otherSettings: [], environment: [] };
  return { answers, project, settings: {} };
}

function signalling(hear: (event: Event) => void, signals: Signals | undefined): (event: Event) => void {
  return (event) => {
    signals?.begun();
    if (event.type === "completed" && !event.error && isImageExport(event.name)) signals?.loaded();
    hear(event);
  };
}

/**
 * Reads `report.json`.
 * @throws {UnreadableReport}
 */
export async function readReport(path: string): Promise<ProbeReport> {
  const text = await readExported(path);
  if (text === undefined) throw new UnreadableReport("ENOENT");
  return parseReport(text);
}

async function reportIn(folder: string): Promise<ProbeReport> {
  try {
    return await readReport(join(folder, "report.json"));
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    throw new Failure(
      "Checks could not run",
      `The probe's report cannot be read: ${error.message}. Something in the image wrote over it, or ended the probe.`,
    );
  }
}

/** Whether the step that runs the probe was answered from the cache. What cannot be told counts as cached. */
function probeWasCached(progress: Progress): boolean {
  return stepIn(progress.vertexes, isProbeStep)?.cached ?? true;
}

function heldImage(targets: Readonly<Record<string, TargetMetadata>>): Held {
  const images = Object.entries(targets).filter(([name]) => isImage(name));
  const own = targets[IMAGE] ?? {};
  return {
    manifests: images.map(([, one]) => digestIn(one, "containerimage.digest")),
    digest: digestIn(own, "containerimage.digest"),
    ...detailsIn(own),
  };
}
