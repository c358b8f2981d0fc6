/** What registries, builders and the engine say of an image, as data. Pure. */
import { object, objectOrNone, parseJson } from "../request/json.ts";
import type { Digest } from "../request/request.ts";

/** What a registry has under a reference. */
export type Look =
  | { readonly state: "free" }
  | {
      readonly state: "there";
      readonly digest: Digest;
      /** The manifests of its platforms, without those of attestations: of an index several, or the only one. */
      readonly manifests: readonly Digest[];
    }
  /** The registry did not say: no credentials, no answer. `reason` is its own last line. */
  | { readonly state: "unknown"; readonly reason: string };

/** What an image consists of. */
export interface Layers {
  /** Their sizes are those of layers as they are pushed: packed. */
  readonly packed: boolean;
  /** In the order in which they were made. */
  readonly all: readonly Layer[];
}

export interface Layer {
  readonly bytes: number;
  /** The instruction that made it, as the image's history has it; `?` when that does not say. */
  readonly by: string;
}

/** Bytes of layers by their digests. */
export type Sizes = ReadonlyMap<Digest, number>;

/** Reads `docker image history --format '{{json .}}'`: one object a line, the last layer first. */
export function parseHistory(text: string): readonly Layer[] {
  return text
    .split("\n")
    .flatMap((line) => {
      const { Size, CreatedBy } = object(parseJson(line));
      const bytes = Number(Size);
      return Size === undefined || !Number.isFinite(bytes) ? [] : [{ bytes, by: String(CreatedBy ?? "") }];
    })
    .reverse();
}

/**
 * Reads a manifest, which has the sizes, and the image's config, which has the history: one entry an instruction,
 * and those that made no layer say so (OCI image specification, "history"). Where they do not agree it is not known which
 * instruction made which layer.
 */
export function parseLayers(manifest: string, config: string): readonly Layer[] {
  const { layers } = parseRaw(manifest);
  const { history } = (parseJson(config) ?? {}) as {
    history?: readonly { created_by?: unknown; empty_layer?: unknown }[];
  };
  const made = history?.filter((entry) => entry.empty_layer !== true) ?? [];
  const sizes = layers?.map(({ size }) => Number(size)).filter(Number.isFinite) ?? [];
  return sizes.map((bytes, index) => ({
    bytes,
    by: made.length === sizes.length ? String(made[index]?.created_by ?? "") : "?",
  }));
}

/** Reads `imagetools inspect --format '{{json .Manifest}}'`. What is not a manifest with a digest is unknown. */
export function parseManifest(text: string): Look {
  const { digest, manifests } = parseRaw(text);
  if (!isDigest(digest)) return { state: "unknown", reason: "its answer is not a manifest" };
  const images = manifests?.filter(({ platform }) => platform?.os !== "unknown");
  return { state: "there", digest, manifests: images?.map((one) => one.digest) ?? [digest] };
}

/**
 * Reads a manifest: what each layer weighs, packed.
 * @param names what the layers go by in its place, in their order: the digests that the classic store pushes them under
 */
export function parseSizes(manifest: string, names?: readonly unknown[]): Sizes {
  const { layers } = parseRaw(manifest);
  const sizes = new Map<Digest, number>();
  if (names !== undefined && names.length !== layers?.length) return sizes;
  for (const [index, { digest, size }] of (layers ?? []).entries()) {
    const name = names === undefined ? digest : names[index];
    if (isDigest(name) && typeof size === "number") sizes.set(name, size);
  }
  return sizes;
}

/** The digests of the unpacked layers in an image's config, in their order; undefined where it names none. */
export function diffIdsIn(config: string): readonly unknown[] | undefined {
  const { rootfs } = (parseJson(config) ?? {}) as { rootfs?: { diff_ids?: unknown } | null };
  return Array.isArray(rootfs?.diff_ids) ? rootfs.diff_ids : undefined;
}

/** The part of an image's config that says how its containers run, in the words of the OCI image specification. */
export type ImageConfig = Readonly<Record<string, unknown>>;

/** Reads `docker image inspect` of one image: its config as a blob, without the history that it has in the registry. */
export function parseInspectedConfig(text: string): string | undefined {
  const [image] = (parseJson(text) ?? []) as readonly Record<string, unknown>[];
  const config = objectOrNone(image?.Config);
  if (image === undefined || config === undefined) return undefined;
  const { Architecture: architecture, Os: os, Variant: variant } = image;
  const rootfs = { type: "layers", diff_ids: object(image.RootFS).Layers ?? [] };
  return JSON.stringify({ architecture, os, ...(variant ? { variant } : {}), config, rootfs });
}

/** Reads the blob of an image's config. */
export function parseConfigBlob(text: string): ImageConfig | undefined {
  const blob = objectOrNone(parseJson(text));
  return blob === undefined ? undefined : object(blob.config);
}

/** Instructions of the image's ONBUILD, which run in any image that is built from it. */
export function onbuildIn(config: ImageConfig): readonly string[] {
  const { OnBuild } = config;
  return Array.isArray(OnBuild) ? OnBuild.map(String) : [];
}

/**
 * Reads the materials in `docker buildx history inspect --format json`: images by the name in a FROM line and the digest
 * that was taken. One with the tag `latest` is left out: its name in a FROM line may be a stage's as well. They are package URLs: `pkg:docker/python@3.13-slim?platform=linux%2Famd64`.
 */
export function parseMaterials(text: string): ReadonlyMap<string, Digest> {
  const { Materials } = (parseJson(text) ?? {}) as {
    Materials?: readonly { URI?: unknown; Digests?: readonly unknown[] }[] | null;
  };
  const images = new Map<string, Digest>();
  for (const { URI, Digests } of Materials ?? []) {
    const [, name = "", tag = ""] = /^pkg:docker\/([^@?]+)@([^?]+)/.exec(String(URI)) ?? [];
    const digest = Digests?.[0];
    if (name === "" || !isDigest(digest) || tag.startsWith("sha256") || tag === "latest") continue;
    images.set(decodeURIComponent(`${name}:${tag}`), digest);
  }
  return images;
}

/** The config's digest in a manifest; undefined where there is none. */
export function configIn(manifest: string): Digest | undefined {
  const { config } = parseRaw(manifest);
  return isDigest(config?.digest) ? config.digest : undefined;
}

/** A manifest or an index, as far as it is read here. */
interface RawManifest {
  readonly digest?: unknown;
  readonly config?: { readonly digest?: unknown } | null;
  readonly layers?: readonly { readonly digest?: unknown; readonly size?: unknown }[];
  readonly manifests?: readonly { readonly digest: Digest; readonly platform?: { readonly os?: string } }[];
}

function parseRaw(manifest: string): RawManifest {
  return (parseJson(manifest) ?? {}) as RawManifest;
}

export function isDigest(value: unknown): value is Digest {
  return typeof value === "string" && /^sha256:[0-9a-f]{64}$/.test(value);
}
