/** Runs the probe in an image until there is a report that can be believed. */
import { join } from "node:path";
import type { ImageConfig } from "../../docker/manifests.ts";
import { isStep } from "../../docker/steps.ts";
import { Failure } from "../../failure.ts";
import { type Blame, hasNoShell } from "../../image/blame.ts";
import { buildFailure } from "../../image/failures.ts";
import { type Solver, solveAndRead } from "../../image/solver.ts";
import type { Request } from "../../request/request.ts";
import { checksOf } from "../catalogue.ts";
import { readExported, UnreadableReport } from "../exported.ts";
import { findPlaces } from "../repository-paths.ts";
import { type Answer, conclude, type Examined, emptyAnswer } from "../verdict.ts";
import { answersOf, examined } from "./answers.ts";
import { type DjangoCheck, type Launch, planDjango } from "./bake.ts";
import { type ProbeReport, parseReport } from "./probe-report.ts";

/** What the probe reported. */
export interface Examination {
  /** Whether the probe ran. What it could not look at has not passed, even if no check of it was asked for. */
  readonly started: boolean;
  readonly answers: readonly Answer[];
  readonly project: Examined;
  /** The project's settings, for whoever compares something with them. */
  readonly settings: ProbeReport["settings"];
  /** Static files that were collected, one of each suffix, as paths below STATIC_URL. */
  readonly collected: readonly string[];
}

/** Tried one after the other in an image without a shell, when `python` is not set, after those that its config names. */
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
 * Runs the probe in an image.
 * @param prepared names the image by its bytes
 * @returns its answers; when it could not be started, the reason for each check
 * @throws {Failure} `Build failed` when the builder is at fault, `Cancelled`
 */
export async function runDjango(
  solver: Solver,
  request: Request,
  prepared: Promise<DjangoCheck>,
): Promise<Examination> {
  try {
    return await launched(solver, request, await prepared);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "Checks could not run") throw error;
    return unexamined(request, error.message);
  }
}

async function launched(solver: Solver, request: Request, check: DjangoCheck): Promise<Examination> {
  const { python } = request;
  const byShell = await examine(solver, request, check, { by: "shell", python });
  if ("answers" in byShell) return byShell;
  if (!hasNoShell(byShell)) throw buildFailure(byShell, request.build);
  const candidates = python === "" ? guesses(check.base.config) : [python];
  for (const path of candidates) {
    solver.say(`The image has no shell: trying ${path}.`);
    const launch: Launch = { by: "python", python: path, guess: python === "" };
    const direct = await examine(solver, request, check, launch);
    if ("answers" in direct) return direct;
  }
  throw new Failure(
    "Checks could not run",
    `The image has no shell, and none of these is a Python with Django in it: ${candidates.join(", ")}. ` +
      "Give the full path of the image's interpreter with the input `python`.",
  );
}

/**
 * The interpreters to try in an image without a shell: those next to the programs of ENTRYPOINT and CMD, and of VIRTUAL_ENV, first.
 * The engine looks `python3` up on the image's PATH.
 */
function guesses({ Entrypoint, Cmd, Env }: ImageConfig): readonly string[] {
  const strings = (part: unknown) => (Array.isArray(part) ? part.map(String) : []);
  const named = [...strings(Entrypoint), ...strings(Cmd)].flatMap((word) => {
    const [, folder, name = ""] = /^(\/\S+\/(?:bin|libexec)\/)([\w.-]+)$/.exec(word) ?? [];
    if (folder === undefined) return [];
    return /^(python|pypy|platform-python)[\d.]*$/.test(name) ? [word] : [`${folder}python`];
  });
  const active = strings(Env).flatMap((one) => /^VIRTUAL_ENV=(\/.+)/.exec(one)?.[1] ?? []);
  return [
    ...new Set([...named.slice(0, 4), ...active.map((folder) => `${folder}/bin/python`), ...INTERPRETERS]),
  ];
}

/** @returns what the report says, or why the probe could not be started in that way */
async function examine(
  solver: Solver,
  request: Request,
  check: DjangoCheck,
  launch: Launch,
): Promise<Examination | Blame> {
  const answered = await solveAndRead(solver, {
    name: "checks",
    folder: check.report,
    plan: (again) => planDjango(request, check, { launch, again }),
    answers: isStep("probe"),
    read: (_, cached) => readExamination(check.report, request, cached),
    believes: (examination) => isPass(examination, request),
    layers: check.base.layers,
  });
  if (answered.ok) return answered.answer;
  if (answered.why === "step")
    throw new Failure(
      "Checks could not run",
      "The probe did not end within its time, nor did it end its checks. Is the builder's machine overloaded?",
    );
  const { blame } = answered;
  if (blame.part !== "container") throw buildFailure(blame, request.build);
  return blame;
}

async function readExamination(folder: string, request: Request, cached: boolean): Promise<Examination> {
  const report = await reportIn(folder);
  const places = await findPlaces(report.files, request.workspace);
  const terms = { ...request, checks: checksOf("django", request.checks) };
  const answers = answersOf(report, terms, places, cached);
  const collected = report.checks.get("static")?.counts.examples ?? [];
  return { started: true, answers, project: examined(report, request), settings: report.settings, collected };
}

/**
 * Settings that could not be loaded are no pass, even where no check in the image was asked for. Nor is what a check
 * could not judge: the next run may have more time.
 */
function isPass({ answers, project, settings }: Examination, request: Request): boolean {
  const { status, checks } = conclude(answers, request, project);
  const judged = checks.every(({ skipped }) => skipped === undefined);
  return status === "passed" && judged && Object.keys(settings).length > 0;
}

/** The answers when the probe could not be started: one reason for all of them. */
export function unexamined(request: Request, problem: string): Examination {
  const names = checksOf("django", request.checks);
  const answers = names.map((name) => ({ ...emptyAnswer(name), reason: problem }));
  const django = { version: "", python: "", settings: "", manage: "" };
  const project = {
    django,
    problem,
    settingsSource: "",
    otherSettings: [],
    environment: [],
    reads: { complete: true, unread: [] },
  };
  return { started: false, answers, project, settings: {}, collected: [] };
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

/**
 * Reads `report.json`.
 * @throws {UnreadableReport}
 */
export async function readReport(path: string): Promise<ProbeReport> {
  const bytes = await readExported(path);
  if (bytes === undefined) throw new UnreadableReport("ENOENT");
  return parseReport(bytes.toString("utf8"));
}
