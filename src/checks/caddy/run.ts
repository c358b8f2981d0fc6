/** Runs Caddy on the Caddyfile. A failure here never fails the Django checks. */
import path from "node:path";
import { type Progress, secondsOf, stepIn } from "../../docker/progress.ts";
import { isStep } from "../../docker/steps.ts";
import { Failure } from "../../failure.ts";
import type { BaseImage } from "../../image/base-image.ts";
import { type Blame, hasNoShell } from "../../image/blame.ts";
import { type Solver, solveAndRead } from "../../image/solver.ts";
import type { Stage } from "../../image/target.ts";
import type { Request } from "../../request/request.ts";
import { checksOf } from "../catalogue.ts";
import { assignments, secretKey } from "../context.ts";
import { secretOf } from "../dockerfile.ts";
import { readExported, UnreadableReport } from "../exported.ts";
import { reaches } from "../finding.ts";
import { scrubber } from "../scrub.ts";
import type { Answer } from "../verdict.ts";
import { type CaddyOptions, type OutputAnswers, readCaddyOutput } from "./answers.ts";
import { type Binary, type CaddyBase, type CaddyCheck, caddyStage, planCaddy } from "./bake.ts";
import { type CaddyFiles, collectFiles } from "./collect-files.ts";
import { HOSTS, notRun, skipped } from "./empty-answers.ts";
import { CANDIDATES } from "./layout.ts";
import { type CaddyOutput, outputFileNames, readOutputFiles } from "./output-files.ts";
import type { Settings } from "./rules/django-settings.ts";
import { usesIn } from "./variables.ts";
import {
  binaryFor,
  findCaddyfile,
  makeCaddyContext,
  portsOf,
  repositoryAt,
  servicesOf,
} from "./workspace.ts";

/** The answers about the Caddyfile. */
export interface CaddyAnswers {
  readonly answers: readonly Answer[];
  /** The answer that needs Django's settings too, if it was asked for. */
  readonly agree: (settings: Settings) => readonly Answer[];
}

/** What Caddy's run needs besides a solver and the request. */
export interface CaddyRun {
  /** Folder with `caddy.sh`. */
  readonly probe: string;
  /** The docker driver's name of the image, of which the Caddy image's is made. */
  readonly staging: string;
  /** Builds the project's own Caddy image and names it by its bytes. */
  readonly build: (stage: Stage) => Promise<BaseImage>;
}

/**
 * @returns answers for the checks of the Caddyfile, also for those that did not run, and the comparison with
 *   Django's settings
 * @throws {Failure} `Cancelled`
 */
export async function runCaddy(solver: Solver, request: Request, how: CaddyRun): Promise<CaddyAnswers> {
  const checks = checksOf("caddy", request.checks);
  if (checks.length === 0) return nothing([]);
  if (request.caddy.file === "none") return nothing(skipped(checks, "`caddyfile: none`"));
  const found = await findCaddyfile(request);
  if (found === undefined)
    return nothing(skipped(checks, `there is no Caddyfile (${CANDIDATES.join(", ")}) in the build context`));
  const staged = await collectFiles(found, request.caddy.env, repositoryAt(request.workspace));
  if (staged.files.length === 0)
    return nothing(notRun(checks, `${found.path} cannot be read, or is larger than a megabyte`, found));
  try {
    return await ask(solver, request, { ...how, staged, file: found.path, checks });
  } catch (error) {
    // The build reports a builder that hangs.
    if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
    return nothing(notRun(checks, error.message.replace(/\.$/, ""), staged));
  }
}

function nothing(answers: readonly Answer[]): CaddyAnswers {
  const hosts = answers.filter(({ name }) => name === HOSTS);
  return { answers: answers.filter(({ name }) => name !== HOSTS), agree: () => hosts };
}

interface Asked extends CaddyRun {
  readonly staged: CaddyFiles;
  /** Repo path of the Caddyfile. */
  readonly file: string;
  readonly checks: readonly string[];
}

