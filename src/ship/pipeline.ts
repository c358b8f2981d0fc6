/** The middle of the story, for a request that is valid: plan → solve → judge → publish. */

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type BesideDjango, solveCaddy } from "../checks/caddy/run.ts";
import { solveCommands } from "../checks/commands/run.ts";
import { type Checked, type Examination, solveChecks, unexamined } from "../checks/django/run.ts";
import { type Answer, conclude, type Verdict } from "../checks/verdict.ts";
import type { Docker } from "../docker/docker.ts";
import { childEnvironment } from "../docker/environment.ts";
import type { Event } from "../docker/progress.ts";
import { Failure } from "../failure.ts";
import { blame } from "../image/blame.ts";
import type { Held, Pushed } from "../image/built-image.ts";
import { releaseFailure } from "../image/failures.ts";
import { platformsOf } from "../image/platforms.ts";
import { type Bench, bakeOrRetry } from "../image/solver.ts";
import { demandNetwork, IMAGE, planRelease } from "../image/target.ts";
import { handoverOf } from "../publish/drivers.ts";
import { publish, type Release } from "../publish/publish.ts";
import { Upload } from "../publish/push-progress.ts";
import { Leftovers } from "../publish/temporary-names.ts";
import type { Log } from "../reporters/log.ts";
import type { Outcome } from "../reporters/outcome.ts";
import { showProgress } from "../reporters/progress.ts";
import { sayers } from "../reporters/say.ts";
import { checksFailedText, couldNotRunText, imageText } from "../reporters/text.ts";
import { Trace } from "../reporters/trace.ts";
import { checkoutOf, whereabouts } from "../request/checkout.ts";
import { gitFacts, gitWith } from "../request/git.ts";
import { ref } from "../request/reference.ts";
import type { Request } from "../request/request.ts";
import { type Folders, leaveFolders, makeFolders, makeSite, probeFolder } from "./prepare.ts";

/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;

/** What the chapters share. */
export interface Stage {
  readonly env: NodeJS.ProcessEnv;
  readonly docker: Docker;
  readonly log: Log;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
  /** Adds what a finished chapter knows to the story. */
  readonly chapter: (part: Partial<Outcome>) => void;
}

/**
 * Plan, solve and judge; what passed is released.
 * @throws {Failure} the one error that the step ends with
 */
export async function build(request: Request, stage: Stage): Promise<void> {
  const { env, docker, log, signal, chapter } = stage;
  const say = (line: string) => log.line(line);
  const leftovers = new Leftovers(docker);
  const making = makeFolders(env, probeFolder(process.argv[1] ?? ""), request);
  making.then(({ kept }) => chapter({ folder: kept })).catch(() => {});
  try {
    const git = gitWith(childEnvironment(env));
    const context = request.build.contextIsRemote ? request.workspace : request.build.context;
    const [folders, builder, commit, where] = await Promise.all([
      making,
      // Only a builder that runs says which platforms it has.
      docker.inspect(request.build.builder, { start: request.build.platforms.length > 0 }),
      gitFacts(git, context),
      whereabouts(git, context),
    ]);
    const platforms = platformsOf(request.build, builder);
    chapter({ platforms });
    demandNetwork(request, builder);
    const trace = new Trace();
    chapter({ trace, checkout: checkoutOf(where, context, commit, request) });
    const site = await makeSite(request, folders, commit, { env, say });
    if (builder.driver === "docker") leftovers.add(site.staging);
    const looking = request.push.push ? lookBeside(docker, request) : undefined;
    // It is awaited after the solve, if that comes to pass; until then its failure is nobody's.
    looking?.catch(() => {});

    log.group(`Build and check ${request.app} with ${builder.name}, a ${builder.driver} builder`);
    const bench: Bench = {
      docker,
      builder,
      request,
      site,
      folder: folders.work,
      listen: showProgress(log, request.commands.lines, trace),
      say,
    };
    const first = await judge(bench, chapter);
    // Whoever holds the image knows them, whatever comes of it.
    const asked = request.summary || (request.push.push && builder.driver !== "docker");
    let layers = asked ? layersOf(first, bench) : undefined;
    try {
      await release(demandPass(first, request), bench, {
        log,
        signal,
        chapter,
        leftovers,
        looked: await looking,
        layers,
        checkPushed: async (pushed) => {
          chapter({ held: pushed.held, metadata: pushed.metadata });
          const again = { ...bench, folder: join(bench.folder, "pushed"), pushed };
          const second = await judge(again, chapter, first.caddy).catch(notChecked(pushed));
          layers = asked ? layersOf(second, again) : undefined;
          demandPass(second, request);
        },
      });
    } finally {
      chapter({ layers: await layers });
    }
  } finally {
    await cleanUp(leftovers, making, say);
  }
}

