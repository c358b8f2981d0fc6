/**
 * The story of one step: request → plan → solve → judge → publish → tell. Whoever has read this file knows
 * the product; each chapter has its own room.
 */
import { performance } from "node:perf_hooks";
import { CHECK_NAMES } from "./django/catalogue.ts";
import type { Verdict } from "./django/verdict.ts";
import { blame } from "./engine/blame.ts";
import { DockerEngine, type Engine } from "./engine/engine.ts";
import { releaseFailure } from "./engine/failures.ts";
import { Failure } from "./failure.ts";
import { IMAGE, planRelease } from "./plan/plan.ts";
import { handoverOf } from "./publish/handover.ts";
import { publish } from "./publish/publish.ts";
import { asksForBranches } from "./request/event.ts";
import { gitFacts } from "./request/git.ts";
import { foldersOf } from "./request/context.ts";
import { readRequest } from "./request/inputs.ts";
import { ref } from "./request/reference.ts";
import type { Request } from "./request/request.ts";
import { type Folders, leaveFolders, makeFolders, makeSite, probeFolder } from "./site.ts";
import { type Bench, bakeOrRetry, type Checked, cancelled, solveChecks } from "./solve.ts";
import { Log } from "./tell/log.ts";
import { appIn } from "./tell/result.ts";
import { showProgress } from "./tell/progress.ts";
import { type Story, stageOf } from "./tell/story.ts";
import { announce, sayers, tell } from "./tell/tell.ts";
import { checksFailedText, couldNotRunText } from "./tell/text.ts";

/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;

/**
 * Runs the whole step.
 * @param env the runner's environment
 * @param signal aborts when the job is cancelled
 * @returns the exit code: 0 when the verdict is a pass and the release, if one was wanted, stands
 */
export async function ship(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<0 | 1> {
  const log = new Log();
  const engine = new DockerEngine(env, signal);
  let story: Story = { app: appIn(env) };
  let folders: Folders | undefined;
  const chapter = (part: Partial<Story>) => {
    story = { ...story, ...part };
  };
  try {
    const request = await ask(env, engine);
    chapter({ request, app: request.app });
    announce(request, log);
    folders = await makeFolders(env, probeFolder(process.argv[1] ?? ""), request);
    await build(request, { env, engine, folders, log, chapter });
  } catch (error) {
    chapter({ failure: signal.aborted ? cancelled() : asFailure(error, story) });
  } finally {
    if (folders) await leaveFolders(folders);
  }
  await tell(story, { log, folder: folders?.kept, env });
  return story.failure === undefined ? 0 : 1;
}

/** The request; git is asked first only where the event may have brought a stranger's code. */
async function ask(env: NodeJS.ProcessEnv, engine: Engine): Promise<Request> {
  const folders = asksForBranches(env) ? foldersOf(env) : [];
  const checkouts = await Promise.all(
    folders.map((folder) => gitFacts(engine.exec, folder, { branches: true })),
  );
  return readRequest(env, { catalogue: CHECK_NAMES, checkouts });
}

interface Stage {
  readonly env: NodeJS.ProcessEnv;
  readonly engine: Engine;
  readonly folders: Folders;
  readonly log: Log;
  readonly chapter: (part: Partial<Story>) => void;
}

/** Plan, solve and judge; what passed is released. */
async function build(request: Request, stage: Stage): Promise<void> {
  const { env, engine, folders, log, chapter } = stage;
  const say = (line: string) => log.line(line);
  const context = request.build.contextIsRemote ? request.workspace : request.build.context;
  const [builder, commit] = await Promise.all([
    engine.inspect(request.build.builder),
    gitFacts(engine.exec, context),
  ]);
  say(`Builder ${builder.name}: ${builder.driver} driver${builder.buildkit === "" ? "" : `, BuildKit ${builder.buildkit}`}`);
  const site = await makeSite(request, folders, commit, { env, say });
  const bench: Bench = { engine, builder, request, site, folder: folders.work, hear: showProgress(log), say };
  const looked = request.push.push ? lookBeside(engine, request) : undefined;
  // Names in the local engine that nobody asked for; they go whatever happens.
  const leftovers = new Set(builder.driver === "docker" ? [site.staging] : []);
  try {
    const checked = await solveChecks(bench);
    chapter(checked);
    demandPass(checked.verdict, request);
    await release(checked, bench, { log, chapter, leftovers, looked: await looked });
  } finally {
    if (leftovers.size > 0) await engine.forget([...leftovers]);
  }
}

/** @throws {Failure} when the verdict is not a pass */
function demandPass(verdict: Verdict, request: Request): void {
  if (verdict.status === "failed")
    throw new Failure("Checks failed", checksFailedText(verdict, request.failLevel));
  if (verdict.status === "error") throw new Failure("Checks could not run", couldNotRunText(verdict));
}

interface Exit {
  readonly log: Log;
  readonly chapter: Stage["chapter"];
  readonly leftovers: Set<string>;
  readonly looked: Awaited<ReturnType<typeof lookBeside>> | undefined;
}

/** The image passed: to the registry, under its tag, and into the local engine, as far as was asked for. */
async function release(checked: Checked, bench: Bench, exit: Exit): Promise<void> {
  const { engine, builder, request, site, say } = bench;
  const { held } = checked;
  const { log, chapter, leftovers } = exit;
  const handover = handoverOf(builder, {
    engine,
    request,
    held,
    say,
    leftovers,
    staging: site.staging,
    release: async (destination) => {
      const solved = await bakeOrRetry(bench, planRelease(request, site, destination));
      if (!solved.ok) throw releaseFailure(blame(solved.progress, solved.stderr), request.build);
      return solved.metadata[IMAGE] ?? {};
    },
  });
  if (request.push.push) {
    log.group(`Publish ${request.image}`);
    const looked = exit.looked?.isFresh() ? exit.looked.look : undefined;
    const released = await publish({ engine, request, held, handover, looked, say, ...sayers(log) });
    chapter({ release: released });
    log.endGroup();
  }
  if (request.load) {
    const name = ref(request.image, request.tag);
    await handover.load(name);
    chapter({ loaded: [name] });
  }
}

/** Asks the registry for the tag while the image is being built. */
async function lookBeside(engine: Engine, request: Request) {
  const look = await engine.look(ref(request.image, request.tag));
  const at = performance.now();
  return { look, isFresh: () => performance.now() - at < LOOK_IS_GOOD_FOR };
}

/** An error that is not a Failure is a defect of ours, and says so. */
function asFailure(error: unknown, story: Story): Failure {
  if (error instanceof Failure) return error;
  const kinds = {
    request: "Invalid input",
    build: "Build failed",
    checks: "Checks could not run",
    publish: "Publish failed",
  } as const;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Failure(kinds[stageOf(story)], `This is a defect of shipshape; please report it.\n${detail}`);
}
