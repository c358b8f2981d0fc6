/** What a step needs before its first solve: folders, the builder, git's facts, caches that answer, a solver. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fillContext, secretKey } from "../checks/context.ts";
import { requireNetwork } from "../checks/dockerfile.ts";
import type { Docker } from "../docker/docker.ts";
import { childEnvironment } from "../docker/environment.ts";
import { usableCaches } from "../image/caches.ts";
import { keptName, labelsOf, stagingName } from "../image/names.ts";
import { type Platforms, platformsOf } from "../image/platforms.ts";
import { Solver } from "../image/solver.ts";
import type { ImageSource } from "../image/target.ts";
import { TemporaryNames } from "../publish/temporary-names.ts";
import type { Log } from "../reporters/log.ts";
import type { Outcome } from "../reporters/outcome.ts";
import { showProgress } from "../reporters/progress.ts";
import { Trace } from "../reporters/trace.ts";
import { checkoutOf, whereabouts } from "../request/checkout.ts";
import { gitFacts, gitWith } from "../request/git.ts";
import type { Request } from "../request/request.ts";

/** Where the step runs. */
export interface World {
  readonly env: NodeJS.ProcessEnv;
  readonly docker: Docker;
  readonly log: Log;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
  /** Folder of the probe's files. */
  readonly probe: string;
}

/** The folders of the step below RUNNER_TEMP. */
export interface Folders {
  /** Stays after the step: later steps read the report from it. */
  readonly kept: string;
  /** Removed at the end. */
  readonly work: string;
  /** Context of our own Dockerfiles: `probe/`, `room/` and `commands/`. */
  readonly context: string;
}

/** A step that is ready to build. */
export interface Prepared {
  readonly request: Request;
  readonly world: World;
  readonly folders: Folders;
  readonly source: ImageSource;
  readonly platforms: Platforms;
  readonly solver: Solver;
  readonly temporary: TemporaryNames;
  /** The slow hash of `env`. */
  readonly secretKey: string;
}

/**
 * Prepares a step. What is known of it goes into the outcome.
 * @throws {Failure} `Invalid input`, `Build failed`. Nothing is left behind then but the folder for the report.
 */
export async function prepare(request: Request, world: World, outcome: Outcome): Promise<Prepared> {
  const { env, docker, log } = world;
  const folders = await makeFolders(env, request.app);
  const filling = fillContext(folders.context, world.probe, request);
  // The report goes into the folder, unless the disk is full.
  filling.then(() => Object.assign(outcome, { folder: folders.kept })).catch(() => {});
  try {
    const { build } = request;
    const git = gitWith(childEnvironment(env));
    const checkout = build.contextIsRemote ? request.workspace : build.context;
    const [builder, commit, where, caches, key] = await Promise.all([
      // Only a builder that runs says which platforms it has.
      docker.inspect(build.builder, { start: build.platforms.length > 0 }),
      gitFacts(git, checkout),
      whereabouts(git, checkout),
      usableCaches(request, { env, say: (line) => log.line(line) }),
      secretKey(request.env, request),
      filling,
    ]);
    const platforms = platformsOf(build, builder);
    requireNetwork(request, builder);
    const trace = new Trace();
    Object.assign(outcome, { platforms, trace, checkout: checkoutOf(where, checkout, commit, request) });
    const names = {
      staging: stagingName(request),
      kept: keptName(request.run.source, request.app),
      labels: labelsOf(request, commit),
      ...caches,
    };
    const solver = new Solver({
      docker,
      builder,
      folder: folders.work,
      listen: showProgress(log, request.commands.lines, trace),
      say: (line) => log.line(line),
    });
    const temporary = new TemporaryNames(docker);
    if (builder.driver === "docker") temporary.add(names.staging);
    return {
      request,
      world,
      folders,
      source: { request, builder, names },
      platforms,
      solver,
      temporary,
      secretKey: key,
    };
  } catch (error) {
    await filling
      .then(
        () => removeWork(folders),
        () => rm(folders.kept, { recursive: true, force: true }),
      )
      .catch(() => {});
    throw error;
  }
}

async function makeFolders(env: NodeJS.ProcessEnv, app: string): Promise<Folders> {
  const kept = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), `shipshape-${app}-`));
  const work = join(kept, "work");
  return { kept, work, context: join(work, "context") };
}

/** Removes everything but the report. */
export async function removeWork({ work }: Folders): Promise<void> {
  await rm(work, { recursive: true, force: true });
}

/** Where the probe's files lie: next to the bundle. */
export function probeFolder(bundle: string): string {
  return join(dirname(bundle), "probe");
}
