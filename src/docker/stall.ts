/**
 * Detects a solve in which BuildKit hangs: it takes the solve and starts no step (seen once in some hundred solves), or it
 * waits for a cache server that does not answer. Any progress resets the timer. A step that is merely silent is left
 * alone: a compiler may be.
 */
import type { Solve } from "./bake.ts";
import type { Activity, Progress } from "./progress.ts";
import { readStep } from "./steps.ts";

/** Seconds without any progress, while no step runs, after which a solve counts as hanging. */
const IDLE_SECONDS = 120;
const LOOK_EVERY_MS = 2000;

/** Why a solve was ended: it made no progress, or one step took longer than it may. */
export type StallReason = "idle" | "step";

/** Whether a solve hangs, by what is active in it. Pure. */
export function judge(
  { movedAgo, anyDone, running }: Activity,
  { limit, sends = false }: Pick<Solve, "limit" | "sends">,
): StallReason | undefined {
  if (limit && running.some(({ name, startedAgo }) => limit.step(name) && startedAgo > limit.seconds))
    return "step";
  if (sends && anyDone && running.length === 0) return undefined;
  const waitsOnly = running.every(({ name }) => readStep(name).kind === "cache");
  return waitsOnly && movedAgo > IDLE_SECONDS ? "idle" : undefined;
}

/** Aborts its signal when a solve hangs, and has its progress report that silent steps go on. */
export class StallDetector {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  readonly #timer: NodeJS.Timeout;
  #reason: StallReason | undefined;

  constructor(progress: Progress, solve: Pick<Solve, "limit" | "sends">) {
    this.#timer = setInterval(() => {
      progress.signOfLife();
      this.#reason ??= judge(progress.activity(), solve);
      if (this.#reason !== undefined) this.#controller.abort();
    }, LOOK_EVERY_MS);
  }

  get reason(): StallReason | undefined {
    return this.#reason;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
