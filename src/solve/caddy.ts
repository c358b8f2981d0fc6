/** Asks Caddy about the Caddyfile beside the checks. Whatever happens to it stays with it. */
import { chmod, copyFile, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Settings } from "../caddy/agreement.ts";
import { HOSTS, notRun, readSaid, type Said, type Staged, skipped } from "../caddy/answers.ts";
import { CANDIDATES, copiedBy, looksLikeDockerfile, makesCaddy, portsIn } from "../caddy/layout.ts";
import { leftNames, readLeft } from "../caddy/said.ts";
import { contextOf, type Repository, stage } from "../caddy/stage.ts";
import { usesIn } from "../caddy/variables.ts";
import { scrubber } from "../commands/scrub.ts";
import { checksOf } from "../django/catalogue.ts";
import { UnreadableReport } from "../django/report.ts";
import { blame } from "../engine/blame.ts";
import type { Progress } from "../engine/progress.ts";
import { Failure } from "../failure.ts";
import { type Binary, type CaddySite, isCaddyStep, planCaddy } from "../plan/caddy.ts";
import { isInside } from "../request/context.ts";
import type { Request } from "../request/request.ts";
import { assignments, readExported, secretKey } from "../site.ts";
import { reaches } from "../verdict/finding.ts";
import type { Answer } from "../verdict/verdict.ts";
import { type Bench, bakeOrRetry } from "./bench.ts";

/** Bytes of one Caddyfile. */
const MOST_BYTES = 1024 * 1024;

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
  const staged = await stage(found, request.caddy.env, repositoryAt(request.workspace));
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
  staged: Staged,
  file: string,
  checks: readonly string[],
): Promise<BesideDjango> {
  const { request } = bench;
  const { env } = request.caddy;
  const binary = await binaryFor(request, file);
  const site = await makeCaddySite(bench, staged);
  const stock = binary.from === "stock" ? binary.image : "";
  const terms = { checks, stock, env, scrub: scrubber(hidden(env, staged)) };
  const ports = request.build.contextIsRemote ? [] : portsIn((await textOf(request.build.file)) ?? "");
  for (const again of [false, true]) {
    const asked = await askOnce(bench, { binary, site, staged, again });
    if ("reason" in asked) return nothing(notRun(checks, terms.scrub(asked.reason), staged));
    const { said, seconds, cached } = asked;
    const side = readSaid(said, staged, terms, { seconds, cached });
    // As with the checks in the image: a cached pass is believed, a cached failure is not.
    if (again || !cached || !hasFailed(side.answers, request)) {
      const agree = (settings: Settings) => [side.agree(settings, { ports })];
      return { answers: side.answers, agree: checks.includes(HOSTS) ? agree : () => [] };
    }
  }
  throw new Error("not reached");
}

function hasFailed(answers: readonly Answer[], { failLevel }: Request): boolean {
  return answers.some(
    ({ reason, findings }) => reason !== "" || findings.some(({ level }) => reaches(level, failLevel)),
  );
}

interface Question {
  readonly binary: Binary;
  readonly site: CaddySite;
  readonly staged: Staged;
  readonly again: boolean;
}

type Asked =
  | { readonly said: Said; readonly seconds: number; readonly cached: boolean }
  | { readonly reason: string };

async function askOnce(bench: Bench, { binary, site, staged, again }: Question): Promise<Asked> {
  await rm(site.reportFolder, { recursive: true, force: true });
  await mkdir(site.reportFolder, { recursive: true });
  const { timeout } = bench.request;
  const solved = await bakeOrRetry(
    bench,
    "caddy-solve",
    planCaddy(binary, site, { again, seconds: timeout }),
  );
  if (!solved.ok) {
    if (solved.why === "step") return { reason: `Caddy was not done after ${timeout} seconds` };
    return { reason: whyNot(solved.progress, solved.stderr, binary) };
  }
  const files = new Map<string, string | undefined>();
  try {
    for (const name of leftNames(staged.files.length))
      files.set(name, await readExported(path.join(site.reportFolder, name)));
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    return { reason: `what Caddy said cannot be read: ${error.message}` };
  }
  const said = readLeft(
    (name) => files.get(name),
    staged.files.map((one) => one.path),
  );
  if (said === undefined) return { reason: `${imageOf(binary)} has no \`caddy\` program` };
  const step = solved.progress.vertexes.find(({ names }) => [...names].some(isCaddyStep));
  const seconds = ((step?.completed ?? 0) - (step?.started ?? 0)) / 1000;
  return { said, seconds, cached: step?.cached ?? true };
}

