/**
 * Docker as it is on this machine: starts docker and buildx, one short method a command. What a command printed becomes
 * data here; what it means is decided elsewhere.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Failure } from "../failure.ts";
import { type Command, type Exit, NotStarted, run } from "../process/process.ts";
import { query } from "../process/query.ts";
import { workspaceOf } from "../request/context.ts";
import type { Digest, PinnedRef, Ref } from "../request/request.ts";
import { bakeArgs, renderBakeFile, type Solve } from "./bake.ts";
import { type Builder, compareVersions, parseInspect } from "./builder.ts";
import type { BakeOptions, Call, Docker, Done, Metadata, PushedLayer, Solved } from "./docker.ts";
import { cacheServiceEnvironment, childEnvironment } from "./environment.ts";
import {
  configIn,
  diffIdsIn,
  isDigest,
  type Layers,
  type Look,
  parseHistory,
  parseInspectedConfig,
  parseManifest,
  parseMaterials,
  parseSizes,
  type Sizes,
} from "./manifests.ts";
import { findPrograms, type Programs } from "./programs.ts";
import { Progress } from "./progress.ts";
import { noBuilder, noBuildx, noDocker, notStarted, OLDEST, requireVersions } from "./requirements.ts";
import { StallDetector } from "./stall.ts";
import { lastWord } from "./words.ts";

/** The media types of an image's manifest: the second without attestations. */
const MANIFESTS = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** What `buildx history inspect` says of a build, or of something in it, that it does not have. */
const NOT_IN_HISTORY = /no record found|no matching attachment|not ?found/i;

/** What `docker push` says when it is done with a layer; without a terminal it does not report bytes. */
const OF_A_LAYER = /^([0-9a-f]{12}): (Pushed|(?:Layer a|A)lready exists|Mounted from .*)$/;

