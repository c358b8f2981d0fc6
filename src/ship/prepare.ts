/** The step's own folder below RUNNER_TEMP: our build context, the exported report, the files of each solve. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checksOf } from "../checks/catalogue.ts";
import { assignments, copyProbe, makeRoom, secretKey } from "../checks/context.ts";
import { type CacheWorld, usableCaches } from "../image/caches.ts";
import { keptName, labelsOf, stagingName } from "../image/names.ts";
import type { Site } from "../image/target.ts";
import type { GitFacts } from "../request/git.ts";
import type { Request } from "../request/request.ts";

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

/** Where the probe's files lie: beside the bundle. */
export function probeFolder(bundle: string): string {
  return join(dirname(bundle), "probe");
}
