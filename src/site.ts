/** The step's own folder below RUNNER_TEMP: our build context, the exported report, the files of each solve. */
import { randomBytes, scrypt } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { checksOf } from "./django/catalogue.ts";
import { type ProbeReport, parseReport, UnreadableReport } from "./django/report.ts";
import { type CacheWorld, usableCaches } from "./engine/caches.ts";
import { KEPT, REPORT, type Site } from "./plan/plan.ts";
import type { GitFacts } from "./request/git.ts";
import type { Request } from "./request/request.ts";

export interface Folders {
  /** Stays after the step: later steps read the report from it. */
  readonly kept: string;
  /** Goes with the step. */
  readonly work: string;
  /** Context of our own Dockerfile: `probe/` and `room/`. */
  readonly probeContext: string;
}

/**
 * Makes the folders, with the probe and its request in them. File modes are fixed, for they are part of
 * BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, beside the bundle
 */
export async function makeFolders(env: NodeJS.ProcessEnv, probe: string, request: Request): Promise<Folders> {
  const kept = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), `shipshape-${request.app}-`));
  const work = join(kept, "work");
  const probeContext = join(work, "context");
  try {
    await fillContext(probeContext, probe, request);
  } catch (error) {
    await rm(kept, { recursive: true, force: true });
    throw error;
  }
  return { kept, work, probeContext };
}

async function fillContext(context: string, probe: string, request: Request): Promise<void> {
  await makeRoom(context);
  await copyProbe(probe, join(context, "probe"));
  const asked = join(context, "probe", "request.json");
  await writeFile(asked, JSON.stringify(await probeRequest(request)));
  await chmod(asked, 0o644);
  await writeCommands(join(context, "commands"), request.commands.lines);
}

/** The folder of a container's report, below `room/` of a context. */
export async function makeRoom(context: string): Promise<void> {
  await makeFolder(join(context, "room", REPORT));
}

/** A folder and those around it that are not there, with fixed modes. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made))
    await chmod(made, 0o755);
}

/** Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between. */
async function writeCommands(folder: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await mkdir(folder);
  // Any USER of the image reads them, whatever the runner's umask is.
  await chmod(folder, 0o755);
  for (const [index, line] of lines.entries()) {
    const file = join(folder, String(index + 1));
    await writeFile(file, `${line}\n`);
    await chmod(file, 0o644);
  }
}

/** Takes everything away but the report. */
export async function leaveFolders(folders: Folders): Promise<void> {
  await rm(folders.work, { recursive: true, force: true });
}

/**
 * The site of the plan: names, labels and caches that only this machine and moment know.
 * @param commit what git knows of the checkout, for the labels
 */
export async function makeSite(
  request: Request,
  folders: Folders,
  commit: GitFacts | undefined,
  world: CacheWorld,
): Promise<Site> {
  const { cacheFrom, cacheTo } = await usableCaches(request, world);
  return {
    probeContext: folders.probeContext,
    reportFolder: join(folders.work, "report"),
    commandsFolder: join(folders.work, "commands"),
    staging: stagingName(request),
    keptImage: keptName(request.run.source, request.app),
    checkEnvironment: JSON.stringify(Object.fromEntries(request.env)),
    commandEnvironment: assignments(request.env),
    labels: labelsOf(request, commit),
    cacheFrom,
    cacheTo,
  };
}

/** Assignments of any POSIX shell. Where sh is bash, the names that bash keeps for itself would end it. */
export function assignments(env: ReadonlyMap<string, string>): string {
  const free = [...env].filter(([name]) => !KEPT_BY_BASH.has(name));
  return free.map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`).join("");
}

const KEPT_BY_BASH = new Set(["UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"]);

/** The OCI labels that we add. None of them changes between two builds of one commit. */
export function labelsOf(request: Request, commit: GitFacts | undefined): Map<string, string> {
  const labels = {
    revision: commit?.head ?? request.run.sha,
    source: request.run.source,
    title: request.app,
    created: commit?.committed ?? "",
  };
  const known = Object.entries(labels).filter(([, value]) => value !== "");
  return new Map(known.map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
}

/** A name that no other step of this run has: the docker driver's, for the image until the verdict. */
export function stagingName(request: Request): string {
  const run = request.run.id || "local";
  const unique = randomBytes(3).toString("hex");
  return `shipshape/${run}-${request.run.attempt}-${slug(request.app) || "app"}-${unique}:staging`;
}

/**
 * The name under which the engine keeps the app's latest image, passed or not. The containerd store throws an
 * image's unpacked layers away with its last name, and the next build would unpack all of them again: seconds,
 * where nothing has changed.
 * @param source the repository's page
 */
export function keptName(source: string, app: string): string {
  const repository = source.replace(/^https?:\/\/[^/]*/, "");
  // Of a long one the end tells the apps apart; 128 characters are what a tag may have.
  return `${KEPT}${slug(`${repository} ${app}`.slice(-120)) || "app"}`;
}

/** As part of an image's name. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

async function copyProbe(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory() && entry.name !== "__pycache__") await copyProbe(source, target);
    if (!entry.isFile()) continue;
    await copyFile(source, target);
    await chmod(target, 0o644);
  }
}

/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function probeRequest(request: Request): Promise<Record<string, unknown>> {
  const checks = checksOf("django", request.checks);
  return {
    schema: 1,
    // Who compares with the settings needs them loaded.
    checks: checks.length === 0 ? ["settings"] : checks,
    timeout: request.timeout,
    settings: request.settings,
    manage: request.manage,
    python: request.python,
    env: await secretKey(request.env, request),
  };
}

/**
 * Values of `env` and its like reach a check as a secret, which is in no cache key, so that a check with another
 * value would be answered with the old report. A slow hash of them goes into the key instead: equal values
 * are cached, and the values cannot be guessed from it at a reasonable price. Empty without values.
 */
export async function secretKey(
  env: ReadonlyMap<string, string>,
  request: Pick<Request, "image" | "app">,
): Promise<string> {
  if (env.size === 0) return "";
  const values = JSON.stringify([...env].sort(([a], [b]) => (a < b ? -1 : 1)));
  const salt = `shipshape:${request.image}:${request.app}`;
  const key = await promisify<string, string, number, Buffer>(scrypt)(values, salt, 24);
  return key.toString("hex");
}

/** Where the probe's files lie: beside the bundle. */
export function probeFolder(bundle: string): string {
  return join(dirname(bundle), "probe");
}

/** Bytes of a report file; the probe's own limit is 8 MB. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads `report.json`.
 * @throws {UnreadableReport}
 */
export async function readReport(path: string): Promise<ProbeReport> {
  const text = await readExported(path);
  if (text === undefined) throw new UnreadableReport("ENOENT");
  return parseReport(text);
}

/**
 * The text of a file that came out of a container.
 * @returns undefined when there is none
 * @throws {UnreadableReport}
 */
export async function readExported(path: string): Promise<string | undefined> {
  return (await readExportedBytes(path))?.toString("utf8");
}

/** The same as bytes: of a plain file, not too large, and never through a link. */
export async function readExportedBytes(path: string): Promise<Buffer | undefined> {
  try {
    // Without waiting: a named pipe of that name would keep us for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new UnreadableReport("it is not a plain file");
      if (stat.size > MOST_BYTES) throw new UnreadableReport(`it has ${stat.size} bytes`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UnreadableReport) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new UnreadableReport(code ?? String(error));
  }
}
