/** A registry and an engine in memory, behind the Engine interface, for the tests of this room. */
import type { Docker, Done } from "../../../src/docker/docker.ts";
import type { Look, Sizes } from "../../../src/docker/manifests.ts";
import type { Digest, PinnedRef, Ref } from "../../../src/request/request.ts";

export interface Manifest {
  readonly digest: Digest;
  readonly config?: Digest;
  /** Digests of the platforms' manifests, for an index. */
  readonly platforms?: readonly Digest[];
}

export class FakeRegistry {
  /** What lies under a tag: `repository:tag` → manifest. */
  readonly tags = new Map<string, Manifest>();
  /** What lies there by digest. */
  readonly blobs = new Map<string, Manifest>();
  /** The engine's own images: name → manifest. */
  readonly images = new Map<string, Manifest>();
  /** Each change, in order: `push …`, `promote …`, `rename …`, `forget …`. */
  readonly changes: string[] = [];
  /** Answers to the next looks, before the truth is told. */
  readonly looks: Look[] = [];
  /** Refusals of the next changes, by their first word. */
  readonly refusals: Partial<Record<"push" | "promote" | "rename", Done>> = {};
  /** What layers were weighed, in order. */
  readonly weighed: string[] = [];
  /** What has no layers that could be weighed. */
  weightless = "";
  /** Called before each change, as another run would come in between. */
  before: (change: string) => void = () => {};

  put(ref: string, manifest: Manifest): this {
    this.tags.set(ref, manifest);
    this.store(ref.replace(/:[^:/]*$/, ""), manifest);
    return this;
  }

  store(repository: string, manifest: Manifest): void {
    this.blobs.set(`${repository}@${manifest.digest}`, manifest);
    for (const digest of manifest.platforms ?? [])
      this.blobs.set(`${repository}@${digest}`, { ...manifest, digest, platforms: [] });
  }

  readonly docker: Docker = {
    calls: [],
    close: () => {},
    inspect: () => Promise.reject(new Error("not here")),
    bake: () => Promise.reject(new Error("not here")),
    exec: () => Promise.reject(new Error("not here")),
    look: async (ref) => this.looks.shift() ?? this.#look(ref),
    configDigest: async (ref) => this.#find(ref)?.config,
    rename: async (from, to) => this.#change("rename", `${from} ${to}`, () => this.#name(from, to)),
    push: async (ref) => this.#change("push", ref, () => this.put(ref, this.images.get(ref) ?? missing(ref))),
    promote: async (from, to) =>
      this.#change("promote", `${from} ${to}`, () => this.put(to, this.#find(from) ?? missing(from))),
    layers: async () => undefined,
    builtLayers: async () => undefined,
    built: async () => undefined,
    builtSizes: async (record, platform) => this.#weigh(`${record} ${platform}`),
    pushedSizes: async (ref) => this.#weigh(ref),
    forget: async (names) => this.#change("rename", `forget ${names.join(" ")}`, () => {}),
  };

  #weigh(what: string): Sizes {
    const bytes = this.weighed.push(what);
    if (this.weightless !== "" && what.endsWith(this.weightless)) return new Map();
    return new Map([[`sha256:${bytes}` as Digest, bytes]]);
  }

  #name(from: string, to: string): void {
    this.images.set(to, this.images.get(from) ?? missing(from));
  }

  #find(ref: Ref | PinnedRef): Manifest | undefined {
    return this.tags.get(ref) ?? this.blobs.get(ref);
  }

  #look(ref: Ref | PinnedRef): Look {
    const found = this.#find(ref);
    if (found === undefined) return { state: "free" };
    const platforms = found.platforms?.map((digest, index) => ({ name: `linux/${index}`, digest })) ?? [
      { name: "", digest: found.digest },
    ];
    return { state: "there", digest: found.digest, mediaType: "x", platforms };
  }

  #change(kind: "push" | "promote" | "rename", what: string, act: () => void): Done {
    this.before(`${kind} ${what}`);
    const refusal = this.refusals[kind];
    if (refusal !== undefined) return refusal;
    this.changes.push(`${kind} ${what}`);
    act();
    return { ok: true };
  }
}

function missing(name: string): never {
  throw new Error(`there is no ${name}`);
}
