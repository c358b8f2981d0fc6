/** The engine's push as people watch it: each layer when it has arrived, its bytes, and a sign of life in between. */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Done, PushedLayer } from "../docker/docker.ts";
import type { Sizes } from "../docker/manifests.ts";
import { SILENT_MS } from "../docker/progress.ts";
import { sizeText } from "../docker/words.ts";

/** Where the sizes of an image's layers come from, and when they can be asked for. */
export interface LayerSizes {
  /** `before` the push, or only `afterwards`, in the registry. */
  readonly known: "before" | "afterwards";
  /** Empty when they cannot be found out. That is never worth a failure. */
  readonly sizes: () => Promise<Sizes>;
}

/** Milliseconds after which a push is worth watching. Only then the sizes of its layers are asked for. */
const WATCHED_MS = 1000;

/** Milliseconds that the end of a push waits for the sizes. */
const PATIENCE_MS = 2000;

/** One push, with all its tries. */
export class PushProgress {
  readonly #layers: LayerSizes;
  readonly #say: (line: string) => void;
  readonly #arrived = new Map<string, PushedLayer>();
  readonly #began = performance.now();
  #sizes: Sizes = new Map();
  #weighing: Promise<void> | undefined;

  constructor(layers: LayerSizes, say: (line: string) => void) {
    this.#layers = layers;
    this.#say = say;
  }

  /** Reports one try while it goes on. */
  async watch(push: (hear: (layer: PushedLayer) => void) => Promise<Done>): Promise<Done> {
    const early = this.#layers.known === "before";
    const asking = early ? setTimeout(() => this.#weigh(), WATCHED_MS) : undefined;
    const living = setInterval(() => this.#signOfLife(), SILENT_MS);
    try {
      return await push((layer) => {
        // A second try finds what the first one brought: that was pushed all the same.
        if (!this.#arrived.has(layer.id)) this.#arrived.set(layer.id, layer);
        const bytes = this.#bytesOf(layer);
        this.#say(`${layer.id}: ${layer.how}${bytes === 0 ? "" : `, ${sizeText(bytes)}`}`);
      });
    } finally {
      clearTimeout(asking);
      clearInterval(living);
    }
  }

  /** Says how many bytes were pushed, after a push that was worth watching. */
  async sum(): Promise<void> {
    if (performance.now() - this.#began < WATCHED_MS) return;
    // The tag is there: the step does not wait long for figures.
    await Promise.race([this.#weigh(), sleep(PATIENCE_MS, undefined, { ref: false })]);
    if (this.#sizes.size === 0) return;
    const all = [...this.#arrived.values()];
    const pushed = this.#together(all.filter(({ how }) => how === "Pushed"));
    const there = this.#together(all.filter(({ how }) => how !== "Pushed"));
    this.#say(`${pushed} pushed; the registry had ${there}`);
  }

  #weigh(): Promise<void> {
    this.#weighing ??= this.#layers.sizes().then(
      (sizes) => {
        this.#sizes = sizes;
      },
      () => {},
    );
    return this.#weighing;
  }

  #signOfLife(): void {
    const all = [...this.#arrived.values()];
    const whole = [...this.#sizes.values()].reduce((sum, one) => sum + one, 0);
    const layers = all.length === 1 ? "1 layer is" : `${all.length} layers are`;
    const far = whole === 0 ? layers : `${this.#together(all)} of ${sizeText(whole)} are`;
    const seconds = (performance.now() - this.#began) / 1000;
    this.#say(`pushing … still running, ${seconds.toFixed(0)} s, ${far} in the registry`);
  }

  #together(layers: readonly PushedLayer[]): string {
    return sizeText(layers.reduce((sum, one) => sum + this.#bytesOf(one), 0));
  }

  #bytesOf({ id }: PushedLayer): number {
    for (const [digest, bytes] of this.#sizes) if (digest.startsWith(`sha256:${id}`)) return bytes;
    return 0;
  }
}
