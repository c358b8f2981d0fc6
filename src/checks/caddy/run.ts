/** Runs Caddy on the Caddyfile. A failure here never fails the Django checks. */
import path from "node:path";
import { secondsOf, stepIn } from "../../docker/progress.ts";
import { isStep } from "../../docker/steps.ts";
import { Failure } from "../../failure.ts";
import type { BaseImage } from "../../image/base-image.ts";
import { type Blame, hasNoShell } from "../../image/blame.ts";
import { type Solver, solveAndRead } from "../../image/solver.ts";
import type { Stage } from "../../image/target.ts";
import type { Request } from "../../request/request.ts";
import { checksOf } from "../catalogue.ts";
import { assignments, secretKey } from "../context.ts";
import type { Settings } from "../django-settings.ts";
import { secretOf } from "../dockerfile.ts";
import { readExported, UnreadableReport } from "../exported.ts";
import { reaches } from "../finding.ts";
import { CANDIDATES, type Checkout } from "../project/checkout.ts";
import { whyUnread } from "../project/repository.ts";
import { scrubber } from "../scrub.ts";
import type { Answer } from "../verdict.ts";
import { HOSTS, notRun, readCaddyOutput, skipped } from "./answers.ts";
import { caddyStage, planCaddy } from "./bake.ts";
import { type CaddyFiles, collectFiles } from "./collect-files.ts";
import { type CaddyOutput, readOutputFiles } from "./output-files.ts";
import type { ProjectFacts } from "./rules/comparison.ts";
import { shellVariablesIn } from "./shell-variables.ts";
import { fillCaddyContext, ownCaddy } from "./workspace.ts";

/** The answers about the Caddyfile. */
export interface CaddyAnswers {
  readonly answers: readonly Answer[];
  /** The answer that needs Django's side too, if it was asked for. */
  readonly agree: (django: DjangosSide) => readonly Answer[];
}

/** What the probe reported that `hosts` compares. */
export interface DjangosSide {
  readonly settings: Settings;
  /** Static files that were collected, one of each suffix, as paths below STATIC_URL. */
  readonly collected: readonly string[];
}

/** What Caddy's run needs besides a solver and the request. */
export interface CaddyRun {
  /** Folder with `caddy.sh`. */
  readonly probe: string;
  /** What the checkout says of the app. */
  readonly checkout: Checkout;
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
  if (checks.length === 0) return known([]);
  if (request.caddy.file === "none") return known(skipped(checks, "`caddyfile: none`"));
  const found = await how.checkout.caddyfile();
  if (found === undefined)
    return known(skipped(checks, `there is no Caddyfile (${CANDIDATES.join(", ")}) in the build context`));
  const read = await collectFiles(found, request.caddy.env, how.checkout.repository);
  const files = { ...read, rendered: read.rendered || (await mayBeRendered(read, how.checkout)) };
  if (files.files.length === 0) {
    const why = await whyUnread(request.workspace, found.path);
    return known(notRun(checks, `${found.path} ${why}`, found));
  }
  try {
    return await ask(solver, request, how, files, checks);
  } catch (error) {
    // The build reports a builder that hangs.
    if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
    return known(notRun(checks, error.message.replace(/\.$/, ""), found));
  }
}

/** Whether something may replace variables in the Caddyfile before Caddy reads it. Most have none of a shell. */
async function mayBeRendered({ files }: CaddyFiles, checkout: Checkout): Promise<boolean> {
  if (!shellVariablesIn(files).some(({ certain }) => certain)) return false;
  return (await checkout.mentions())?.rendering !== false;
}

/** Answers that Django's settings do not change. */
function known(answers: readonly Answer[]): CaddyAnswers {
  return { answers, agree: () => [] };
}

