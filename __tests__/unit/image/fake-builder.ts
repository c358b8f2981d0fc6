/** A builder for tests: it answers each solve with the next of some answers, and remembers what it was asked. */
import type { Solve } from "../../../src/docker/bake.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import type { BakeOptions, Docker, Solved, TargetMetadata } from "../../../src/docker/docker.ts";
import type { Event } from "../../../src/docker/progress.ts";
import { Solver } from "../../../src/image/solver.ts";
import { type Step, solve } from "../docker/solves.ts";
import { CONTAINERD } from "../samples.ts";

/** A solve that ended well. */
export function solved(
  steps: readonly Step[] = [],
  metadata: Readonly<Record<string, TargetMetadata>> = {},
): Solved {
  return { ok: true, metadata, progress: solve(steps, "").progress };
}

/** A solve that failed, with the plain lines at its end. */
export function failed(plain: string, steps: readonly Step[] = []): Solved {
  return { ok: false, why: "failed", ...solve(steps, plain) };
}

/** A solve that was ended: it hung, a step took too long, or the job was cancelled. */
export function ended(why: "idle" | "step" | "cancelled", steps: readonly Step[] = []): Solved {
  return { ok: false, why, ...solve(steps, "") };
}

type Answer = Solved | ((solve: Solve, options: BakeOptions) => Solved | Promise<Solved>);

export class FakeBuilder {
  /** The solves, in their order. */
  readonly asked: Solve[] = [];
  /** The folder of each. */
  readonly folders: string[] = [];
  readonly said: string[] = [];
  /** What the log heard of the solves' progress. */
  readonly heard: Event[] = [];
  readonly docker: Docker;
  readonly #answers: Answer[];

  /** @param more other commands of Docker */
  constructor(answers: readonly Answer[], more: Partial<Docker> = {}) {
    this.#answers = [...answers];
    this.docker = {
      ...more,
      bake: (solve: Solve, options: BakeOptions) => this.#bake(solve, options),
    } as Docker;
  }

  solver({ folder = "/tmp", builder = CONTAINERD }: { folder?: string; builder?: Builder } = {}): Solver {
    return new Solver({
      docker: this.docker,
      builder,
      folder,
      listen: () => (event) => this.heard.push(event),
      say: (line) => this.said.push(line),
    });
  }

  async #bake(solve: Solve, options: BakeOptions): Promise<Solved> {
    this.asked.push(solve);
    this.folders.push(options.folder);
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error(`Solve ${this.asked.length} was not expected`);
    return typeof answer === "function" ? answer(solve, options) : answer;
  }
}
