/**
 * The step for a request that is valid: build, check, require a pass, push, check again what the builder built again, tag,
 * load, clean up. `run()` names each chapter; whoever has read it knows the product.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type CaddyAnswers, runCaddy } from "../checks/caddy/run.ts";
import { runCommands } from "../checks/commands/run.ts";
import { type Examination, runDjango } from "../checks/django/run.ts";
import { mergeAnswers, mergePlatforms } from "../checks/platforms.ts";
import { type Answer, conclude, type Verdict } from "../checks/verdict.ts";
import type { Look } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import { blame } from "../image/blame.ts";
import { type BuiltImage, builtImage, type PushedImage } from "../image/built-image.ts";
import { buildFailure } from "../image/failures.ts";
import { areSeveral } from "../image/platforms.ts";
import { planCacheExport } from "../image/release.ts";
import { Solver } from "../image/solver.ts";
import { planBuild } from "../image/target.ts";
import { Publisher, type Pushed } from "../publish/publish.ts";
import type { Outcome } from "../reporters/outcome.ts";
import { sayers } from "../reporters/say.ts";
import { checksFailedText, couldNotRunText, imageText } from "../reporters/text.ts";
import { ref } from "../request/reference.ts";
import { CheckSetup } from "./check-setup.ts";
import { type Prepared, removeWork } from "./prepare.ts";
import { driverPublisher, layersOf } from "./release.ts";

/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;
/** Milliseconds that writing the build cache may take. */
const CACHE_MS = 15 * 60_000;

/** A look at the tag, and when it was taken. */
interface Looked {
  readonly look: Look;
  readonly at: number;
}

export class Pipeline {
  readonly #step: Prepared;
  readonly #outcome: Outcome;
  /** Ends solves whose answer is no longer needed. */
  readonly #stop = new AbortController();
  readonly #solver: Solver;
  readonly #publisher: Publisher;
  /** What runs next to the chapters. Nothing of it may outlive the step. */
  readonly #running: Promise<unknown>[] = [];
  #cache: Promise<void> = Promise.resolve();
  /** The image whose layers were asked for. */
  #described: BuiltImage | undefined;
  /** Ends when its layers are known, or cannot be found out. */
  #describing: Promise<void> = Promise.resolve();

