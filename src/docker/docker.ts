/**
 * The only room that starts processes: docker and buildx, one short method a command. What a command
 * printed becomes data here; what it means is decided elsewhere.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Failure } from "../failure.ts";
import { type Command, type Exit, NotStarted, run } from "../process/process.ts";
import { workspaceOf } from "../request/context.ts";
import type { Digest, PinnedRef, Ref } from "../request/request.ts";
import { renderBakeFile, type Solve } from "./bake.ts";
import { type Builder, compareVersions, parseInspect } from "./builder.ts";
import { cacheServiceEnvironment, childEnvironment } from "./environment.ts";
import {
  configIn,
  diffIdsIn,
  isDigest,
  type Layers,
  type Look,
  parseHistory,
  parseLayers,
  parseManifest,
  parseSizes,
  type Sizes,
} from "./manifests.ts";
import { findPrograms, type Programs } from "./programs.ts";
import { type Event, Progress } from "./progress.ts";
import { type Stuck, Watch } from "./stall.ts";
import { lastWord } from "./words.ts";

/**
 * Oldest versions that were seen to work. A builder of its own needs `imagetools create --prefer-index`
 * (buildx 0.15); the engine's pushes by itself.
 */
export const OLDEST = { buildx: { docker: "0.13", others: "0.15" }, buildkit: "0.13" } as const;

/** What bake's metadata file says of one target. */
export type TargetMetadata = Readonly<Record<string, unknown>>;

/** How a solve ended. */
export type Solved =
  | {
      readonly ok: true;
      readonly metadata: Readonly<Record<string, TargetMetadata>>;
      readonly progress: Progress;
      readonly milliseconds: number;
    }
  | {
      readonly ok: false;
      readonly why: "failed" | "cancelled" | Stuck;
      readonly progress: Progress;
      readonly stderr: string;
    };

/** The answer of a command that changes something. `reason` is its last word. */
export type Done = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Where and for whom a solve is run. */
export interface BakeOptions {
  readonly builder: Builder;
  /** Folder for the bake file and its metadata: no other solve's at the same time. */
  readonly folder: string;
  readonly hear: (event: Event) => void;
  /** Ends this one solve, as a cancelled job ends all of them. */
  readonly ending?: AbortSignal | undefined;
}

/** An image that a builder of its own has built and keeps. */
export interface Built {
  /** The build's record in the builder's history. */
  readonly record: string;
  readonly manifest: Digest;
  readonly config: Digest;
}

/** A layer that is in the registry. */
export interface Arrived {
  /** The beginning of its digest. */
  readonly id: string;
  /** In the engine's words: `Pushed`, `Layer already exists`, `Mounted from base/python`. */
  readonly how: string;
}

/** What the story needs of Docker. Tests may pass another one. */
export interface Docker {
  /** Asks for a builder by name; empty = the selected one. Starts it only where that is said. */
  inspect(name: string, how?: { readonly start: boolean }): Promise<Builder>;
  /** Solves one bake file; a solve that stands still is ended. */
  bake(solve: Solve, options: BakeOptions): Promise<Solved>;
  /** What the registry has under `ref`. */
  look(ref: Ref | PinnedRef): Promise<Look>;
  /** The config digest in the manifest at `ref`; undefined when it cannot be read. */
  configDigest(ref: Ref | PinnedRef): Promise<Digest | undefined>;
  /** Gives the local image `from` one more name. */
  rename(from: string, to: string): Promise<Done>;
  /** Pushes a local image under its name. `hear` is told of each layer when it is there. */
  push(ref: Ref, hear: (layer: Arrived) => void): Promise<Done>;
  /**
   * What the layers of an image weigh that the engine's builder has made for a platform (empty: the only one), as
   * the containerd store pushes them. Empty when it cannot be told (buildx has to know how).
   */
  builtSizes(record: string, platform: string): Promise<Sizes>;
  /** What the layers of an image weigh that the classic store has pushed under its name. Empty when it cannot be told. */
  pushedSizes(ref: Ref): Promise<Sizes>;
  /** The layers of a local image; undefined when it cannot be told. */
  layers(name: string): Promise<Layers | undefined>;
  /** The layers of an image that the builder keeps; undefined when it cannot be told (buildx has to know how). */
  builtLayers(built: Built): Promise<Layers | undefined>;
  /** A manifest or config that the builder keeps of a build; undefined when it does not tell. */
  built(record: string, digest: Digest): Promise<string | undefined>;
  /** Takes names of local images away. */
  forget(names: readonly string[]): Promise<Done>;
  /** Gives a manifest in the registry a tag, without changing its digest. */
  promote(from: PinnedRef, to: Ref): Promise<Done>;
  /** Starts a program of the runner (git) and waits for it; rejects when there is none. */
  readonly exec: (
    argv: Command["argv"],
    options: { readonly stdin?: string },
  ) => Promise<Pick<Exit, "code" | "stdout" | "stderr">>;
  /** Ends what still runs (a look at a registry that does not answer): nothing outlives the step. */
  close(): void;
  /** Each command that ran, for the log and the benchmark. */
  readonly calls: readonly Call[];
}