/** How a command is run that is not run like all others. */
type Options = Partial<Omit<Command, "argv">>;

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
  /** What was asked of the builder's history. */
  readonly #builds = new Map<string, Promise<Exit>>();

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
    const args = ["inspect", ...(start ? ["--bootstrap"] : []), ...(selected === "" ? [] : [selected])];
    const [version, inspected] = await Promise.all([
      query([...this.#programs.buildx, "version"], this.#around()).catch(cannotStart),
      this.#buildx("buildx inspect", args, { timeout: start ? 300 : 60 }),
    ]);
    if (version.code !== 0) throw noBuildx(version.stderr);
    const buildx = /v?(\d+\.\d+\.\d+)/.exec(version.stdout)?.[1] ?? "";
    if (inspected.code !== 0) throw noBuilder(selected, lastWord(inspected.stderr));
    const parsed = parseInspect(inspected.stdout);
    if (!parsed.ok) throw noBuilder(selected, parsed.reason);
    const { builder } = parsed;
    requireVersions(buildx, builder);
    this.#version = buildx;
    // Without the command the engine's image could be built, but neither pushed nor removed.
    if (builder.driver === "docker" && this.#programs.docker === undefined) throw noDocker();
    this.#builder = builder.name;
    return builder;
  }

  async bake(solve: Solve, { builder, folder, hear, signal: ending }: BakeOptions): Promise<Solved> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, "bake.json");
    const metadataFile = join(folder, "metadata.json");
    await writeFile(file, renderBakeFile(solve.file), { mode: 0o600 });

    const progress = new Progress(hear);
    const stall = new StallDetector(progress, solve);
    const cancel = ending === undefined ? this.#signal : AbortSignal.any([this.#signal, ending]);
    const args = bakeArgs(solve, { file, metadataFile, builder: builder.name });
    const exit = await this.#buildx("buildx bake", args, {
      env: { ...this.#env, ...cacheServiceEnvironment(this.#runner), ...Object.fromEntries(solve.secrets) },
      signal: AbortSignal.any([cancel, stall.signal]),
      onStderr: (line) => progress.line(line),
    }).finally(() => stall.end());
    if (exit.code === 0) {
      const metadata = JSON.parse(await readFile(metadataFile, "utf8")) as Metadata;
      return { ok: true, metadata, progress };
    }
    const why = cancel.aborted ? "cancelled" : (stall.reason ?? "failed");
    return { ok: false, why, progress, stderr: exit.stderr };
  }

  async look(ref: Ref | PinnedRef): Promise<Look> {
    const exit = await this.#imagetools(["inspect", "--format", "{{json .Manifest}}", ref]);
    const looked = done(exit);
    if (looked.ok) return parseManifest(exit.stdout);
    // The one text that means free; everything else (401, no such host, …) leaves it open.
    const isFree = looked.reason.endsWith(": not found");
    return isFree ? { state: "free" } : { state: "unknown", reason: looked.reason };
  }

  async configDigest(ref: Ref | PinnedRef): Promise<Digest | undefined> {
    const exit = await this.#imagetools(["inspect", "--raw", ref]);
    return exit.code === 0 ? configIn(exit.stdout) : undefined;
  }

  async createTag(from: readonly PinnedRef[], to: Ref, annotations: readonly string[] = []): Promise<Done> {
    const oldest = OLDEST.buildx.imagetools;
    if (compareVersions(this.#version, oldest) < 0)
      return { ok: false, reason: `it takes buildx ${oldest} or newer, and this is ${this.#version}` };
    // Without the flag a plain manifest is wrapped in a new index, and its digest changes.
    const annotated = annotations.flatMap((annotation) => ["--annotation", annotation]);
    const args = ["create", "--prefer-index=false", "--tag", to, ...annotated, ...from];
    return done(await this.#imagetools(args));
  }

  async builtBlob(record: string, digest: Digest): Promise<string | undefined> {
    return this.#ofBuild(["attachment", record, digest]);
  }

  async builtManifest(record: string, platform: string): Promise<string | undefined> {
    const which = platform === "" ? [] : ["--platform", platform];
    for (const type of MANIFESTS) {
      const manifest = await this.#ofBuild(["attachment", "--type", type, ...which, record]);
      if (manifest !== undefined) return manifest;
    }
    return undefined;
  }

  async baseImages(record: string): Promise<ReadonlyMap<string, Digest>> {
    return parseMaterials((await this.#ofBuild(["--format", "json", record])) ?? "");
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

  async imageConfig(name: string): Promise<string | undefined> {
    const exit = await this.#docker(["image", "inspect", name], { timeout: 30 });
    return exit.code === 0 ? parseInspectedConfig(exit.stdout) : undefined;
  }

  async imageId(name: string): Promise<Digest | "none" | undefined> {
    const exit = await this.#docker(["image", "inspect", "--format", "{{.Id}}", name], { timeout: 30 });
    const id = exit.stdout.trim();
    if (exit.code === 0 && isDigest(id)) return id;
    return /no such image/i.test(exit.stderr) ? "none" : undefined;
  }

  async tag(from: string, to: string): Promise<Done> {
    return done(await this.#docker(["image", "tag", from, to], { timeout: 60 }));
  }

  async push(ref: Ref, hear: (layer: PushedLayer) => void): Promise<Done> {
    const onStdout = (line: string) => {
      const [, id = "", how = ""] = OF_A_LAYER.exec(line) ?? [];
      if (id !== "") hear({ id, how });
    };
    return done(await this.#docker(["image", "push", ref], { onStdout }));
  }

  async remove(names: readonly string[]): Promise<Done> {
    // Also after a cancel: only the end of the step ends it.
    const { signal } = this.#closing;
    return done(await this.#docker(["image", "rm", ...names], { timeout: 60, signal }));
  }

  /** What the builder's history holds of a build. It never changes, so each question is asked once. */
  async #ofBuild(which: readonly string[]): Promise<string | undefined> {
    const key = which.join(" ");
    const args = ["history", "inspect", ...which, "--builder", this.#builder];
    const asked = this.#builds.get(key) ?? this.#buildx("history inspect", args, { timeout: 30 });
    this.#builds.set(key, asked);
    const exit = await asked;
    const found = done(exit);
    if (found.ok) return exit.stdout;
    this.#builds.delete(key);
    if (NOT_IN_HISTORY.test(found.reason)) return undefined;
    throw new Failure(
      "Checks could not run",
      `The builder's history could not be read: ${found.reason}. Run the job again.`,
    );
  }

  #imagetools(args: readonly string[]): Promise<Exit> {
    const builder = this.#builder === "" ? [] : ["--builder", this.#builder];
    return this.#buildx(`imagetools ${args[0]}`, ["imagetools", ...args, ...builder], { timeout: 120 });
  }

  #buildx(name: string, args: readonly string[], options: Options): Promise<Exit> {
    return this.#run(name, { argv: [...this.#programs.buildx, ...args], ...options });
  }

  #docker(args: readonly string[], options: Options): Promise<Exit> {
    const argv = [this.#programs.docker ?? "docker", ...args] as const;
    return this.#run(`docker ${args.slice(0, 2).join(" ")}`, { argv, ...options });
  }

  #around(): { readonly env: NodeJS.ProcessEnv; readonly cwd: string } {
    return { env: this.#env, cwd: workspaceOf(this.#runner) };
  }

  /** @throws {Failure} when the program cannot be started */
  async #run(name: string, command: Pick<Command, "argv"> & Options): Promise<Exit> {
    const signal = AbortSignal.any([command.signal ?? this.#signal, this.#closing.signal]);
    const exit = await run({ ...this.#around(), ...command, signal }).catch(cannotStart);
    const milliseconds = Math.round(exit.milliseconds);
    this.calls.push({ command: name, from: Math.round(performance.now()) - milliseconds, milliseconds });
    return exit;
  }
}

function cannotStart(error: unknown): never {
  throw error instanceof NotStarted ? notStarted(error.message, error.code) : error;
}

function done(exit: Exit): Done {
  if (exit.code === 0) return { ok: true };
  if (exit.ended === "timeout") return { ok: false, reason: "no answer in time" };
  return { ok: false, reason: lastWord(exit.stderr) || `exit code ${exit.code}` };
}
