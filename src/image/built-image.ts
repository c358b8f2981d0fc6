/** What a builder has built: its digests, read from bake's metadata. Pure. */
import type { Builder } from "../docker/builder.ts";
import type { Metadata, TargetMetadata } from "../docker/docker.ts";
import { isDigest } from "../docker/manifests.ts";
import { IMAGE } from "../docker/steps.ts";
import { Failure } from "../failure.ts";
import type { Digest, PinnedRef } from "../request/request.ts";
import type { Platforms } from "./platforms.ts";
import { targetsOf } from "./target.ts";

/** The image of one platform, as the builder keeps it. */
export interface PlatformImage {
  /** `linux/amd64`; empty = the builder's own, which it does not name. */
  readonly platform: string;
  /**
   * Of its manifest. The docker driver keeps all platforms and attestations as one image: there it is that image's
   * index, or on the classic store its config.
   */
  readonly digest: Digest;
  /** Of its config, where bake's metadata names it: not when the image has attestations. */
  readonly config: Digest | undefined;
  /** The build's record in the builder's history. */
  readonly record: string | undefined;
}

/** The image that the builder keeps until the verdict. */
export interface BuiltImage {
  /** What the outputs call the image's digest until it is released. */
  readonly digest: Digest;
  /** The first ones are checked. The docker driver has one for all platforms. */
  readonly platforms: readonly [PlatformImage, ...PlatformImage[]];
  /** Bake's metadata of the first. */
  readonly metadata: TargetMetadata;
}

/** An image that was pushed by digest and has no tag yet. */
export interface PushedImage extends BuiltImage {
  readonly pinned: PinnedRef;
}

/**
 * The image of a build.
 * @param targets bake's metadata by target
 * @throws {Failure} when the metadata lacks a digest
 */
export function builtImage(targets: Metadata, { driver }: Builder, platforms: Platforms): BuiltImage {
  const [[, first], ...others] = targetsOf(platforms);
  const metadata = targets[IMAGE] ?? {};
  const own = platformImage(metadata, first);
  const rest = driver === "docker" ? [] : others;
  const images = rest.map(([name, platform]) => platformImage(targets[name] ?? {}, platform));
  return { digest: own.digest, platforms: [own, ...images], metadata };
}

/**
 * One platform's image in bake's metadata of its target.
 * @throws {Failure} when there is no digest in it: without one nothing can be proven of the image
 */
export function platformImage(metadata: TargetMetadata, platform: string): PlatformImage {
  const digest = metadata["containerimage.digest"];
  if (!isDigest(digest))
    throw new Failure(
      "Build failed",
      "The builder does not name the image's digest (`containerimage.digest`): update buildx.",
    );
  const config = metadata["containerimage.config.digest"];
  // `builder/node/record`
  const [record] = /[^/]+$/.exec(String(metadata["buildx.build.ref"] ?? "")) ?? [];
  return { platform, digest, config: isDigest(config) ? config : undefined, record };
}

/** The digests of an image's platforms. */
export function digestsOf({ platforms }: BuiltImage): readonly Digest[] {
  return platforms.map(({ digest }) => digest);
}
