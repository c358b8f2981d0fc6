/** Runs solves: again where the image is not at fault, and until an answer can be believed. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { importsCaches, type Solve, withoutCaches } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import type { Docker, Solved } from "../docker/docker.ts";
import { type Event, type Progress, stepIn } from "../docker/progress.ts";
import { cancelled, Failure } from "../failure.ts";
import { type Blame, blame } from "./blame.ts";
import { KEPT } from "./names.ts";

interface Parts {
  readonly docker: Docker;
  readonly builder: Builder;
  /** Each solve gets a folder of its own in it. */
  readonly folder: string;
  /** Makes a listener for one solve's progress. */
  readonly listen: () => (event: Event) => void;
  readonly say: (line: string) => void;
  /** Ends solves whose answer is no longer needed. */
  readonly signal?: AbortSignal;
}

/**
 * BuildKit moves the kept name to a new image, and fails when another run has made that name at the same moment (measured:
 * in 8 of 25 tries with four builds at once). From then on the name exists and can be moved.
 */
const NAME_COLLISION = new RegExp(`image "[^"]*${KEPT}[^"]*": already exists`);
const TRIES_FOR_A_NAME = 4;

/** Runs solves on one builder. */
export class Solver {
  readonly #parts: Parts;
  /** Solves that bring layers, each run once. */
  readonly #brought: Map<Solve, Promise<Solved>>;

  constructor(parts: Parts, brought = new Map<Solve, Promise<Solved>>()) {
    this.#parts = parts;
    this.#brought = brought;
  }

  get builder(): Builder {
    return this.#parts.builder;
  }

  get docker(): Docker {
    return this.#parts.docker;
  }

  get folder(): string {
    return this.#parts.folder;
  }

  say(line: string): void {
    this.#parts.say(line);
  }

