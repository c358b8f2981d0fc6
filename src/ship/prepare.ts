/** What a step needs before its first solve: folders, the builder, git's facts, caches that answer, a solver. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fillContext, secretKey } from "../checks/context.ts";
import { requireNetwork } from "../checks/dockerfile.ts";
import { Checkout } from "../checks/project/checkout.ts";
import type { Docker } from "../docker/docker.ts";
import { childEnvironment } from "../docker/environment.ts";
import { Failure } from "../failure.ts";
import { usableCaches } from "../image/caches.ts";
import { keptName, labelsOf, stagingName } from "../image/names.ts";
import { platformsOf } from "../image/platforms.ts";
import { Solver } from "../image/solver.ts";
import type { ImageSource } from "../image/target.ts";
import { TemporaryNames } from "../publish/temporary-names.ts";
import type { Log } from "../reporters/log.ts";
import type { Setting } from "../reporters/outcome.ts";
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
  readonly setting: Setting;
  readonly solver: Solver;
  readonly temporary: TemporaryNames;
  /** The slow hash of `env`. */
  readonly secretKey: string;
  /** What the checkout says of the app. */
  readonly project: Checkout;
}

/** A step that is ready to build, or why there is none. */
export type Preparation =
  | { readonly ok: true; readonly step: Prepared }
  | {
      readonly ok: false;
      readonly error: unknown;
      /** What is known all the same: the folder for the report, unless the disk is full. */
      readonly setting: Partial<Setting>;
    };

/** Prepares a step. Of one that cannot be prepared nothing is left behind but the folder for the report. */
export async function prepare(request: Request, world: World): Promise<Preparation> {
  const folders = await makeFolders(world.env, request.app);
  const project = new Checkout(request);
  const filling = fillContext(folders.context, world.probe, request, project);
  try {
    const [step] = await Promise.all([prepareIn(folders, request, world, project), filling]);
    return { ok: true, step };
  } catch (error) {
    const [filled] = await Promise.allSettled([filling]);
    const isFilled = filled.status === "fulfilled";
    await rm(isFilled ? folders.work : folders.kept, { recursive: true, force: true }).catch(() => {});
    return { ok: false, error, setting: isFilled ? { folder: folders.kept } : {} };
  }
}

/** @throws {Failure} `Invalid input`, `Build failed` */
async function prepareIn(
  folders: Folders,
  request: Request,
  world: World,
  project: Checkout,
): Promise<Prepared> {
  const { env, docker, log } = world;
  const { build } = request;
  const say = (line: string) => log.line(line);
  const git = gitWith(childEnvironment(env));
  const folder = build.contextIsRemote ? request.workspace : build.context;
  const [builder, commit, where, caches, key] = await Promise.all([
    // Only a builder that runs says which platforms it has.
    docker.inspect(build.builder, { start: build.platforms.length > 0 }),
    gitFacts(git, folder),
    whereabouts(git, folder),
    usableCaches(request, { env, say }),
    secretKey(request.env, request),
  ]);
  const platforms = platformsOf(build, builder);
  requireNetwork(request, builder);
  const names = {
    staging: stagingName(request),
    kept: keptName(request.run.source, request.app),
    labels: labelsOf(request, commit),
    ...caches,
  };
  const checkout = checkoutOf(where, folder, commit, request);
  const trace = new Trace();
  const listen = showProgress(log, request.commands.lines, trace);
  const temporary = new TemporaryNames(docker);
  if (builder.driver === "docker") temporary.add(names.staging);
  return {
    request,
    world,
    folders,
    source: { request, builder, names, platforms },
    setting: { folder: folders.kept, platforms, checkout, trace },
    solver: new Solver({ docker, builder, folder: folders.work, listen, say }),
    temporary,
    secretKey: key,
    project,
  };
}

const UNUSABLE: Readonly<Record<string, string>> = {
  EEXIST: "it is a file",
  ENOTDIR: "it is below a file",
  EROFS: "it is on a read-only file system",
  EACCES: "the runner's user may not write there",
  EPERM: "the runner's user may not write there",
};

/** @throws {Failure} when the runner's folder for temporary files cannot be used; a full disk is another matter */
async function makeFolders(env: NodeJS.ProcessEnv, app: string): Promise<Folders> {
  const parent = env.RUNNER_TEMP || tmpdir();
  const kept = await mkdir(parent, { recursive: true })
    .then(() => mkdtemp(join(parent, `shipshape-${app}-`)))
    .catch((error: NodeJS.ErrnoException) => {
      const { code = "", message } = error;
      if (/^(ENOSPC|EDQUOT)$/.test(code)) throw error;
      const why = UNUSABLE[code] ?? message;
      throw new Failure(
        "Build failed",
        `The step cannot write into the runner's folder for temporary files (RUNNER_TEMP, ${parent}): ${why}. Does a step before this one, or the job's container, change it?`,
      );
    });
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