async function ask(
  solver: Solver,
  request: Request,
  { probe, checkout, staging, build }: CaddyRun,
  files: CaddyFiles,
  checks: readonly string[],
): Promise<CaddyAnswers> {
  const { caddy, timeout } = request;
  const own = await ownCaddy(request, files.path);
  const stockImage = own === undefined ? caddy.image : "";
  const scrub = scrubber(hidden(files));
  const context = path.join(solver.folder, "caddy-context");
  const report = path.join(solver.folder, "caddy");
  await fillCaddyContext(context, files, path.join(probe, "caddy.sh"));
  const env = secretOf("caddy", await secretKey(caddy.env, request), assignments(caddy.env));
  // This reads while Caddy runs. Without an answer of Caddy nobody waits for it.
  const facts = checks.includes(HOSTS) ? projectFacts(request, checkout, own !== undefined) : undefined;
  facts?.catch(() => {});
  const image = own === undefined ? caddy.image : await build(caddyStage(own, caddy, staging));
  const answered = await solveAndRead(solver, {
    name: "caddy-solve",
    folder: report,
    plan: (again) =>
      planCaddy(image, { context, report, env, file: files.main }, { again, seconds: timeout }),
    answers: isStep("caddy"),
    read: async ({ vertexes }, cached) => {
      const output = await outputIn(report, files, stockImage);
      if (typeof output === "string") return output;
      const seconds = secondsOf(stepIn(vertexes, isStep("caddy")));
      return readCaddyOutput(output, files, { checks, stockImage, scrub }, { seconds, cached });
    },
    believes: (read) => typeof read !== "string" && !hasFailed(read.answers, request),
    layers: typeof image === "string" ? undefined : image.layers,
  });
  const read = answered.ok
    ? answered.answer
    : answered.why === "step"
      ? `Caddy was not done after ${timeout} seconds`
      : whyNotRun(answered.blame, stockImage);
  if (typeof read === "string") return known(notRun(checks, scrub(read), files));
  if (facts === undefined) return known(read.answers);
  const project = await facts;
  return {
    answers: read.answers,
    agree: ({ settings, collected }) => [read.answerHosts(settings, { ...project, collected })],
  };
}

async function projectFacts({ app }: Request, checkout: Checkout, ownCaddy: boolean): Promise<ProjectFacts> {
  const [image, imagePorts, services, collecting, mentions] = await Promise.all([
    checkout.image(),
    checkout.ports(),
    checkout.services(),
    checkout.collecting(),
    checkout.mentions(),
  ]);
  return { image, imagePorts, services, ownCaddy, app, collecting, mentions };
}

function hasFailed(answers: readonly Answer[], { failLevel }: Request): boolean {
  return answers.some(
    ({ reason, findings }) => reason !== "" || findings.some(({ level }) => reaches(level, failLevel)),
  );
}

/** @returns what Caddy left, or why there is nothing to read */
async function outputIn(
  folder: string,
  { files }: CaddyFiles,
  stockImage: string,
): Promise<CaddyOutput | string> {
  const read = async (name: string) => (await readExported(path.join(folder, name)))?.toString("utf8");
  const paths = files.map((file) => file.path);
  try {
    return (await readOutputFiles(read, paths)) ?? `${shown(stockImage)} has no \`caddy\` program`;
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    return `Caddy's output cannot be read: ${error.message}`;
  }
}

function whyNotRun(blame: Blame, stockImage: string): string {
  if (blame.part === "container")
    return hasNoShell(blame)
      ? `${shown(stockImage)} has no shell (/bin/sh) to run Caddy from`
      : `Caddy could not be run in ${shown(stockImage)}: ${blame.log.trim() || blame.reason}`;
  if (stockImage === "") return `${shown(stockImage)} could not be used: ${blame.reason}`;
  const login = /toomanyrequests|too many requests|\b429\b|\b401\b|denied/i.test(blame.reason)
    ? ". Log in to its registry before this step (docker/login-action), or name another image with `caddy-image`"
    : ". `caddy-image` names another one";
  return `could not pull the image ${stockImage}: ${blame.reason}${login}`;
}

/** The image as messages name it. */
function shown(stockImage: string): string {
  return stockImage || "the project's own Caddy image";
}

/** The values that are secrets: not what a browser types, nor what names a service. */
function hidden({ env, uses }: CaddyFiles): Map<string, string> {
  const inAddresses = uses.filter(({ where }) => where !== "directive");
  const open = new Set(inAddresses.map(({ name }) => name));
  const isService = (value: string) => /^([a-z]+:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)*:\d{1,5}$/i.test(value);
  return new Map([...env].filter(([name, value]) => !open.has(name) && !isService(value)));
}