  /** The same, with other parts. */
  with(parts: Partial<Parts>): Solver {
    return new Solver({ ...this.#parts, ...parts }, this.#brought);
  }

  /** The same, with the solves' folders in a folder of that name. */
  within(name: string): Solver {
    return this.with({ folder: join(this.folder, name) });
  }

  /** The same, with each event of the progress changed, or left out where the result is undefined. */
  hearing(change: (event: Event) => Event | undefined): Solver {
    const listen = () => {
      const hear = this.#parts.listen();
      return (event: Event) => {
        const changed = change(event);
        if (changed !== undefined) hear(changed);
      };
    };
    return this.with({ listen });
  }

  /** The same, without its progress in the log. */
  quiet(): Solver {
    return this.hearing(() => undefined);
  }

  /**
   * Runs a solve. One that hangs, or fails for what may be a cache's fault, is tried once more without the caches of other
   * machines.
   * @param name of the solve's folder
   * @throws {Failure} `Build failed` when it hangs again, `Cancelled`
   */
  async solve(name: string, solve: Solve): Promise<Solved> {
    const first = await this.solveOnce(name, solve);
    const fault = faultOfCaches(first, solve);
    if (fault === undefined) return first;
    this.say(`${fault} Trying once more, without external caches.`);
    const second = await this.solveOnce(name, withoutCaches(solve));
    if (second.ok || second.why !== "idle") return second;
    throw new Failure(
      "Build failed",
      `The builder ${this.builder.name} took the build twice and did not start a step. Restart it ` +
        "(`docker buildx inspect --bootstrap`), or use another one.",
    );
  }

  /**
   * Runs a solve, again only while another run takes the app's kept name at the same moment.
   * @throws {Failure} `Cancelled`
   */
  async solveOnce(name: string, solve: Solve): Promise<Solved> {
    const { docker, builder, folder, listen, signal } = this.#parts;
    const hear = listen();
    for (let tries = 1; ; tries++) {
      const solved = await docker.bake(solve, { builder, folder: join(folder, name), hear, signal });
      if (solved.ok || solved.why === "idle") return solved;
      if (solved.why === "cancelled") throw cancelled();
      if (!NAME_COLLISION.test(solved.stderr) || tries === TRIES_FOR_A_NAME) return solved;
      this.say("Another run named the app's kept image at the same moment. Trying again.");
    }
  }

  /** Makes the builder bring the layers of an image that it has only by name. */
  async bring(layers: Solve): Promise<void> {
    if (!this.#brought.has(layers))
      this.say("The image's layers are still in the build cache's registry: fetching them.");
    // Images of several checks may be brought at the same time.
    const name = `layers-${this.#brought.size + 1}`;
    const bringing = this.#brought.get(layers) ?? this.quiet().solveOnce(name, layers);
    this.#brought.set(layers, bringing);
    await bringing;
  }
}

/**
 * What a builder says of a layer that an imported cache names and no longer has. It says so of the step that needs the layer,
 * as if that had failed (measured with BuildKit 0.33, a registry and a deleted blob).
 */
const LOST_LAYER =
  /failed to copy: |could not fetch content descriptor|content (digest )?sha256:[0-9a-f]{64}: not found|httpReadSeeker/;

/**
 * A sentence that says why a solve may succeed without the caches of other machines. Undefined when it succeeded, or when
 * they are not at fault: a step of the Dockerfile ran and failed.
 */
function faultOfCaches(solved: Solved, solve: Solve): string | undefined {
  if (solved.ok) return undefined;
  if (solved.why === "idle") return "The build made no progress for two minutes.";
  if (solved.why !== "failed" || !importsCaches(solve) || NAME_COLLISION.test(solved.stderr))
    return undefined;
  const found = blame(solved.progress, solved.stderr);
  const isFault = found.part === "builder" || found.part === "layers" || LOST_LAYER.test(found.reason);
  return isFault ? `The build failed, and no step of the Dockerfile did: ${found.reason}.` : undefined;
}

/** One question that containers of a solve answer in files. */
export interface Question<T> {
  /** Of the solve's folder. */
  readonly name: string;
  /** Where the solve exports to. It is emptied first: what an earlier solve left is no answer of this one. */
  readonly folder: string;
  /** @param again the step that answers must not come from the builder's cache */
  readonly plan: (again: boolean) => Solve;
  /** Whether a step, by its name, is the one that answers. */
  readonly answers: (name: string) => boolean;
  /** Reads what the containers left. Untrusted: with limits, and never through links. */
  readonly read: (progress: Progress, cached: boolean) => Promise<T>;
  /** Whether an answer counts although it comes from the cache. BuildKit would keep a time-out for ever. */
  readonly believes: (answer: T) => boolean;
  /** Makes the builder bring the layers of the image that it runs in. */
  readonly layers?: Solve | undefined;
}

export type Answered<T> =
  | { readonly ok: true; readonly answer: T; readonly cached: boolean }
  /** A step took longer than its limit. */
  | { readonly ok: false; readonly why: "step"; readonly progress: Progress }
  | { readonly ok: false; readonly why: "failed"; readonly blame: Blame; readonly progress: Progress };

/**
 * Solves, and reads what the containers left. A cached answer that is not believed is asked for once more, and so is one
 * for which the builder lacked the image's layers.
 * @throws {Failure} `Cancelled`, or what `read` throws
 */
export async function solveAndRead<T>(solver: Solver, question: Question<T>): Promise<Answered<T>> {
  const first = await askOnce(solver, question, false);
  if (!first.ok || !first.cached || question.believes(first.answer)) return first;
  solver.say("The builder's cache holds a failed check: checking again.");
  return askOnce(solver, question, true);
}

async function askOnce<T>(solver: Solver, question: Question<T>, again: boolean): Promise<Answered<T>> {
  const { name, folder, plan, answers, read, layers } = question;
  for (let brought = false; ; brought = true) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const solved = await solver.solve(name, plan(again));
    const { progress } = solved;
    if (solved.ok) {
      // What cannot be found out counts as cached.
      const cached = stepIn(progress.vertexes, answers)?.cached ?? true;
      return { ok: true, answer: await read(progress, cached), cached };
    }
    if (solved.why === "step") return { ok: false, why: "step", progress };
    const found = blame(progress, solved.stderr);
    if (found.part !== "layers" || layers === undefined || brought)
      return { ok: false, why: "failed", blame: found, progress };
    await solver.bring(layers);
  }
}
