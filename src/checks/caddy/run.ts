/** Asks Caddy about the Caddyfile beside the checks. Whatever happens to it stays with it. */

import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Progress, secondsOf, stepIn } from "../../docker/progress.ts";
import { Failure } from "../../failure.ts";
import { blame } from "../../image/blame.ts";
import { type Bench, bakeOrRetry } from "../../image/solver.ts";
import { isCaddyStep } from "../../image/steps.ts";
import type { Request } from "../../request/request.ts";
import { checksOf } from "../catalogue.ts";
import { readExported, UnreadableReport } from "../exported.ts";
import { reaches } from "../finding.ts";
import { scrubber } from "../scrub.ts";
import type { Answer } from "../verdict.ts";
import { type CaddyOptions, type OutputAnswers, readCaddyOutput } from "./answers.ts";
import { type Binary, type CaddySite, planCaddy } from "./bake.ts";
import { type CaddyFiles, collectFiles } from "./collect-files.ts";
import { HOSTS, notRun, skipped } from "./empty-answers.ts";
import { CANDIDATES } from "./layout.ts";
import { type CaddyOutput, outputFileNames, readOutputFiles } from "./output-files.ts";
import type { Settings } from "./rules/django-settings.ts";
import { usesIn } from "./variables.ts";
import { binaryFor, findCaddyfile, makeCaddySite, portsOf, repositoryAt, servicesOf } from "./workspace.ts";

/** What Caddy's side comes to. */
export interface BesideDjango {
  readonly answers: readonly Answer[];
  /** The answer that needs Django's settings too, if it was asked for. */
  readonly agree: (settings: Settings) => readonly Answer[];
}

/**
 * @returns answers for the checks of the Caddyfile, also for those that did not run, and the comparison with
 *   Django's settings
 * @throws {Failure} `Cancelled`
 */
export async function solveCaddy(bench: Bench): Promise<BesideDjango> {
  const { request } = bench;
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
    return await ask(bench, staged, found.path, checks);
  } catch (error) {
    // A builder that stands still is told of by the check solve.
    if (!(error instanceof Failure) || error.kind === "Cancelled") throw error;
    return nothing(notRun(checks, error.message.replace(/\.$/, ""), staged));
  }
}

function nothing(answers: readonly Answer[]): BesideDjango {
  const hosts = answers.filter(({ name }) => name === HOSTS);
  return { answers: answers.filter(({ name }) => name !== HOSTS), agree: () => hosts };
}

async function ask(
  bench: Bench,
  staged: CaddyFiles,
  file: string,
  checks: readonly string[],
): Promise<BesideDjango> {
  const { request } = bench;
  const { env } = request.caddy;
  const binary = await binaryFor(request, file);
  const site = await makeCaddySite(bench, staged);
  const stock = binary.from === "stock" ? binary.image : "";
  const terms = { checks, stockImage: stock, env, scrub: scrubber(hidden(env, staged)) };
  const question = { binary, site, staged, terms };
  let heard = await askOnce(bench, question, false);
  // As with the checks in the image: a cached pass is believed, a cached failure is not.
  if ("side" in heard && heard.cached && hasFailed(heard.side.answers, request))
    heard = await askOnce(bench, question, true);
  if ("reason" in heard) return nothing(notRun(checks, terms.scrub(heard.reason), staged));
  const { answers, answerHosts } = heard.side;
  if (!checks.includes(HOSTS)) return { answers, agree: () => [] };
  const [imagePorts, services] = await Promise.all([portsOf(request), servicesOf(request, file)]);
  const around = { imagePorts, services, ownCaddy: binary.from === "own" };
  return { answers, agree: (settings) => [answerHosts(settings, around)] };
}

function hasFailed(answers: readonly Answer[], { failLevel }: Request): boolean {
  return answers.some(
    ({ reason, findings }) => reason !== "" || findings.some(({ level }) => reaches(level, failLevel)),
  );
}

interface Question {
  readonly binary: Binary;
  readonly site: CaddySite;
  readonly staged: CaddyFiles;
  readonly terms: CaddyOptions;
}

/** What Caddy said, or why it could not be asked. */
type Heard = { readonly side: OutputAnswers; readonly cached: boolean } | { readonly reason: string };

async function askOnce(bench: Bench, question: Question, again: boolean): Promise<Heard> {
  const { binary, site, staged, terms } = question;
  await rm(site.reportFolder, { recursive: true, force: true });
  await mkdir(site.reportFolder, { recursive: true });
  const seconds = bench.request.timeout;
  const solved = await bakeOrRetry(bench, "caddy-solve", planCaddy(binary, site, { again, seconds }));
  if (!solved.ok && solved.why === "step") return { reason: `Caddy was not done after ${seconds} seconds` };
  if (!solved.ok) return { reason: whyNot(solved.progress, solved.stderr, binary) };
  try {
    const said = await saidIn(site.reportFolder, staged);
    if (said === undefined) return { reason: `${imageOf(binary)} has no \`caddy\` program` };
    const timing = timingOf(solved.progress);
    return { side: readCaddyOutput(said, staged, terms, timing), cached: timing.cached };
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    return { reason: `what Caddy said cannot be read: ${error.message}` };
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

/** What cannot be told counts as cached. */
function timingOf({ vertexes }: Progress): { seconds: number; cached: boolean } {
  const step = stepIn(vertexes, isCaddyStep);
  return { seconds: secondsOf(step), cached: step?.cached ?? true };
}

function whyNot(progress: Progress, stderr: string, binary: Binary): string {
  const asking = stepIn(progress.vertexes, isCaddyStep);
  if (asking?.error !== undefined)
    return /exec: "\/bin\/sh"/.test(asking.log)
      ? `${imageOf(binary)} has no shell (/bin/sh) to run Caddy from`
      : `Caddy could not be run in ${imageOf(binary)}: ${asking.log.trim() || asking.error}`;
  const found = blame(progress, stderr);
  const log = "log" in found ? found.log.trim().split("\n").slice(-3).join(" ") : "";
  const because = log === "" ? found.reason : `${found.reason}: ${log}`;
  if (binary.from === "own") return `the project's own Caddy image could not be built: ${because}`;
  const login = /toomanyrequests|too many requests|\b429\b|\b401\b|denied/i.test(because)
    ? ". Log in to its registry before this step (docker/login-action), or name another image with `caddy-image`"
    : ". `caddy-image` names another one";
  return `the image ${binary.image} could not be had: ${because}${login}`;
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