export interface Call {
  readonly command: string;
  /** Milliseconds since Node started. */
  readonly from: number;
  readonly milliseconds: number;
}

/** The media types of an image's manifest: the second without attestations. */
const MANIFESTS = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** What `docker push` says when it is done with a layer; without a terminal it tells nothing of the bytes. */
const OF_A_LAYER = /^([0-9a-f]{12}): (Pushed|(?:Layer a|A)lready exists|Mounted from .*)$/;

/** Docker as it is on this machine. */
export class DockerCli implements Docker {
  readonly calls: Call[] = [];
  readonly #runner: NodeJS.ProcessEnv;
  readonly #env: NodeJS.ProcessEnv;
  readonly #programs: Programs;
  readonly #signal: AbortSignal;
  readonly #closing = new AbortController();
  /** Whose configuration of registries (mirrors, plain http) imagetools uses. */
  #builder = "";
  /** Buildx's own; empty until a builder was asked for. */
  #version = "";
  /** What was asked of the builder's history, by digest. */
  readonly #built = new Map<Digest, Promise<Exit>>();

  constructor(runner: NodeJS.ProcessEnv, signal: AbortSignal) {
    this.#runner = runner;
    this.#env = childEnvironment(runner);
    this.#programs = findPrograms(this.#env);
    this.#signal = signal;
  }

  close(): void {
    this.#closing.abort();
  }

  async inspect(name: string, { start } = { start: false }): Promise<Builder> {
    const selected = name || this.#runner.BUILDX_BUILDER || "";
    const [version, inspected] = await Promise.all([
      this.#buildx("buildx version", ["version"], { timeout: 30 }),
      this.#buildx(
        "buildx inspect",
        ["inspect", ...(start ? ["--bootstrap"] : []), ...(selected === "" ? [] : [selected])],
        { timeout: start ? 300 : 60 },
      ),
    ]);
    if (version.code !== 0) throw noBuildx(version.stderr);
    const buildx = /v?(\d+\.\d+\.\d+)/.exec(version.stdout)?.[1] ?? "";
    if (inspected.code !== 0) throw noBuilder(selected, lastWord(inspected.stderr));
    const parsed = parseInspect(inspected.stdout);
    if (!parsed.ok) throw noBuilder(selected, parsed.reason);
    const { builder } = parsed;
    const oldest = builder.driver === "docker" ? OLDEST.buildx.docker : OLDEST.buildx.others;
    if (compareVersions(buildx, oldest) < 0)
      throw tooOld(`buildx with a ${builder.driver} builder`, buildx, oldest);
    if (compareVersions(builder.buildkit, OLDEST.buildkit) < 0)
      throw tooOld(`the builder ${builder.name}'s BuildKit`, builder.buildkit, OLDEST.buildkit);
    this.#version = buildx;
    // Its image could be built and loaded without the command, and then neither pushed nor taken away.
    if (builder.driver === "docker" && this.#programs.docker === undefined) throw noDocker();
    this.#builder = builder.name;
    return builder;
  }

