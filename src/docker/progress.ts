/**
 * BuildKit's progress as data: `--progress=rawjson` writes one JSON object a line on standard error, each
 * with partial updates of vertexes, statuses, logs and warnings; later ones win. After them, on a failure,
 * come plain lines: the excerpt of the Dockerfile and `ERROR: …`.
 */
import { performance } from "node:perf_hooks";
import { StringDecoder } from "node:string_decoder";
import { Lines, Tail } from "../process/process.ts";
import { decoded, parse, type RawStatus, type RawVertex, type RawWarning } from "./rawjson.ts";

/** Characters of a step's log that are kept for an error message. */
const LOG_KEPT = 16 * 1024;
/** Characters after which a line that does not end is reported all the same. */
const LONGEST_LINE = 64 * 1024;
/** Plain lines that are kept; the excerpt and the last word come last. */
const LINES_KEPT = 2000;

/** Milliseconds without output after which a running step is reported again. */
export const SILENT_MS = 20_000;

/** One step of the graph. Steps that targets share carry one name a target. */
export interface Vertex {
  readonly digest: string;
  readonly names: ReadonlySet<string>;
  /** Milliseconds since the epoch, by the builder's clock. */
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly cached: boolean;
  readonly error: string | undefined;
  /** The end of what the step printed. */
  readonly log: string;
}

/** The first of the steps that goes by such a name; steps that targets share carry several. */
export function stepIn<V extends Pick<Vertex, "names">>(
  vertexes: readonly V[],
  isIt: (name: string) => boolean,
): V | undefined {
  return vertexes.find(({ names }) => [...names].some(isIt));
}

/** Seconds that a step took, as far as it is known to have begun and ended. */
export function secondsOf(vertex: Pick<Vertex, "started" | "completed"> | undefined): number {
  const { started, completed } = vertex ?? {};
  return started === undefined || completed === undefined ? 0 : Math.max(0, (completed - started) / 1000);
}

/** What a listener hears while the build runs. */
export type Event =
  | { readonly type: "started"; readonly step: string; readonly name: string }
  /** It goes on without output: a sign of life. */
  | {
      readonly type: "running";
      readonly step: string;
      readonly name: string;
      readonly seconds: number;
      readonly bytes: number;
      /** What an export is doing: `pushing layers`. Empty when BuildKit does not say. */
      readonly doing: string;
    }
  | { readonly type: "log"; readonly step: string; readonly name: string; readonly line: string }
  | {
      readonly type: "completed";
      /** Digest of the step: the same one in every solve that needs it. */
      readonly step: string;
      readonly name: string;
      readonly cached: boolean;
      readonly seconds: number;
      readonly error: string | undefined;
      /** Milliseconds since the epoch, by the builder's clock. */
      readonly started: number;
      /** Digests of the steps that it waited for. */
      readonly inputs: readonly string[];
      /** Bytes that it moved over the network, as far as BuildKit says. */
      readonly bytes: number;
    }
  | { readonly type: "warning"; readonly warning: BuildWarning };

/** A rule of `docker build --check` that a Dockerfile breaks. */
export interface BuildWarning {
  /** `FromAsCasing: 'As' and 'from' keywords' casing do not match`. */
  readonly message: string;
  readonly detail: string;
  readonly url: string;
  /** The whole text of the Dockerfile that is meant: a build may have several, and one of them is ours. */
  readonly source: string;
  readonly line: number;
}

class LiveVertex implements Vertex {
  readonly digest: string;
  readonly names = new Set<string>();
  started: number | undefined;
  completed: number | undefined;
  cached = false;
  error: string | undefined;
  /** It goes on: also after it was completed, for an export is taken up again to push (moby/buildkit 6587). */
  running = false;
  /** Since when, by our own clock, in milliseconds: the builder's may be another machine's. */
  seen = 0;
  /** When something was last heard of it, by the same clock. */
  heard = 0;
  inputs: readonly string[] = [];
  /** Bytes by what is moved: a layer, the build context. */
  readonly moved = new Map<string, number>();
  /** The parts of an export that are under way. */
  readonly parts = new Set<string>();
  readonly tail = new Tail(LOG_KEPT);
  readonly lines: Lines;
  /** A character may be cut in two by the end of a record. */
  readonly decoder = new StringDecoder("utf8");

  constructor(digest: string, hear: (event: Event) => void) {
    this.digest = digest;
    this.lines = new Lines(
      (line) => hear({ type: "log", step: digest, name: this.name, line }),
      LONGEST_LINE,
    );
  }

  get log(): string {
    return this.tail.text();
  }

  get bytes(): number {
    return [...this.moved.values()].reduce((sum, one) => sum + one, 0);
  }

  get name(): string {
    return this.names.values().next().value ?? this.digest;
  }
}

/** What is active in a solve at one moment. Times are seconds ago. */
export interface Activity {
  readonly movedAgo: number;
  /** Whether a step is done. */
  readonly anyDone: boolean;
  readonly running: readonly { readonly name: string; readonly startedAgo: number }[];
}

export class Progress {
  readonly #vertexes = new Map<string, LiveVertex>();
  readonly #plain: string[] = [];
  readonly #hear: (event: Event) => void;
  #moved = performance.now();