/**
 * Solves, and judges what was answered.
 * @param caddy what is known of the Caddyfile already: it has nothing of the image
 */
async function judge(bench: Bench, chapter: Stage["chapter"], caddy?: BesideDjango): Promise<Judged> {
  const answered = await solveAll(bench, caddy);
  const { examination, commands } = answered;
  const { answers, project, settings } = examination;
  const all = [...answers, ...answered.caddy.answers, ...answered.caddy.agree(settings), ...commands];
  const verdict = conclude(all, bench.request, project);
  chapter({ verdict });
  if ("held" in examination) chapter({ held: examination.held, metadata: examination.metadata });
  return { ...answered, verdict };
}

interface Judged extends Answered {
  readonly verdict: Verdict;
}

/** What a builder says of the image in the registry is not said of the Dockerfile. */
function notChecked({ pinned }: Pushed): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Failure) || error.kind !== "Build failed") throw error;
    throw new Failure(
      "Publish failed",
      `${pinned} was pushed in place of what was checked, could not be checked itself, and gets no tag: ${error.message}`,
    );
  };
}

/** What the solves side by side came to. */
interface Answered {
  /** Without an image when the probe could not be started in it. */
  readonly examination: Checked | Examination;
  readonly caddy: BesideDjango;
  readonly commands: readonly Answer[];
}

/**
 * The checks, and Caddy and the workflow's commands beside them: solves of their own, so that what fails in
 * one hides nothing of the others. They begin when the check solve has begun, for that is what takes longest. Only when
 * the image cannot be built nobody waits for the rest.
 */
async function solveAll(bench: Bench, known?: BesideDjango): Promise<Answered> {
  const begun = Promise.withResolvers<void>();
  const loaded = Promise.withResolvers<void>();
  const held = Promise.withResolvers<Held>();
  const ending = new AbortController();
  const side = { ...bench, ending: ending.signal, after: begun.promise };
  const beside = [
    known ? Promise.resolve(known) : solveCaddy(side),
    solveCommands(side, { loaded: loaded.promise, held: held.promise }),
  ] as const;
  // They are awaited below; until then their failures are nobody's.
  for (const promise of [loaded.promise, held.promise, ...beside]) promise.catch(() => {});
  try {
    const signals = { begun: begun.resolve, loaded: loaded.resolve };
    const checking = solveChecks(bench, signals).finally(begun.resolve);
    const examination = await checking.catch((error) => {
      loaded.reject(error);
      held.reject(error);
      if (!(error instanceof Failure) || error.kind !== "Checks could not run") throw error;
      return unexamined(bench.request, error.message);
    });
    loaded.resolve();
    if ("held" in examination) held.resolve(examination.held);
    const [caddy, commands] = await Promise.all(beside);
    return { examination, caddy, commands };
  } catch (error) {
    ending.abort();
    // Their bakes end with them: nothing may run on when the step's folder goes.
    await Promise.allSettled(beside);
    throw error;
  }
}

/** Nothing in here may hide why the step ended, so a fault is only said. */
async function cleanUp(
  leftovers: Leftovers,
  making: Promise<Folders>,
  say: (line: string) => void,
): Promise<void> {
  const [folders, names] = await Promise.allSettled([making.then(leaveFolders), leftovers.end()]);
  if (folders.status === "rejected") say(`The step's folder was not removed: ${String(folders.reason)}`);
  if (names.status === "rejected") say(`The staging image was not removed: ${String(names.reason)}`);
  // A build that failed had nothing to name.
  else if (!names.value.ok && !/no such image/i.test(names.value.reason))
    say(`The staging image was not removed: ${names.value.reason}`);
}

