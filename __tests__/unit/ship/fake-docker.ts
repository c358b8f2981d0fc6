/**
 * Docker in memory: a builder that keeps images, an engine and a registry. It answers each solve by what the solve asks for,
 * writes the files that the solve exports to, and prints BuildKit's progress. Any call can be held back.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BakeTarget, Solve } from "../../../src/docker/bake.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import type { BakeOptions, Docker, Solved, TargetMetadata } from "../../../src/docker/docker.ts";
import { Progress } from "../../../src/docker/progress.ts";
import type { Digest } from "../../../src/request/request.ts";
import { FakeRegistry } from "../publish/registry.ts";
import { type FakeImage, fakeImage, indexOf } from "./fake-image.ts";
import { BUILT, caddySays, commandsEnd, examined, type Reply } from "./replies.ts";

/** A call that was held back. */
export interface Held {
  /** Resolves when the call has come. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

interface Hold extends Held {
  readonly call: string;
  readonly come: () => void;
  readonly released: Promise<void>;
}

export class FakeDocker implements Docker {
  readonly calls = [];
  readonly registry = new FakeRegistry();
  /** Cancels the job. */
  readonly job = new AbortController();
  /** Solves, looks and changes in their order: `build`, `look ghcr.io/…`, `push ghcr.io/…`. */
  readonly asked: string[] = [];
  /** Each solve with its name in `asked`. */
  readonly solves: { readonly call: string; readonly solve: Solve }[] = [];
  /** Solves that were ended before they were done. */
  readonly ended: string[] = [];
  /** The image of a platform as it is built, pushed and loaded. */
  built = (platform: string) => fakeImage(`shop for ${platform}`);
  pushed = (platform: string) => this.built(platform);
  loaded = (platform: string) => this.built(platform);
  /** The builder keeps what it built. */
  keepsHistory = true;
  /** Called with each call before it is answered. */
  before: (call: string) => void = () => {};
  readonly #builder: Builder;
  readonly #replies = new Map<string, Reply[]>();
  readonly #holds: Hold[] = [];
  /** Folders of solves that run. */
  readonly #folders = new Set<string>();
  /** Record of a build → its images by platform. */
  readonly #history = new Map<string, ReadonlyMap<string, FakeImage>>();

  constructor(builder: Builder) {
    this.#builder = builder;
    this.registry.isClassic = builder.driver === "docker" && builder.store === "classic";
  }

  /** Sets the answers to the calls of a name, one after the other; the last one stays. */
  reply(call: string, ...replies: readonly Reply[]): this {
    this.#replies.set(call, [...replies]);
    return this;
  }

  /** Holds back the next call that begins so. */
  hold(call: string): Held {
    const come = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const hold = {
      call,
      reached: come.promise,
      come: come.resolve,
      released: go.promise,
      release: go.resolve,
    };
    this.#holds.push(hold);
    return hold;
  }