function whyNot(progress: Progress, stderr: string, binary: Binary): string {
  const asking = progress.vertexes.find(({ names }) => [...names].some(isCaddyStep));
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
function hidden(env: ReadonlyMap<string, string>, { files }: Staged): Map<string, string> {
  const inAddresses = usesIn(files).filter(({ where }) => where !== "directive");
  const open = new Set(inAddresses.map(({ name }) => name));
  const isService = (value: string) => /^([a-z]+:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)*:\d{1,5}$/i.test(value);
  return new Map([...env].filter(([name, value]) => !open.has(name) && !isService(value)));
}

/** The Caddyfile that was named, or the first that lies where one may. */
async function findCaddyfile({ caddy, build, workspace }: Request) {
  if (caddy.file !== "") return { path: caddy.file, named: true, others: [] };
  if (build.contextIsRemote) return undefined;
  const repository = repositoryAt(workspace);
  const context = path.relative(workspace, build.context);
  const found: string[] = [];
  for (const candidate of CANDIDATES) {
    const file = path.join(context, candidate);
    if ((await repository.read(file)) !== undefined) found.push(file);
  }
  const [first, ...others] = found;
  return first === undefined ? undefined : { path: first, named: false, others };
}

/** The project's own Caddy where it has one, else the stock image. */
async function binaryFor({ caddy, workspace, build }: Request, caddyfile: string): Promise<Binary> {
  const beside = path.join(workspace, path.dirname(caddyfile));
  const { image, imageIsNamed, target, args } = caddy;
  const named = caddy.dockerfile || (caddy.context === "" ? "" : path.join(caddy.context, "Dockerfile"));
  const dockerfile = named || (imageIsNamed ? undefined : await caddyDockerfileIn(beside));
  if (dockerfile === undefined) return { from: "stock", image };
  const context = caddy.context || (await contextFor(dockerfile, build.context));
  return { from: "own", dockerfile, context, target, args };
}

async function caddyDockerfileIn(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter(looksLikeDockerfile).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    if (makesCaddy((await textOf(file)) ?? "")) return file;
  }
  return undefined;
}

/** The Dockerfile's folder, or the app's context where only that has what the Dockerfile copies. */
async function contextFor(dockerfile: string, appContext: string): Promise<string> {
  const folder = path.dirname(dockerfile);
  const copied = copiedBy((await textOf(dockerfile)) ?? "");
  const hasAll = async (context: string) =>
    (await Promise.all(copied.map((one) => exists(path.join(context, one))))).every(Boolean);
  return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

/** The checkout's plain files, never through a link that leads out of it. */
function repositoryAt(workspace: string): Repository {
  const read = async (file: string) => {
    const real = await realpath(path.join(workspace, file)).catch(() => undefined);
    if (real === undefined || !isInside(real, await realpath(workspace))) return undefined;
    const { size } = await stat(real);
    return size > MOST_BYTES || !(await stat(real)).isFile() ? undefined : textOf(real);
  };
  const match = async (pattern: string) => {
    let found = [""];
    for (const segment of pattern.split("/")) {
      const next = found.map(async (folder) => {
        if (!/[*?[]/.test(segment)) return [path.join(folder, segment)];
        const names = await readdir(path.join(workspace, folder)).catch(() => []);
        return names.filter((name) => path.matchesGlob(name, segment)).map((name) => path.join(folder, name));
      });
      found = (await Promise.all(next)).flat();
    }
    const read_ = await Promise.all(found.map(read));
    return found.filter((_, index) => read_[index] !== undefined).sort();
  };
  return { read, match };
}

/** Our build context for Caddy. File modes are fixed, for they are part of BuildKit's cache key. */
async function makeCaddySite({ folder, site, request }: Bench, staged: Staged): Promise<CaddySite> {
  const context = path.join(folder, "caddy-context");
  const { env } = request.caddy;
  const put = async (name: string, text: string) => {
    const file = path.join(context, name);
    await makeFolder(path.dirname(file));
    await writeFile(file, text);
    await chmod(file, 0o644);
  };
  await makeFolder(path.join(context, "room", ".shipshape"));
  for (const [name, text] of contextOf(staged)) await put(name, text);
  // The values are a secret, which is in no cache key.
  await put("asked/key", await secretKey(env, request));
  const script = path.join(context, "caddy.sh");
  await copyFile(path.join(site.probeContext, "probe", "caddy.sh"), script);
  await chmod(script, 0o644);
  return { context, reportFolder: path.join(folder, "caddy"), environment: assignments(env) };
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  for (let made = folder; first !== undefined && made.length >= first.length; made = path.dirname(made))
    await chmod(made, 0o755);
}