/**
 * @returns the image that passed
 * @throws {Failure} when the verdict is not a pass
 */
function demandPass({ verdict, examination }: Judged, request: Request): Checked {
  if (verdict.status === "failed")
    throw new Failure("Checks failed", checksFailedText(verdict, request.failLevel));
  if (verdict.status === "error" || !("held" in examination))
    throw new Failure("Checks could not run", couldNotRunText(verdict));
  return examination;
}

interface Exit {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly chapter: Stage["chapter"];
  readonly leftovers: Leftovers;
  readonly looked: Awaited<ReturnType<typeof lookBeside>> | undefined;
  readonly layers: ReturnType<typeof layersOf> | undefined;
  readonly checkPushed: (pushed: Pushed) => Promise<void>;
}

/** The image passed: to the registry, under its tag, and into the local docker, as far as was asked for. */
async function release(checked: Checked, bench: Bench, exit: Exit): Promise<void> {
  const { docker, builder, request, site, say } = bench;
  const { held } = checked;
  const { log, signal, chapter, leftovers, checkPushed } = exit;
  const platforms = platformsOf(request.build, builder);
  const alone = platforms.others.length === 0;
  const handover = handoverOf(builder, {
    docker,
    request,
    held,
    platforms,
    say,
    signal,
    leftovers,
    checkPushed,
    upload: (scale) => new Upload(scale, say),
    staging: site.staging,
    release: async (destination) => {
      // What is in the cache was told when it was made.
      const listen = () => unlessCached(bench.listen());
      if (destination.to === "registry" && alone) sayImage(exit.layers, say);
      const solve = planRelease(request, builder, site, destination);
      const solved = await bakeOrRetry({ ...bench, listen }, "release", solve);
      if (!solved.ok) throw releaseFailure(blame(solved.progress, solved.stderr), request.build, destination);
      return solved.metadata[IMAGE] ?? {};
    },
  });
  let released: Release | undefined;
  if (request.push.push) {
    log.group(`Publish ${request.image}`);
    chapter({ publishing: true });
    const looked = exit.looked?.isFresh() ? exit.looked.look : undefined;
    const began = performance.now();
    released = await publish({ docker, request, handover, looked, say, signal, ...sayers(log) });
    chapter({ release: released });
    const seconds = (performance.now() - began) / 1000;
    say(`${released.ref} ${released.how}, and read back at ${released.digest}, in ${seconds.toFixed(1)} s`);
  }
  if (request.load) {
    const name = released?.ref ?? ref(request.image, request.tag);
    await handover.load(name).catch((error) => {
      throw released && error instanceof Failure ? onlyNotLoaded(released, error) : error;
    });
    chapter({ loaded: [name] });
  }
}

function unlessCached(hear: (event: Event) => void): (event: Event) => void {
  return (event) => {
    if (event.type !== "completed" || !event.cached) hear(event);
  };
}

/** BuildKit says nothing of the bytes that it pushes (moby/buildkit issue 3192): of this many they are a part. */
function sayImage(layers: Exit["layers"], say: (line: string) => void): void {
  layers?.then((known) => {
    const size = imageText({ layers: known });
    if (size !== "") say(size);
  });
}

function onlyNotLoaded({ ref }: Release, { kind, message, place }: Failure): Failure {
  return new Failure(
    kind,
    `${ref} is released, but could not be loaded into the local docker: ${message}`,
    place,
  );
}

/** Asks the registry for the tag while the image is being built. */
async function lookBeside(docker: Docker, request: Request) {
  const look = await docker.look(ref(request.image, request.tag));
  const at = performance.now();
  return { look, isFresh: () => performance.now() - at < LOOK_IS_GOOD_FOR };
}

/** What the image consists of, for the summary and for who watches a push: asked for beside the rest, and never worth a failure. */
async function layersOf({ examination }: Judged, { docker, builder, site }: Bench) {
  if (!("held" in examination)) return undefined;
  const { record, digest: manifest, config } = examination.held;
  try {
    if (builder.driver === "docker") return await docker.layers(site.staging);
    if (record === undefined || config === undefined) return undefined;
    return await docker.builtLayers({ record, manifest, config });
  } catch {
    return undefined;
  }
}