  async bake(solve: Solve, options: BakeOptions): Promise<Solved> {
    const { folder } = options;
    if (this.#folders.has(folder)) throw new Error(`two solves use the folder ${folder} at the same time`);
    this.#folders.add(folder);
    try {
      return await this.#solve(solve, options);
    } finally {
      this.#folders.delete(folder);
    }
  }

  async #solve(solve: Solve, { folder, hear, signal }: BakeOptions): Promise<Solved> {
    const call = callOf(solve);
    this.solves.push({ call, solve });
    const ending = signal === undefined ? this.job.signal : AbortSignal.any([this.job.signal, signal]);
    const progress = new Progress(hear);
    const isStarted = !ending.aborted;
    if (await this.#isEnded(call, ending)) {
      if (isStarted) this.ended.push(call);
      return { ok: false, why: "cancelled", progress, stderr: "" };
    }
    const replies = this.#replies.get(call) ?? [];
    const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? usual(call);
    print(reply, progress);
    if (reply.ended !== undefined) return { ok: false, why: reply.ended, progress, stderr: "" };
    if (reply.error !== undefined) return { ok: false, why: "failed", progress, stderr: `${reply.error}\n` };
    await exportFiles(solve, reply);
    await mkdir(folder, { recursive: true });
    return { ok: true, metadata: this.#deliver(call, solve), progress };
  }

  readonly look: Docker["look"] = async (ref) => {
    if (await this.#isEnded(`look ${ref}`)) return { state: "unknown", reason: "" };
    return this.registry.answers.look(ref);
  };
  readonly createTag: Docker["createTag"] = async (from, to, annotations) =>
    (await this.#isEnded(`createTag ${[...from, to].join(" ")}`))
      ? ENDED
      : this.registry.answers.createTag(from, to, annotations);
  readonly tag: Docker["tag"] = async (from, to) =>
    (await this.#isEnded(`tag ${from} ${to}`)) ? ENDED : this.registry.answers.tag(from, to);
  readonly push: Docker["push"] = async (ref, hear) =>
    (await this.#isEnded(`push ${ref}`)) ? ENDED : this.registry.answers.push(ref, hear);
  /** Also after a cancel. */
  readonly remove: Docker["remove"] = async (names) => {
    await this.#isEnded(`remove ${names.join(" ")}`, new AbortController().signal);
    return this.registry.answers.remove(names);
  };
  readonly configDigest: Docker["configDigest"] = (ref) => this.registry.answers.configDigest(ref);
  readonly imageId: Docker["imageId"] = (name) => this.registry.answers.imageId(name);
  readonly pushedSizes: Docker["pushedSizes"] = async () => new Map();
  layers: Docker["layers"] = async () => ({ packed: false, all: [{ bytes: 54_300_000, by: "COPY . ." }] });
  readonly baseImages: Docker["baseImages"] = async () =>
    new Map([["python:3.13-slim", fakeImage("python").digest]]);
  readonly inspect: Docker["inspect"] = async () => this.#builder;
  close(): void {}

  async imageConfig(name: string): Promise<string | undefined> {
    const config = this.registry.images.get(name)?.config;
    const images = [...this.#history.values()].flatMap((one) => [...one.values()]);
    return images.find(({ configDigest }) => configDigest === config)?.inEngine.config;
  }

  async builtBlob(record: string, digest: Digest): Promise<string | undefined> {
    if (!this.keepsHistory) return undefined;
    for (const image of this.#history.get(record)?.values() ?? []) {
      if (image.digest === digest) return image.manifest;
      if (image.configDigest === digest) return image.config;
    }
    return undefined;
  }

  async builtManifest(record: string, platform: string): Promise<string | undefined> {
    const images = this.keepsHistory ? this.#history.get(record) : undefined;
    return (platform === "" ? images?.values().next().value : images?.get(platform))?.manifest;
  }

  /** @returns whether the call was ended before it was done */
  async #isEnded(call: string, signal = this.job.signal): Promise<boolean> {
    // As with the real one, after a cancel no command is started.
    if (signal.aborted) return true;
    this.asked.push(call);
    this.before(call);
    const hold = this.#holds.find((one) => call.startsWith(one.call));
    if (hold !== undefined) {
      this.#holds.splice(this.#holds.indexOf(hold), 1);
      hold.come();
      await Promise.race([hold.released, aborted(signal)]);
    }
    return signal.aborted;
  }

  /** What the solve makes, where it takes it, and bake's metadata of it. */
  #deliver(call: string, { file, targets }: Solve): Readonly<Record<string, TargetMetadata>> {
    return Object.fromEntries(
      targets.map((name) => [name, this.#deliverTarget(call, name, file.target[name] ?? {})]),
    );
  }

  #deliverTarget(
    call: string,
    target: string,
    { platforms = this.#builder.native.slice(0, 1), output = [] }: BakeTarget,
  ): TargetMetadata {
    const [to = ""] = output;
    const make = call === "push by digest" ? this.pushed : call.startsWith("load") ? this.loaded : this.built;
    const images = platforms.map((platform) => [platform, make(platform)] as const);
    const [[, first] = ["", fakeImage("")]] = images;
    const record = `${call}-${target}`.replaceAll(/\W/g, "-");
    this.#history.set(record, new Map(images));
    const ref = { "buildx.build.ref": `${this.#builder.name}/node/${record}` };
    const index = {
      digest: indexOf(images.map(([, image]) => image)),
      config: first.configDigest,
      platforms: images.map(([, { digest }]) => digest),
    };
    if (call === "push by digest") {
      const repository = /name=([^,]*)/.exec(to)?.[1] ?? "";
      this.registry.store(repository, index);
      for (const [, { digest, configDigest }] of images)
        this.registry.store(repository, { digest, config: configDigest });
      return { "containerimage.digest": index.digest, ...ref };
    }
    const plain = {
      "containerimage.digest": first.digest,
      "containerimage.config.digest": first.configDigest,
      ...ref,
    };
    const [name] = /name=([^,"]*)/.exec(to)?.slice(1) ?? [];
    if (!to.includes("type=docker") || name === undefined) return plain;
    if (call !== "build") {
      this.registry.images.set(name, { digest: first.digest, config: first.configDigest });
      return plain;
    }
    if (this.#builder.driver === "docker" && this.#builder.store === "classic") {
      this.registry.images.set(name, { digest: first.digest, config: first.configDigest });
      return { ...plain, "containerimage.digest": first.configDigest };
    }
    this.registry.images.set(name, index);
    return { "containerimage.digest": index.digest, ...ref };
  }
}

const ENDED = { ok: false, reason: "exit code null" } as const;

/** What a solve is, by its targets and outputs. */
function callOf({ file, targets: [name = ""] }: Solve): string {
  const { output: [to = ""] = [], platforms } = file.target[name] ?? {};
  const on = (what: string) => [what, ...(platforms ?? [])].join(" ");
  if (name === "checks") return on("probe");
  if (name === "stage") return on("run-target");
  if (name === "commands") return on(name);
  if (name !== "image") return name;
  if (to.includes("push=true")) return "push by digest";
  if (to === "type=cacheonly") return "cache";
  if (to.startsWith("type=docker") && to.includes("oci-mediatypes"))
    return `load ${/name=([^,]*)/.exec(to)?.[1]}`;
  return "build";
}

function usual(call: string): Reply {
  if (call.startsWith("probe")) return examined();
  if (call.startsWith("commands")) return commandsEnd(0, 0, 0);
  if (call === "caddy") return caddySays();
  return BUILT;
}

const AT = (second: number) => `2026-01-01T00:00:0${second}Z`;

/** The lines of `--progress=rawjson`, and after them those of an error. */
function print({ steps, error = "" }: Reply, progress: Progress): void {
  const say = (update: unknown) => progress.line(JSON.stringify(update));
  for (const { name, log, ...end } of steps) {
    const digest = `sha256:${name}`;
    say({ vertexes: [{ digest, name, started: AT(0) }] });
    if (log !== undefined) say({ logs: [{ vertex: digest, data: Buffer.from(log).toString("base64") }] });
    say({ vertexes: [{ digest, name, started: AT(0), completed: AT(1), ...end }] });
  }
  for (const line of error.split("\n")) progress.line(line);
}

async function exportFiles({ file, targets: [name = ""] }: Solve, { files }: Reply): Promise<void> {
  const folder = /^type=local,dest=(.*)$/.exec(file.target[name]?.output?.[0] ?? "")?.[1];
  for (const [path, text] of folder === undefined ? [] : Object.entries(files)) {
    const target = join(folder ?? "", path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
