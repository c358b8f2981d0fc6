/**
 * What the solves did, step by step, gathered while they run. Solves share steps, so they are merged by
 * digest: a step counts with what it cost the first time, also when a later solve has it from the cache.
 */
import type { BuildWarning, Event } from "../docker/progress.ts";

/** One step that is done. */
export type Step = Extract<Event, { type: "completed" }>;

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
    const known = this.#steps.get(event.step);
    if (known !== undefined && (event.cached || known.seconds >= event.seconds)) return;
    this.#steps.set(event.step, { ...event, name: known?.name ?? event.name });
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