async function ask(solver: Solver, request: Request, asked: Asked): Promise<CaddyAnswers> {
  const { staged, file, checks, build } = asked;
  const { env } = request.caddy;
  const binary = await binaryFor(request, file);
  const check = await prepare(solver, request, asked);
  const base: CaddyBase =
    binary.from === "own" ? await build(caddyStage(binary, asked.staging)) : binary.image;
  const stock = binary.from === "stock" ? binary.image : "";
  const terms = { checks, stockImage: stock, env, scrub: scrubber(hidden(env, staged)) };
  const answered = await solveAndRead(solver, {
    name: "caddy-solve",
    folder: check.report,
    plan: (again) => planCaddy(base, check, { again, seconds: request.timeout }),
    answers: isStep("caddy"),
    read: (progress, cached) => readAnswer(progress, cached, { binary, folder: check.report, staged, terms }),
    believes: (answer) => "side" in answer && !hasFailed(answer.side.answers, request),
    layers: typeof base === "string" ? undefined : base.layers,
  });
  const answer = answered.ok
    ? answered.answer
    : {
        reason:
          answered.why === "step"
            ? `Caddy was not done after ${request.timeout} seconds`
            : whyNotRun(answered.blame, binary),
      };
  if ("reason" in answer) return nothing(notRun(checks, terms.scrub(answer.reason), staged));
  const { answers, answerHosts } = answer.side;
  if (!checks.includes(HOSTS)) return { answers, agree: () => [] };
  const [imagePorts, services] = await Promise.all([portsOf(request), servicesOf(request, file)]);
  const around = { imagePorts, services, ownCaddy: binary.from === "own" };
  return { answers, agree: (settings) => [answerHosts(settings, around)] };
}

/** Writes the build context of Caddy's solve. */
async function prepare(solver: Solver, request: Request, { probe, staged }: Asked): Promise<CaddyCheck> {
  const { env } = request.caddy;
  const context = path.join(solver.folder, "caddy-context");
  await makeCaddyContext(context, staged, path.join(probe, "caddy.sh"));
  const secret = secretOf("caddy", await secretKey(env, request), assignments(env));
  return { context, report: path.join(solver.folder, "caddy"), env: secret };
}

function hasFailed(answers: readonly Answer[], { failLevel }: Request): boolean {
  return answers.some(
    ({ reason, findings }) => reason !== "" || findings.some(({ level }) => reaches(level, failLevel)),
  );
}

/** What Caddy answered, or why it could not be asked. */
type CaddyAnswer = { readonly side: OutputAnswers } | { readonly reason: string };

async function readAnswer(
  progress: Progress,
  cached: boolean,
  {
    binary,
    folder,
    staged,
    terms,
  }: {
    readonly binary: Binary;
    readonly folder: string;
    readonly staged: CaddyFiles;
    readonly terms: CaddyOptions;
  },
): Promise<CaddyAnswer> {
  try {
    const said = await saidIn(folder, staged);
    if (said === undefined) return { reason: `${imageOf(binary)} has no \`caddy\` program` };
    const seconds = secondsOf(stepIn(progress.vertexes, isStep("caddy")));
    return { side: readCaddyOutput(said, staged, terms, { seconds, cached }) };
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    return { reason: `Caddy's output cannot be read: ${error.message}` };
  }
}

/** @throws {UnreadableReport} */
async function saidIn(folder: string, { files }: CaddyFiles): Promise<CaddyOutput | undefined> {
  const left = new Map<string, string | undefined>();
  for (const name of outputFileNames(files.length))
    left.set(name, await readExported(path.join(folder, name)));
  const paths = files.map((file) => file.path);
  return readOutputFiles((name) => left.get(name), paths);
}

function whyNotRun(blame: Blame, binary: Binary): string {
  if (blame.part === "container")
    return hasNoShell(blame)
      ? `${imageOf(binary)} has no shell (/bin/sh) to run Caddy from`
      : `Caddy could not be run in ${imageOf(binary)}: ${blame.log.trim() || blame.reason}`;
  if (binary.from === "own") return `the project's own Caddy image could not be used: ${blame.reason}`;
  const login = /toomanyrequests|too many requests|\b429\b|\b401\b|denied/i.test(blame.reason)
    ? ". Log in to its registry before this step (docker/login-action), or name another image with `caddy-image`"
    : ". `caddy-image` names another one";
  return `could not pull the image ${binary.image}: ${blame.reason}${login}`;
}

function imageOf(binary: Binary): string {
  return binary.from === "own" ? "the project's own Caddy image" : binary.image;
}

/** The values that are secrets: not what a browser types, nor what names a service. */
function hidden(env: ReadonlyMap<string, string>, { files }: CaddyFiles): Map<string, string> {
  const inAddresses = usesIn(files).filter(({ where }) => where !== "directive");
  const open = new Set(inAddresses.map(({ name }) => name));
  const isService = (value: string) => /^([a-z]+:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)*:\d{1,5}$/i.test(value);
  return new Map([...env].filter(([name, value]) => !open.has(name) && !isService(value)));
}
