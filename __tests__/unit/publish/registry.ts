/** A registry and an engine in memory, behind the Docker interface. */
import type { Docker, Done, PushedLayer } from "../../../src/docker/docker.ts";
import type { Look, Sizes } from "../../../src/docker/manifests.ts";
import type { Digest, PinnedRef, Ref } from "../../../src/request/request.ts";

export interface Manifest {
  readonly digest: Digest;
  readonly config?: Digest | undefined;
  /** Digests of the platforms' manifests, for an index. */
  readonly platforms?: readonly Digest[];
}

/** The methods that change something, by their names in the Docker interface. */
type Change = "push" | "createTag" | "tag" | "remove";

/** The methods that this file answers. A test of more brings the others itself. */
type Answered = Pick<
  Docker,
  | "look"
  | "configDigest"
  | "createTag"
  | "builtManifest"
  | "pushedSizes"
  | "imageId"
  | "tag"
  | "push"
  | "remove"
>;

export class FakeRegistry {
  /** What lies under a tag: `repository:tag` → manifest. */
  readonly tags = new Map<string, Manifest>();
  /** What lies there by digest. */
  readonly blobs = new Map<string, Manifest>();
  /** The engine's own images: name → manifest. */
  readonly images = new Map<string, Manifest>();
  /** What the engine says of a name in place of the truth. */
  readonly ids = new Map<string, Digest>();
  /** The engine keeps images by their configs. */
  isClassic = false;
  /** Each change, in order: the method and its arguments. */
  readonly changes: string[] = [];
  /** Annotations of each index that was made with a tag. */
  readonly annotations: (readonly string[])[] = [];
  /** Answers to the next looks, before the true ones. */
  readonly looks: Look[] = [];
  /** Refusals of all changes of a kind. */
  readonly refusals: { [change in Change]?: Done | undefined } = {};
  /** What layers were weighed, in order. */
  readonly weighed: string[] = [];
  /** Config digests of the manifests in the builder's history, by platform. */
  readonly configs = new Map<string, Digest>();
  /** What has no layers that could be weighed. */
  weightless = "";
  /** Digest of the index that several manifests become. */
  index: Digest = `sha256:${"e".repeat(64)}` as Digest;
  /** Called before each change, as another run would come in between. */
  before: (change: string) => void = () => {};
  /** What the engine's push reports, and how long it takes. */
  pushing: (hear: (layer: PushedLayer) => void) => Promise<void> = async () => {};

  put(ref: string, manifest: Manifest): this {
    this.tags.set(ref, manifest);
    this.store(ref.replace(/:[^:/]*$/, ""), manifest);
    return this;
  }

  store(repository: string, manifest: Manifest): void {
    this.blobs.set(`${repository}@${manifest.digest}`, manifest);
    for (const digest of manifest.platforms ?? [])
      this.blobs.set(`${repository}@${digest}`, { config: manifest.config, digest });
  }

  readonly answers: Answered = {
    look: async (ref) => this.looks.shift() ?? this.#look(ref),
    configDigest: async (ref) => this.#find(ref)?.config,
    createTag: async (from, to, annotations = []) =>
      this.#change("createTag", [...from, to].join(" "), () => this.#createTag(from, to, annotations)),
    builtManifest: async (record, platform) => this.#weighManifest(record, platform),
    pushedSizes: async (ref) => this.#weigh(ref),
    imageId: async (name) => this.ids.get(name) ?? this.#idOf(name) ?? "none",
    tag: async (from, to) =>
      this.#change("tag", `${from} ${to}`, () => this.images.set(to, this.images.get(from) ?? missing(from))),
    push: async (ref, hear) => {
      await this.pushing(hear);
      return this.#change("push", ref, () => this.put(ref, this.images.get(ref) ?? missing(ref)));
    },
    remove: async (names) =>
      this.#change("remove", names.join(" "), () => {
        for (const name of names) this.images.delete(name);
      }),
  };

  /** The registry as all of Docker, for tests that ask nothing else of it. */
  get docker(): Docker {
    return this.answers as Docker;
  }

  #createTag(from: readonly PinnedRef[], to: Ref, annotations: readonly string[]): void {
    const found = from.map((ref) => this.#find(ref) ?? missing(ref));
    const [only] = found;
    if (found.length === 1 && only) this.put(to, only);
    else {
      this.annotations.push(annotations);
      this.put(to, { digest: this.index, platforms: found.flatMap((one) => one.platforms ?? [one.digest]) });
    }
  }

  #weigh(what: string): Sizes {
    const bytes = this.weighed.push(what);
    if (this.weightless !== "" && what.endsWith(this.weightless)) return new Map();
    return new Map([[layer(bytes), bytes]]);
  }

  #weighManifest(record: string, platform: string): string {
    const layers = [...this.#weigh(`${record} ${platform}`)].map(([digest, size]) => ({ digest, size }));
    return JSON.stringify({ layers, config: { digest: this.configs.get(platform) } });
  }

  #idOf(name: string): Digest | undefined {
    const image = this.images.get(name);
    return this.isClassic ? image?.config : image?.digest;
  }

  #find(ref: Ref | PinnedRef): Manifest | undefined {
    return this.tags.get(ref) ?? this.blobs.get(ref);
  }

  #look(ref: Ref | PinnedRef): Look {
    const found = this.#find(ref);
    if (found === undefined) return { state: "free" };
    return { state: "there", digest: found.digest, manifests: found.platforms ?? [found.digest] };
  }

  #change(kind: Change, what: string, act: () => void): Done {
    this.before(`${kind} ${what}`);
    const refusal = this.refusals[kind];
    if (refusal !== undefined) return refusal;
    this.changes.push(`${kind} ${what}`);
    act();
    return { ok: true };
  }
}

/** A registry that refuses a change the first time, for a reason that passes, and what happens until the second time. */
export function refusingOnce(change: Change, meanwhile: (registry: FakeRegistry) => void): FakeRegistry {
  const registry = new FakeRegistry();
  registry.before = (what) => {
    if (!what.startsWith(`${change} `)) return;
    const isFirst = registry.refusals[change] === undefined;
    if (isFirst) meanwhile(registry);
    registry.refusals[change] = isFirst
      ? { ok: false, reason: "unknown: blob unknown to registry" }
      : undefined;
  };
  return registry;
}

/** The layer that was weighed as the first, second and so on, and has as many bytes. */
export function layer(bytes: number): Digest {
  return `sha256:${String(bytes).repeat(64)}` as Digest;
}

function missing(name: string): never {
  throw new Error(`there is no ${name}`);
}
