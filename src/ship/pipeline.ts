/**
 * The step for a request that is valid: build, check, require a pass, push, check again what the builder built again, tag,
 * load, clean up. `run()` names each chapter; whoever has read it knows the product.
 */
import { performance } from "node:perf_hooks";
import type { CaddyAnswers } from "../checks/caddy/run.ts";
import { mergeAnswers, mergePlatforms } from "../checks/platforms.ts";
import { conclude, type Verdict } from "../checks/verdict.ts";
import type { Look } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import { blame } from "../image/blame.ts";
import { type BuiltImage, builtImage, type PushedImage } from "../image/built-image.ts";
import { buildFailure } from "../image/failures.ts";
import { areSeveral } from "../image/platforms.ts";
import type { Solver } from "../image/solver.ts";
import { planBuild } from "../image/target.ts";
import { Publisher, type Pushed } from "../publish/publish.ts";
import type { Results } from "../reporters/outcome.ts";
import { sayers } from "../reporters/say.ts";
import { checksFailedText, couldNotRunText, imageText } from "../reporters/text.ts";
import { ref } from "../request/reference.ts";
import { exportCache } from "./cache-export.ts";
import { askCaddy, ImageChecks } from "./image-checks.ts";
import { ImageLayers } from "./image-layers.ts";
import { type Prepared, removeWork } from "./prepare.ts";

/** Milliseconds after which a look at the registry is taken again before anything is written. */
const LOOK_IS_GOOD_FOR = 10_000;

/** A look at the tag, and when it was taken. */
interface Looked {
  readonly look: Look;
  readonly at: number;
}

export class Pipeline {
  readonly #step: Prepared;
  /** Ends solves whose answer is no longer needed. */
  readonly #stop = new AbortController();
  readonly #solver: Solver;
  readonly #publisher: Publisher;
  readonly #layers: ImageLayers;
  /** What runs next to the chapters. Nothing of it may outlive the step. */
  readonly #running: Promise<unknown>[] = [];
  #cache: Promise<void> = Promise.resolve();
  #results: Results = {};