  constructor(hear: (event: Event) => void = () => {}) {
    this.#hear = hear;
  }

  /** Takes one line of standard error. */
  line(line: string): void {
    const update = line.startsWith("{") ? parse(line) : undefined;
    if (update === undefined) {
      this.#plain.push(line);
      if (this.#plain.length > 2 * LINES_KEPT) this.#plain.splice(0, LINES_KEPT);
      return;
    }
    this.#moved = performance.now();
    for (const vertex of update.vertexes) this.#vertex(vertex);
    for (const status of update.statuses) this.#status(status);
    for (const log of update.logs) this.#log(log);
    for (const warning of update.warnings) this.#warning(warning);
  }

  get vertexes(): Vertex[] {
    return [...this.#vertexes.values()];
  }

  /** The lines that are not progress: the Dockerfile's excerpt and the last word. */
  get plain(): readonly string[] {
    return this.#plain.slice(-LINES_KEPT);
  }

  /** What is active at this moment, and since when. */
  activity(): Activity {
    const ago = (time: number) => (performance.now() - time) / 1000;
    const running = [...this.#vertexes.values()]
      .filter(({ running }) => running)
      .map(({ name, seen }) => ({ name, startedAgo: ago(seen) }));
    const anyDone = [...this.#vertexes.values()].some(({ completed }) => completed !== undefined);
    return { movedAgo: ago(this.#moved), anyDone, running };
  }

  /** Reports the steps that go on without output. To be called every few seconds. */
  signOfLife(): void {
    const now = performance.now();
    for (const vertex of this.#vertexes.values()) {
      const { seen, running, heard, digest: step, name, bytes, parts } = vertex;
      if (!running || now - heard < SILENT_MS) continue;
      vertex.heard = now;
      const seconds = (now - seen) / 1000;
      this.#hear({ type: "running", step, name, seconds, bytes, doing: [...parts].join(", ") });
    }
  }

  #vertex(raw: RawVertex): void {
    if (!raw.digest) return;
    const vertex = this.#vertexes.get(raw.digest) ?? new LiveVertex(raw.digest, this.#hear);
    this.#vertexes.set(raw.digest, vertex);
    if (raw.name) vertex.names.add(raw.name);
    if (Array.isArray(raw.inputs)) vertex.inputs = raw.inputs.map(String);
    const wasStarted = vertex.started !== undefined;
    const wasCompleted = vertex.completed !== undefined;
    // What began before its end is the same news from another target's solve.
    const began = raw.started ? Date.parse(raw.started) : Number.NEGATIVE_INFINITY;
    if (raw.started && !raw.completed && !vertex.running && began >= (vertex.completed ?? began)) {
      vertex.running = true;
      vertex.seen = performance.now();
      vertex.heard = vertex.seen;
    }
    if (raw.started) vertex.started ??= began;
    if (raw.error) vertex.error = raw.error;
    if (raw.completed) {
      vertex.running = false;
      vertex.completed = Date.parse(raw.completed);
      // Only the last record of a vertex counts: a step may start and complete several times.
      vertex.cached = raw.cached === true;
    }
    // A cached step starts and completes in one record: only its end is news.
    if (!wasStarted && vertex.started !== undefined && vertex.completed === undefined)
      this.#hear({ type: "started", step: vertex.digest, name: vertex.name });
    if (!wasCompleted && vertex.completed !== undefined) {
      vertex.lines.end();
      const { name, cached, error, inputs, bytes, digest: step, started = vertex.completed } = vertex;
      const seconds = secondsOf(vertex);
      this.#hear({ type: "completed", step, name, cached, seconds, error, started, inputs, bytes });
    }
  }

  /**
   * A layer that comes (`sha256:…`) or the build context, with bytes; or a part of an export, which has none
   * (moby/buildkit issue 3192).
   */
  #status({ id = "", vertex = "", current, completed }: RawStatus): void {
    const live = this.#vertexes.get(vertex);
    if (typeof current === "number" && /^(sha256:|transferring )/.test(id)) live?.moved.set(id, current);
    if (!/^(exporting|pushing|unpacking|sending) /.test(id)) return;
    if (completed) live?.parts.delete(id);
    else live?.parts.add(id);
  }

  #warning({ short, detail, url = "", sourceInfo, range }: RawWarning): void {
    const line = range?.[0]?.start?.line;
    if (!short || !sourceInfo?.data || line === undefined) return;
    const details = Array.isArray(detail) ? detail.map((one) => decoded(String(one))) : [];
    const warning = {
      message: decoded(short).replace(/ \(line \d+\)$/, ""),
      detail: details.join("\n"),
      url,
      source: decoded(sourceInfo.data),
      line,
    };
    this.#hear({ type: "warning", warning });
  }

  #log({ vertex: digest = "", data }: { vertex?: string; data?: string }): void {
    const vertex = this.#vertexes.get(digest);
    if (vertex === undefined || !data) return;
    const text = vertex.decoder.write(Buffer.from(data, "base64"));
    vertex.tail.add(text);
    vertex.heard = performance.now();
    vertex.lines.add(text);
  }
}