  async bake(solve: Solve, { builder, folder, hear, ending }: BakeOptions): Promise<Solved> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, "bake.json");
    const metadataFile = join(folder, "metadata.json");
    await writeFile(file, renderBakeFile(solve.file), { mode: 0o600 });

    const progress = new Progress(hear);
    const watch = new Watch(progress, solve);
    const stop = ending === undefined ? this.#signal : AbortSignal.any([this.#signal, ending]);
    const signal = AbortSignal.any([stop, watch.signal]);
    const exit = await this.#buildx(
      "buildx bake",
      [
        "bake",
        "--file",
        file,
        "--builder",
        builder.name,
        "--progress",
        "rawjson",
        "--metadata-file",
        metadataFile,
        ...solve.allow.flatMap((entitlement) => ["--allow", entitlement]),
        ...solve.targets,
      ],
      {
        env: { ...this.#env, ...cacheServiceEnvironment(this.#runner), ...Object.fromEntries(solve.secrets) },
        signal,
        onStderr: (line) => progress.line(line),
      },
    );
    watch.end();
    if (exit.code === 0) {
      const metadata = JSON.parse(await readFile(metadataFile, "utf8")) as Record<string, TargetMetadata>;
      return { ok: true, metadata, progress, milliseconds: exit.milliseconds };
    }
    const why = stop.aborted ? "cancelled" : (watch.stuck ?? "failed");
    return { ok: false, why, progress, stderr: exit.stderr };
  }

  async look(ref: Ref | PinnedRef): Promise<Look> {
    const exit = await this.#imagetools(["inspect", "--format", "{{json .Manifest}}", ref]);
    if (exit.code === 0) return parseManifest(exit.stdout);
    const reason = lastWord(exit.stderr);
    // The one text that means free; everything else (401, no such host, …) leaves it open.
    return reason.endsWith(": not found") ? { state: "free" } : { state: "unknown", reason };
  }

  async configDigest(ref: Ref | PinnedRef): Promise<Digest | undefined> {
    const exit = await this.#imagetools(["inspect", "--raw", ref]);
    return exit.code === 0 ? configIn(exit.stdout) : undefined;
  }

  async rename(from: string, to: string): Promise<Done> {
    return done(await this.#docker(["image", "tag", from, to], { timeout: 60 }));
  }

  async push(ref: Ref, hear: (layer: Arrived) => void): Promise<Done> {
    const onStdout = (line: string) => {
      const [, id = "", how = ""] = OF_A_LAYER.exec(line) ?? [];
      if (id !== "") hear({ id, how });
    };
    return done(await this.#docker(["image", "push", ref], { onStdout }));
  }

  async builtSizes(record: string, platform: string): Promise<Sizes> {
    const of = platform === "" ? [] : ["--platform", platform];
    for (const type of MANIFESTS) {
      const exit = await this.#attachment(["--type", type, ...of, record]);
      const sizes = exit.code === 0 ? parseSizes(exit.stdout) : new Map();
      if (sizes.size > 0) return sizes;
    }
    return new Map();
  }

  async pushedSizes(ref: Ref): Promise<Sizes> {
    const [image, manifest] = await Promise.all([
      this.#imagetools(["inspect", "--format", "{{json .Image}}", ref]),
      this.#imagetools(["inspect", "--raw", ref]),
    ]);
    const names = diffIdsIn(image.stdout);
    return names !== undefined && manifest.code === 0 ? parseSizes(manifest.stdout, names) : new Map();
  }

  async layers(name: string): Promise<Layers | undefined> {
    const format = ["--human=false", "--no-trunc", "--format", "{{json .}}"];
    const exit = await this.#docker(["image", "history", ...format, name], { timeout: 30 });
    return exit.code === 0 ? { packed: false, all: parseHistory(exit.stdout) } : undefined;
  }

  async builtLayers({ record, manifest, config }: Built): Promise<Layers | undefined> {
    const [sizes, history = ""] = await Promise.all([
      this.built(record, manifest),
      this.built(record, config),
    ]);
    return sizes === undefined ? undefined : { packed: true, all: parseLayers(sizes, history) };
  }

  // A build's record holds what it made, though it went nowhere. Whoever names the image and whoever tells its layers
  // ask for the same two, whose digests say that they never change.
  async built(record: string, digest: Digest): Promise<string | undefined> {
    const asked = this.#built.get(digest) ?? this.#attachment([record, digest]);
    this.#built.set(digest, asked);
    const exit = await asked;
    if (exit.code === 0) return exit.stdout;
    this.#built.delete(digest);
    return undefined;
  }

  async forget(names: readonly string[]): Promise<Done> {
    // Also after a cancel: what was made for this run alone goes with it.
    return done(await this.#docker(["image", "rm", ...names], { timeout: 60, evenIfCancelled: true }));
  }

  async promote(from: PinnedRef, to: Ref): Promise<Done> {
    const oldest = OLDEST.buildx.others;
    if (compareVersions(this.#version, oldest) < 0)
      return { ok: false, reason: `it takes buildx ${oldest} or newer, and this is ${this.#version}` };
    // Without the flag a plain manifest is wrapped in a new index, and its digest changes.
    return done(await this.#imagetools(["create", "--prefer-index=false", "--tag", to, from]));
  }

  // A property and not a method, because it is handed on by itself.
  readonly exec: Docker["exec"] = (argv, options) =>
    this.#run({ argv, env: this.#env, timeout: 30, ...options }, argv[0]);

  /** Something that the builder keeps of a build. */
  #attachment(which: readonly string[]): Promise<Exit> {
    const args = ["history", "inspect", "attachment", "--builder", this.#builder, ...which];
    return this.#buildx("history inspect", args, { timeout: 30 });
  }

  #imagetools(args: readonly string[]): Promise<Exit> {
    const builder = this.#builder === "" ? [] : ["--builder", this.#builder];
    return this.#buildx(`imagetools ${args[0]}`, ["imagetools", ...args, ...builder], { timeout: 120 });
  }

  async #buildx(
    name: string,
    args: readonly string[],
    options: {
      env?: NodeJS.ProcessEnv;
      signal?: AbortSignal;
      timeout?: number;
      onStderr?: (line: string) => void;
    },
  ): Promise<Exit> {
    const { env = this.#env, signal = this.#signal, ...rest } = options;
    return this.#start({ argv: [...this.#programs.buildx, ...args], env, signal, ...rest }, name);
  }

  async #docker(
    args: readonly string[],
    options: { timeout?: number; evenIfCancelled?: boolean; onStdout?: (line: string) => void },
  ): Promise<Exit> {
    const { evenIfCancelled = false, ...rest } = options;
    const signal = evenIfCancelled ? {} : { signal: this.#signal };
    const argv: Command["argv"] = [this.#programs.docker ?? "docker", ...args];
    return this.#start({ argv, env: this.#env, ...signal, ...rest }, `docker ${args.slice(0, 2).join(" ")}`);
  }

  async #start(command: Command, name: string): Promise<Exit> {
    try {
      return await this.#run(command, name);
    } catch (error) {
      if (!(error instanceof NotStarted)) throw error;
      if (error.code === "E2BIG")
        throw new Failure(
          "Invalid input",
          "The build's secrets or the checks' `env` are too large for an environment variable (128 KiB each). " +
            "Give a large secret as a file with `secret-files`.",
        );
      if (error.code !== "ENOENT")
        throw new Failure(
          "Build failed",
          `${error.message}. Is the runner out of processes, memory or files?`,
        );
      throw noDocker();
    }
  }

  async #run(command: Command, name: string): Promise<Exit> {
    const signal = command.signal
      ? AbortSignal.any([command.signal, this.#closing.signal])
      : this.#closing.signal;
    const exit = await run({ cwd: workspaceOf(this.#runner), ...command, signal });
    const milliseconds = Math.round(exit.milliseconds);
    this.calls.push({ command: name, from: Math.round(performance.now()) - milliseconds, milliseconds });
    return exit;
  }
}

/**
 * A digest that bake's metadata must name.
 * @throws {Failure} when it does not: without it nothing can be proven of the image
 */
export function digestIn(metadata: TargetMetadata, key: string): Digest {
  const digest = metadata[key];
  if (isDigest(digest)) return digest;
  throw new Failure(
    "Build failed",
    `The builder does not name the image's digest (\`${key}\`): update buildx.`,
  );
}

/** What bake's metadata may name beside the image's digest: its config, and the build's record in the builder's history. */
export function detailsIn(metadata: TargetMetadata) {
  const config = metadata["containerimage.config.digest"];
  return {
    config: isDigest(config) ? config : undefined,
    // Behind the names of the builder and its node.
    record: /[^/]+$/.exec(String(metadata["buildx.build.ref"] ?? ""))?.[0],
  };
}

function done(exit: Exit): Done {
  if (exit.code === 0) return { ok: true };
  if (exit.ended === "timeout") return { ok: false, reason: "no answer in time" };
  return { ok: false, reason: lastWord(exit.stderr) || `exit code ${exit.code}` };
}

function noDocker(): Failure {
  return new Failure(
    "Build failed",
    "There is no `docker` command on this runner. Use a runner with Docker Engine 26 or newer (GitHub's Ubuntu " +
      "runners have it), or install it in a step before this one.",
  );
}

function noBuildx(stderr: string): Failure {
  return new Failure(
    "Build failed",
    "Docker's buildx plugin is missing on this runner. Add docker/setup-buildx-action before this step, or " +
      `install buildx ${OLDEST.buildx.others} or newer. (${lastWord(stderr)})`,
  );
}

function noBuilder(name: string, reason: string): Failure {
  const which = name === "" ? "The selected builder" : `The builder \`${name}\``;
  const engineDown =
    /Cannot connect to the Docker daemon|docker daemon running|failed to connect to the docker API/i;
  const next = engineDown.test(reason)
    ? "Start the Docker engine on this runner, or point DOCKER_HOST at one that runs."
    : "`docker buildx ls` shows the builders there are; docker/setup-buildx-action makes one.";
  return new Failure("Build failed", `${which} does not answer: ${reason}. ${next}`);
}

function tooOld(what: string, version: string, oldest: string): Failure {
  return new Failure(
    "Build failed",
    `${what} is ${version}, and shipshape needs ${oldest} or newer. ` +
      "Update it on this runner, or add docker/setup-buildx-action before this step.",
  );
}