  constructor(step: Prepared) {
    this.#step = step;
    this.#solver = step.solver.with({ signal: this.#stop.signal });
    this.#layers = new ImageLayers(step);
    const { source, solver, temporary, world } = step;
    const { docker, log, signal } = world;
    this.#publisher = new Publisher({
      docker,
      source,
      solver,
      temporary,
      signal,
      pushing: (image) => void this.#start(this.#saySize(image)),
      say: (line) => log.line(line),
      ...sayers(log),
    });
  }

  /** What the chapters have learned so far. */
  get results(): Results {
    return this.#results;
  }

  /**
   * Runs the step. What each chapter learns is in the results, also when a later one fails.
   * @throws {Failure} the one error that the step ends with
   */
  async run(): Promise<void> {
    const { request } = this.#step;
    try {
      // Caddy needs nothing of the image, so it starts with the build.
      const caddy = this.#start(askCaddy(this.#step, this.#solver));
      const tag = awaitedLater(this.#lookAtTag());
      let image = await this.#build();
      this.#cache = awaitedLater(exportCache(this.#step));
      this.#requirePass(await this.#check(image, caddy));
      if (request.push.push) {
        const began = performance.now();
        const pushed = await this.#push(image, await tag);
        if (pushed.at === "digest" && pushed.differs) image = await this.#recheck(pushed.differs, caddy);
        await this.#tag(pushed, image, began);
      }
      if (request.load) await this.#load(image);
      await this.#confirm();
    } finally {
      await this.#cleanUp();
    }
  }

  /** Waits until the build cache is written. The verdict and the tag do not wait for it, so this comes after the report. */
  finish(): Promise<void> {
    return this.#cache;
  }

  /** Builds the image. Nothing leaves the builder. */
  async #build(): Promise<BuiltImage> {
    const { request, source, world } = this.#step;
    const { builder, platforms } = source;
    world.log.group(`Build and check ${request.app} with ${builder.name}, a ${builder.driver} builder`);
    const solved = await this.#solver.solve("build", planBuild(source));
    if (!solved.ok) throw buildFailure(blame(solved.progress, solved.stderr), request.build);
    const image = builtImage(solved.metadata, builder, platforms);
    this.#learn({ image });
    return image;
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
    const checks = new ImageChecks(this.#step, image, within);
    const [django, commands, { answers, agree }] = await Promise.all([
      this.#onEach((platform) => checks.django(platform)),
      this.#onEach((platform) => checks.commands(platform)),
      caddy,
    ]);
    const examination = mergePlatforms(django);
    const ofCaddy = [...answers, ...agree(examination)];
    const all = [...examination.answers, ...ofCaddy, ...mergeAnswers(commands)];
    const concluded = conclude(all, this.#step.request, examination.project);
    const isUnseen = !examination.started && concluded.status === "passed";
    const verdict: Verdict = isUnseen ? { ...concluded, status: "error" } : concluded;
    this.#learn({ verdict });
    return verdict;
  }

  /** Asks a check on each platform that the builder runs natively, at the same time. */
  #onEach<T>(check: (platform: string) => Promise<T>): Promise<readonly [Awaited<T>, ...Awaited<T>[]]> {
    const [first, ...others] = this.#step.source.platforms.checked;
    return Promise.all([this.#start(check(first)), ...others.map((one) => this.#start(check(one)))]);
  }

  /** @throws {Failure} when the verdict is not a pass */
  #requirePass(verdict: Verdict, consequence?: string): void {
    const { failLevel } = this.#step.request;
    if (verdict.status === "failed")
      throw new Failure("Checks failed", checksFailedText(verdict, failLevel, consequence));
    if (verdict.status !== "error") return;
    const why = [couldNotRunText(verdict), consequence].filter((text) => text !== undefined);
    throw new Failure("Checks could not run", why.join("\n"));
  }

  async #push(image: BuiltImage, looked: Looked | undefined): Promise<Pushed> {
    const { request, world } = this.#step;
    world.log.group(`Publish ${request.image}`);
    this.#learn({ publishing: true });
    this.#start(this.#layers.of(image));
    // Before a tag is written it is looked up again: only one that is there already may have moved since.
    const isGood =
      looked?.look.state === "free" || (looked && performance.now() - looked.at < LOOK_IS_GOOD_FOR);
    return this.#publisher.push(image, isGood ? looked?.look : undefined);
  }

  /** BuildKit does not report the bytes that it pushes (moby/buildkit issue 3192): the image's size is their upper bound. */
  async #saySize(image: BuiltImage): Promise<void> {
    const size = imageText({ layers: await this.#layers.of(image) });
    if (size !== "" && !areSeveral(this.#step.source.platforms)) this.#solver.say(size);
  }

  /**
   * Checks the image that the builder built again, and pushed in place of the one that was checked.
   * @returns that image, once it passed
   */
  async #recheck(pushed: PushedImage, caddy: Promise<CaddyAnswers>): Promise<PushedImage> {
    this.#solver.say(
      `The builder did not find the image in its cache and built another: ${pushed.digest} is checked before it gets a tag.`,
    );
    this.#learn({ image: pushed });
    const again = this.#solver.within("pushed");
    const verdict = await this.#check(pushed, caddy, again).catch((error) => {
      // What the builder says of an image in the registry is not the Dockerfile's fault.
      if (!(error instanceof Failure) || error.kind !== "Build failed") throw error;
      throw new Failure(
        "Publish failed",
        `${pushed.pinned} was pushed in place of what was checked, could not be checked itself, and gets no tag: ${error.message}`,
      );
    });
    this.#start(this.#layers.of(pushed));
    this.#requirePass(verdict, `${pushed.pinned} was pushed in place of what was checked, and gets no tag.`);
    return pushed;
  }

  async #tag(pushed: Pushed, image: BuiltImage, began: number): Promise<void> {
    const release = await this.#publisher.tag(pushed, image);
    this.#learn({ release });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    this.#solver.say(`${release.ref} ${release.how}, and read back at ${release.digest}, in ${seconds} s`);
  }

  /** The tag still has what was released. Otherwise there is no release. */
  async #confirm(): Promise<void> {
    const { release } = this.#results;
    if (release === undefined) return;
    await this.#publisher.confirm(release).catch((error) => {
      this.#learn({ release: undefined });
      throw error;
    });
  }

  /** Puts the image into the local engine, under its ref. */
  async #load(image: BuiltImage): Promise<void> {
    const { request } = this.#step;
    const { release } = this.#results;
    const name = release?.ref ?? ref(request.image, request.tag);
    await this.#publisher.load(image, name).catch((error) => {
      if (!release || !(error instanceof Failure)) throw error;
      throw new Failure(
        error.kind,
        `${release.ref} is released, but could not be loaded into the local engine: ${error.message}`,
        error.place,
      );
    });
    this.#learn({ loaded: [name] });
  }

  #learn(more: Results): void {
    this.#results = { ...this.#results, ...more };
  }

  /** A task that runs next to the chapters, and must have ended before the step's folder is removed. */
  #start<T>(task: Promise<T>): Promise<T> {
    this.#running.push(task);
    return awaitedLater(task);
  }

  /** Nothing in here may hide why the step ended, so a fault is only a line in the log. */
  async #cleanUp(): Promise<void> {
    const { folders, temporary } = this.#step;
    const { image } = this.#results;
    const layers = image === undefined ? undefined : this.#layers.of(image);
    this.#stop.abort();
    await Promise.allSettled(this.#running);
    this.#learn({ layers: await layers });
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
