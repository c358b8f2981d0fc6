/** Builds the image and checks it, as often as it takes to have a report that can be believed. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ProbeReport, UnreadableReport } from "./django/report.ts";
import { judge, type Verdict } from "./django/verdict.ts";
import { type Blame, blame, hasNoShell } from "./engine/blame.ts";
import type { Builder } from "./engine/builder.ts";
import { digestIn, type Engine, type Solved, type TargetMetadata } from "./engine/engine.ts";
import { buildFailure } from "./engine/failures.ts";
import type { Event, Progress } from "./engine/progress.ts";
import { cancelled, Failure } from "./failure.ts";
import {
  IMAGE,
  isProbeStep,
  type Launch,
  planChecks,
  type Site,
  type Solve,
  withoutCaches,
} from "./plan/plan.ts";
import type { Held } from "./publish/publish.ts";
import type { Digest, Request } from "./request/request.ts";
import { readReport } from "./site.ts";
import { findPlaces } from "./workspace.ts";

/** An image that was built and checked. */
export interface Checked {
  readonly held: Held;
  readonly metadata: TargetMetadata;
  readonly verdict: Verdict;
}

/** What solving needs from the story. */
export interface Bench {
  readonly engine: Engine;
  readonly builder: Builder;
  readonly request: Request;
  readonly site: Site;
  /** Folder for the files of the solves. */
  readonly folder: string;
  readonly hear: (event: Event) => void;
  readonly say: (line: string) => void;
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
 * @throws {Failure} `Build failed`, `Checks could not run`, `Cancelled`
 */
export async function solveChecks(bench: Bench): Promise<Checked> {
  const first = await firstSolve(bench);
  // A cached pass is believed. A cached failure is not: BuildKit would keep a timeout for ever.
  if (!first.fromCache || first.checked.verdict.status === "passed") return first.checked;
  bench.say("The builder's cache holds a failed check: checking again.");
  const second = await solveOnce(bench, first.launch, true);
  if (!second.started) throw buildFailure(second.blame, bench.request.build);
  return second.checked;
}

/** One solve: a report that was judged, or the reason why the probe was not started. */
type Once =
  | {
      readonly started: true;
      readonly launch: Launch;
      readonly checked: Checked;
      readonly fromCache: boolean;
    }
  | { readonly started: false; readonly blame: Blame };

async function firstSolve(bench: Bench): Promise<Extract<Once, { started: true }>> {
  const { python, build } = bench.request;
  const byShell = await solveOnce(bench, { by: "shell", python }, false);
  if (byShell.started) return byShell;
  if (!hasNoShell(byShell.blame)) throw buildFailure(byShell.blame, build);
  const candidates = python === "" ? INTERPRETERS : [python];
  for (const path of candidates) {
    bench.say(`The image has no shell: trying ${path}.`);
    const direct = await solveOnce(bench, { by: "python", python: path, guess: python === "" }, false);
    if (direct.started) return direct;
  }
  throw new Failure(
    "Checks could not run",
    `The image has no shell, and none of these is a Python with Django in it: ${candidates.join(", ")}. ` +
      "Give the full path of the image's interpreter with the input `python`.",
  );
}

async function solveOnce(bench: Bench, launch: Launch, again: boolean): Promise<Once> {
  const { builder, request, site } = bench;
  await rm(site.reportFolder, { recursive: true, force: true });
  await mkdir(site.reportFolder, { recursive: true });
  const solved = await bakeOrRetry(bench, planChecks(request, builder, site, { launch, again }));
  if (!solved.ok) {
    const found = blame(solved.progress, solved.stderr);
    if (found.part === "probe") return { started: false, blame: found };
    throw buildFailure(found, request.build);
  }
  const metadata = solved.metadata[IMAGE] ?? {};
  const report = await reportIn(site.reportFolder);
  const places = await findPlaces(report.files, request.workspace);
  const fromCache = probeWasCached(solved.progress);
  const verdict = judge(report, request, { places, cached: fromCache });
  const held = heldImage(metadata);
  return { started: true, launch, fromCache, checked: { held, metadata, verdict } };
}

/**
 * Solves; a solve that stands still is tried once more, without the caches of other places.
 * @throws {Failure} when it stands still again, or was cancelled
 */
export async function bakeOrRetry(
  { engine, builder, folder, hear, say }: Pick<Bench, "engine" | "builder" | "folder" | "hear" | "say">,
  solve: Solve,
): Promise<Solved> {
  for (const attempt of [solve, withoutCaches(solve)]) {
    const solved = await engine.bake(attempt, builder, folder, hear);
    if (solved.ok || solved.why === "failed") return solved;
    if (solved.why === "cancelled") throw cancelled();
    if (solved.why === "step")
      throw new Failure(
        "Checks could not run",
        "The probe did not end within its time, nor did it end its checks. Is the builder's machine overloaded?",
      );
    if (attempt === solve) say("The builder stands still: trying once more, without external caches.");
  }
  throw new Failure(
    "Build failed",
    `The builder ${builder.name} took the build twice and did not start a step. Restart it ` +
      "(`docker buildx inspect --bootstrap`), or use another one.",
  );
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
  const step = progress.vertexes.find((vertex) => [...vertex.names].some(isProbeStep));
  return step?.cached ?? true;
}

function heldImage(metadata: TargetMetadata): Held {
  return {
    digest: digestIn(metadata, "containerimage.digest"),
    config: metadata["containerimage.config.digest"] as Digest | undefined,
  };
}