  constructor(step: Prepared, outcome: Outcome) {
    this.#step = step;
    this.#outcome = outcome;
    this.#solver = step.solver.stopOn(this.#stop.signal);
    const { docker, log, signal } = step.world;
    const driver = driverPublisher(step, () => this.#sayImage());
    const say = (line: string) => log.line(line);
    this.#publisher = new Publisher({ docker, request: step.request, driver, say, signal, ...sayers(log) });
  }

  /**
   * Runs the step. What each chapter learns goes into the outcome.
   * @throws {Failure} the one error that the step ends with
   */
  async run(): Promise<void> {
    const { request } = this.#step;
    try {
      const caddy = this.#start(this.#askCaddy());
      const tag = awaitedLater(this.#lookAtTag());
      let image = await this.#build();
      this.#writeCache();
      this.#requirePass(await this.#check(image, caddy));
      if (request.push.push) {
        const began = performance.now();
        const pushed = await this.#push(image, await tag);
        if (pushed.at === "digest" && pushed.differs) image = await this.#recheck(pushed.differs, caddy);
        await this.#tag(pushed, image, began);
      }
      if (request.load) await this.#load(image);
    } finally {
      await this.#cleanUp();
    }
  }

  /** Waits until the build cache is written. The verdict and the tag do not wait for it, so this comes after the report. */
  async finish(): Promise<void> {
    await this.#cache;
    await rm(this.#cacheFolder, { recursive: true, force: true });
  }

  get #cacheFolder(): string {
    return join(this.#step.folders.kept, "cache");
  }

  /** Builds the image. Nothing leaves the builder. */
  async #build(): Promise<BuiltImage> {
    const { request, source, platforms, world } = this.#step;
    const { builder } = source;
    world.log.group(`Build and check ${request.app} with ${builder.name}, a ${builder.driver} builder`);
    const solved = await this.#solver.solve("build", planBuild(source));
    if (!solved.ok) throw buildFailure(blame(solved.progress, solved.stderr), request.build);
    const image = builtImage(solved.metadata, builder, platforms);
    this.#outcome.image = image;
    return image;
  }

  /** Asks Caddy about the Caddyfile. It needs nothing of the image, so it starts with the build. */
  #askCaddy(): Promise<CaddyAnswers> {
    const { request } = this.#step;
    return runCaddy(this.#solver, request, new CheckSetup(this.#step, this.#solver).caddy());
  }

  /** Asks the registry for the tag during the build. */
  async #lookAtTag(): Promise<Looked | undefined> {
    const { request, world } = this.#step;
    if (!request.push.push) return undefined;
    const look = await world.docker.look(ref(request.image, request.tag));
    return { look, at: performance.now() };
  }

  /** Runs every check in the image, and concludes. They are separate solves, so one that fails cancels no other. */
  async #check(image: BuiltImage, caddy: Promise<CaddyAnswers>, within = this.#solver): Promise<Verdict> {
    const { request } = this.#step;
    const setup = new CheckSetup(this.#step, within);
    const [examination, commands, { answers, agree }] = await Promise.all([
      this.#start(this.#examine(image, setup, within)),
      this.#start(this.#runCommands(image, setup, within)),
      caddy,
    ]);
    const all = [...examination.answers, ...answers, ...agree(examination.settings), ...commands];
    const concluded = conclude(all, request, examination.project);
    const isUnseen = !examination.started && concluded.status === "passed";
    const verdict: Verdict = isUnseen ? { ...concluded, status: "error" } : concluded;
    this.#outcome.verdict = verdict;
    return verdict;
  }

  /** Runs the probe on each platform that the builder runs natively. */
  async #examine(image: BuiltImage, setup: CheckSetup, within: Solver): Promise<Examination> {
    const { request, platforms } = this.#step;
    const [first = "", ...others] = platforms.checked;
    const on = async (platform: string) => ({
      platform,
      examination: await runDjango(setup.solver(platform, within), request, setup.django(image, platform)),
    });
    const [own, ...rest] = await Promise.all([
      this.#start(on(first)),
      ...others.map((one) => this.#start(on(one))),
    ]);
    return mergePlatforms([own, ...rest]);
  }

  /** Runs the workflow's commands, on the same platforms. */
  async #runCommands(image: BuiltImage, setup: CheckSetup, within: Solver): Promise<readonly Answer[]> {
    const { request, platforms } = this.#step;
    if (request.commands.lines.length === 0) return [];
    const on = async (platform: string) => ({
      platform,
      answers: await runCommands(setup.solver(platform, within), request, setup.commands(image, platform)),
    });
    return mergeAnswers(await Promise.all(platforms.checked.map((one) => this.#start(on(one)))));
  }

  /** @throws {Failure} when the verdict is not a pass */
  #requirePass(verdict: Verdict, consequence?: string): void {
    if (verdict.status === "failed")
      throw new Failure(
        "Checks failed",
        checksFailedText(verdict, this.#step.request.failLevel, consequence),
      );
    if (verdict.status === "error")
      throw new Failure(
        "Checks could not run",
        [couldNotRunText(verdict), consequence].filter((text) => text !== undefined).join("\n"),
      );
  }

  async #push(image: BuiltImage, looked: Looked | undefined): Promise<Pushed> {
    const { request, world } = this.#step;
    world.log.group(`Publish ${request.image}`);
    this.#outcome.publishing = true;
    this.#layers(image);
    const isFresh = looked !== undefined && performance.now() - looked.at < LOOK_IS_GOOD_FOR;
    return this.#publisher.push(image, isFresh ? looked.look : undefined);
  }

  /**
   * Checks the image that the builder built again, and pushed in place of the one that was checked.
   * @returns that image, once it passed
   */
  async #recheck(pushed: PushedImage, caddy: Promise<CaddyAnswers>): Promise<PushedImage> {
    this.#solver.say(
      `The builder did not find the image in its cache and built another: ${pushed.platforms[0]?.digest} is checked before it gets a tag.`,
    );
    this.#outcome.image = pushed;
    const again = this.#solver.within("pushed");
    const verdict = await this.#check(pushed, caddy, again).catch((error) => {
      // What the builder says of an image in the registry is not the Dockerfile's fault.
      if (!(error instanceof Failure) || error.kind !== "Build failed") throw error;
      throw new Failure(
        "Publish failed",
        `${pushed.pinned} was pushed in place of what was checked, could not be checked itself, and gets no tag: ${error.message}`,
      );
    });
    this.#layers(pushed);
    this.#requirePass(verdict, `${pushed.pinned} was pushed in place of what was checked, and gets no tag.`);
    return pushed;
  }

  async #tag(pushed: Pushed, image: BuiltImage, began: number): Promise<void> {
    const release = await this.#publisher.tag(pushed, image);
    this.#outcome.release = release;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    this.#solver.say(`${release.ref} ${release.how}, and read back at ${release.digest}, in ${seconds} s`);
  }

  /** Puts the image into the local engine, under its ref. */
  async #load(image: BuiltImage): Promise<void> {
    const { request } = this.#step;
    const { release } = this.#outcome;
    const name = release?.ref ?? ref(request.image, request.tag);
    await this.#publisher.load(image, name).catch((error) => {
      if (!release || !(error instanceof Failure)) throw error;
      throw new Failure(
        error.kind,
        `${release.ref} is released, but could not be loaded into the local engine: ${error.message}`,
        error.place,
      );
    });
    this.#outcome.loaded = [name];
  }

  /** Starts to write the caches of `cache-to`, in a solve of its own. Its failure is worth a line, and no more. */
  #writeCache(): void {
    const { source, world } = this.#step;
    const plan = planCacheExport(source);
    if (plan === undefined) return;
    const began = performance.now();
    const solver = new Solver({
      docker: world.docker,
      builder: source.builder,
      folder: this.#cacheFolder,
      listen: () => () => {},
      say: (line) => world.log.line(line),
      signal: AbortSignal.timeout(CACHE_MS),
    });
    const failed = (why: string) => solver.say(`The build cache could not be written: ${why}`);
    this.#cache = solver.solveOnce("cache", plan).then(
      (solved) => {
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        if (solved === undefined) failed("its server did not answer");
        else if (solved.ok) solver.say(`The build cache was written in ${seconds} s`);
        else failed(blame(solved.progress, solved.stderr).reason);
      },
      (error: Error) =>
        failed(error instanceof Failure && !world.signal.aborted ? "it took too long" : error.message),
    );
  }

  /** Asks what the image consists of: for the summary, and for whoever watches a push. Never worth a failure. */
  #layers(image: BuiltImage): void {
    if (this.#described === image) return;
    this.#described = image;
    const asking = layersOf(image, this.#step).then((layers) => {
      this.#outcome.layers = layers;
    });
    this.#describing = this.#start(asking);
  }

  /** BuildKit does not report the bytes that it pushes (moby/buildkit issue 3192): the image's size is their upper bound. */
  #sayImage(): void {
    if (areSeveral(this.#step.platforms)) return;
    // The push does not wait for it.
    this.#start(
      this.#describing.then(() => {
        const size = imageText(this.#outcome);
        if (size !== "") this.#solver.say(size);
      }),
    );
  }

  /** A task that runs next to the chapters, and must have ended before the step's folder is removed. */
  #start<T>(task: Promise<T>): Promise<T> {
    this.#running.push(task);
    return awaitedLater(task);
  }

  /** Nothing in here may hide why the step ended, so a fault is only a line in the log. */
  async #cleanUp(): Promise<void> {
    const { folders, temporary } = this.#step;
    if (this.#outcome.image) this.#layers(this.#outcome.image);
    this.#stop.abort();
    await Promise.allSettled(this.#running);
    const [removed, names] = await Promise.allSettled([removeWork(folders), temporary.removeAll()]);
    const say = (line: string) => this.#solver.say(line);
    if (removed.status === "rejected") say(`The step's folder was not removed: ${String(removed.reason)}`);
    if (names.status === "rejected") say(`The staging image was not removed: ${String(names.reason)}`);
    // A build that failed had nothing to name.
    else if (!names.value.ok && !/no such image/i.test(names.value.reason))
      say(`The staging image was not removed: ${names.value.reason}`);
  }
}

/** A task whose result is awaited later: until then its failure is not an unhandled rejection. */
function awaitedLater<T>(task: Promise<T>): Promise<T> {
  task.catch(() => {});
  return task;
}
