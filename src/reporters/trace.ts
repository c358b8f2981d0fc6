/**
 * What the solves did, step by step, gathered while they run. Solves share steps, so they are merged by
 * digest: a step counts with what it cost the first time, also when a later solve has it from the cache.
 */
import type { BuildWarning, Event } from "../docker/progress.ts";

/** One step that is done. */
export interface Step {
  readonly digest: string;
  /** As BuildKit prints it, with bake's target: `[image build 3/7] RUN make`. */
  readonly name: string;
  /** Milliseconds since the epoch, by the builder's clock. */
  readonly started: number;
  readonly seconds: number;
  readonly cached: boolean;
  readonly failed: boolean;
  readonly inputs: readonly string[];
  readonly bytes: number;
}

export class Trace {
  readonly #steps = new Map<string, Step>();
  readonly #warnings = new Map<string, BuildWarning>();

  /** Takes an event of any solve. */
  hear(event: Event): void {
    if (event.type === "warning") {
      const { source, line, message } = event.warning;
      this.#warnings.set(JSON.stringify([source, line, message]), event.warning);
    }
    if (event.type !== "completed") return;
    const { step: digest, name, started, seconds, cached, error, inputs, bytes } = event;
    const known = this.#steps.get(digest);
    if (known !== undefined && (cached || known.seconds >= seconds)) return;
    this.#steps.set(digest, {
      digest,
      name: known?.name ?? name,
      started,
      seconds,
      cached,
      failed: error !== undefined,
      inputs,
      bytes,
    });
  }

  /** Every step, by its beginning. */
  get steps(): readonly Step[] {
    return [...this.#steps.values()].sort((a, b) => a.started - b.started);
  }

  /** What `docker build --check` says, each once, of every Dockerfile of the build. */
  get warnings(): readonly BuildWarning[] {
    return [...this.#warnings.values()];
  }
}
