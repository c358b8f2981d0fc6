/** What the rest of the house asks of Docker: one method a command. Tests pass a fake one. */
import type { Digest, PinnedRef, Ref } from "../request/request.ts";
import type { Solve } from "./bake.ts";
import type { Builder } from "./builder.ts";
import type { Layers, Look, Sizes } from "./manifests.ts";
import type { Event, Progress } from "./progress.ts";
import type { StallReason } from "./stall.ts";

/** What bake's metadata file says of one target. */
export type TargetMetadata = Readonly<Record<string, unknown>>;
/** … of each target. */
export type Metadata = Readonly<Record<string, TargetMetadata>>;

/** How a solve ended. */
export type Solved =
  | { readonly ok: true; readonly metadata: Metadata; readonly progress: Progress }
  | {
      readonly ok: false;
      readonly why: "failed" | "cancelled" | StallReason;
      readonly progress: Progress;
      readonly stderr: string;
    };

/** The answer of a command that changes something. `reason` is the last line of its error output. */
export type Done = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Where and for whom a solve is run. */
export interface BakeOptions {
  readonly builder: Builder;
  /** Folder for the bake file and its metadata. No other solve may use it at the same time. */
  readonly folder: string;
  readonly hear: (event: Event) => void;
  /** Ends this one solve, as a cancelled job ends all of them. */
  readonly signal?: AbortSignal | undefined;
}

/** A layer that has arrived in the registry. */
export interface PushedLayer {
  /** The beginning of its digest. */
  readonly id: string;
  /** In the engine's words: `Pushed`, `Layer already exists`, `Mounted from base/python`. */
  readonly how: string;
}

/** A command that ran, for the log and the benchmark. */
export interface Call {
  readonly command: string;
  /** Milliseconds since Node started. */
  readonly from: number;
  readonly milliseconds: number;
}

export interface Docker {
  /** Asks for a builder by name; empty = the selected one. Starts it only if `start` is set. */
  inspect(name: string, how?: { readonly start: boolean }): Promise<Builder>;
  /** Runs `docker buildx bake`. A solve that hangs is ended. */
  bake(solve: Solve, options: BakeOptions): Promise<Solved>;
  /** Asks the registry what it has under `ref`. */
  look(ref: Ref | PinnedRef): Promise<Look>;
  /** The config digest in the manifest at `ref`; undefined when it cannot be read. */
  configDigest(ref: Ref | PinnedRef): Promise<Digest | undefined>;
  /**
   * Gives a manifest in the registry a tag without changing its digest.
   * @param from several manifests become one index
   * @param annotations of that index: `index:key=value`
   */
  createTag(from: readonly PinnedRef[], to: Ref, annotations?: readonly string[]): Promise<Done>;
  /** A blob (manifest or config) that the builder keeps of a build; undefined when it does not have it. */
  builtBlob(record: string, digest: Digest): Promise<string | undefined>;
  /**
   * The image manifest that a build has made for a platform (empty: the only one); undefined when the builder does
   * not have it. For builds whose metadata names only the index.
   */
  builtManifest(record: string, platform: string): Promise<string | undefined>;
  /** The base images of a build, each with the digest that its tag was resolved to. Empty when that is not known. */
  baseImages(record: string): Promise<ReadonlyMap<string, Digest>>;
  /** What the layers of an image weigh that the classic store has pushed. Empty when it cannot be found out. */
  pushedSizes(ref: Ref): Promise<Sizes>;
  /** The layers of an image in the engine; undefined when it cannot be found out. */
  layers(name: string): Promise<Layers | undefined>;
  /** The config of an image in the engine, as a blob without its history; undefined when there is no such image. */
  imageConfig(name: string): Promise<string | undefined>;
  /**
   * The engine's ID of an image: the digest of its manifest or index in the containerd store, that of its config in the
   * classic one. `none`: no image has this name. Undefined: the engine did not say.
   */
  imageId(name: string): Promise<Digest | "none" | undefined>;
  /** Gives an image in the engine one more name. */
  tag(from: string, to: string): Promise<Done>;
  /** Pushes an image of the engine under its name. `hear` gets each layer when it has arrived. */
  push(ref: Ref, hear: (layer: PushedLayer) => void): Promise<Done>;
  /** Removes names of images in the engine, also after a cancel. */
  remove(names: readonly string[]): Promise<Done>;
  /** Ends commands that still run (a registry that does not answer, say): nothing outlives the step. */
  close(): void;
  /** Each command that ran. */
  readonly calls: readonly Call[];
}
