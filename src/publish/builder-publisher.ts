/**
 * Builders of their own (docker-container, remote, kubernetes): they push by digest, and only when the platforms' manifests
 * are those that were checked comes the tag. When the builder did not find the image in its cache, it built another one:
 * that is in the registry then, and can be checked too.
 */
import type { Solve } from "../docker/bake.ts";
import type { Done, Metadata, TargetMetadata } from "../docker/docker.ts";
import { IMAGE } from "../docker/steps.ts";
import { indexAnnotations } from "../image/attestations.ts";
import { type Blame, blame } from "../image/blame.ts";
import { type BuiltImage, digestsOf, type PushedImage, platformImage } from "../image/built-image.ts";
import { planLoad, planPush } from "../image/exports.ts";
import { refused, releaseFailure } from "../image/failures.ts";
import { areSeveral } from "../image/platforms.ts";
import { targetsOf } from "../image/target.ts";
import { pinned as pinnedRef } from "../request/reference.ts";
import type { Digest, PinnedRef, Ref } from "../request/request.ts";
import { BUILT_AGAIN, otherBytes, type PublishParts } from "./driver.ts";
import { withRetries } from "./retry.ts";
import { type Identity, sameSet } from "./tag-rule.ts";

/** What a builder has pushed by digest: one manifest or index, or one for each platform, which the tag makes an index. */
export type PushedImages = readonly [PushedImage, ...PushedImage[]];

/** How a solve ended that took the image out of the builder. */
type Released =
  | { readonly ok: true; readonly metadata: Metadata }
  | { readonly ok: false; readonly reason: string; readonly blame: Blame };

/** Pushes by digest. The tag comes later, when the digest is known to be that of what was checked. */
export class BuilderPublisher {
  readonly pushes = "digest";
  readonly #parts: PublishParts;

  constructor(parts: PublishParts) {
    this.#parts = parts;
  }

  /** What identifies the image's bytes, to compare them with those that already have a tag. */
  async identity(image: BuiltImage): Promise<Identity> {
    return { by: "manifests", digests: digestsOf(image) };
  }

  /** Pushes the image without a tag, again while the registry's refusal may pass by itself. */
  async push(image: BuiltImage): Promise<PushedImages> {
    const { source, pushing } = this.#parts;
    pushing(image);
    const solve = planPush(source);
    // A try that was refused half-way leaves nothing that has a tag, and only what the last one pushed is compared.
    const released = await withRetries(() => this.#release(solve), this.#parts);
    if (!released.ok) throw releaseFailure(released.blame, source.request.build, "registry");
    const { metadata } = released;
    const [[, first], ...others] = targetsOf(source.platforms);
    const images = others.flatMap(([name, platform]) =>
      metadata[name] === undefined ? [] : [this.#pushed(platform, metadata[name])],
    );
    return [this.#pushed(first, metadata[IMAGE]), ...images];
  }

  /** Gives what was pushed its tag. An index that is made with it gets its annotations here. */
  tag(pushed: PushedImages, ref: Ref): Promise<Done> {
    const { docker, source } = this.#parts;
    const annotations = pushed.length === 1 ? [] : indexAnnotations(source.request.build.annotations);
    return docker.createTag(refsOf(pushed), ref, annotations);
  }

  /**
   * Compares what was pushed with the image that was checked.
   * @returns the other image, when the builder built it again with other bytes; it may be checked in turn
   * @throws {Failure} when there is another image that cannot be checked as a whole
   */
  async verify(pushed: PushedImages, image: BuiltImage): Promise<PushedImage | undefined> {
    const { docker, source } = this.#parts;
    const manifests = (await Promise.all(refsOf(pushed).map((ref) => this.#manifestsAt(ref)))).flat();
    const checked = digestsOf(image);
    if (sameSet(manifests, checked)) return undefined;
    // Of several platforms not all can be checked; the others count because they were built with the first.
    const [own, ...more] = manifests;
    if (areSeveral(source.platforms) || own === undefined || more.length > 0)
      throw otherBytes(checked.join(", "), manifests.join(", "), `it gets no tag. ${BUILT_AGAIN}`);
    const config = await docker.configDigest(pinnedRef(source.request.image, own));
    return withOwnManifest(pushed[0], own, config);
  }

  /** Puts the image into the local engine under `ref`. */
  async load({ digest, platforms: [own] }: BuiltImage, ref: Ref): Promise<void> {
    const { docker, source } = this.#parts;
    const released = await this.#release(planLoad(source, ref));
    if (!released.ok) throw releaseFailure(released.blame, source.request.build, "engine");
    const loaded = platformImage(released.metadata[IMAGE] ?? {}, own.platform);
    if (loaded.digest === own.digest) return;
    await docker.remove([ref]);
    throw otherBytes(digest, loaded.digest, `it is not kept. ${BUILT_AGAIN}`);
  }

  /** Solves the image out of the builder's cache. Its steps were logged when they ran. */
  async #release(solve: Solve): Promise<Released> {
    const quieter = this.#parts.solver.hearing((event) =>
      event.type === "completed" && event.cached ? undefined : event,
    );
    const solved = await quieter.solve("release", solve);
    if (solved.ok) return solved;
    const found = blame(solved.progress, solved.stderr);
    return { ok: false, reason: found.reason, blame: found };
  }

  #pushed(platform: string, metadata: TargetMetadata = {}): PushedImage {
    const own = platformImage(metadata, platform);
    const pinned = pinnedRef(this.#parts.source.request.image, own.digest);
    return { pinned, digest: own.digest, platforms: [own], metadata };
  }

  /** The platforms' manifests that the registry has by a digest. */
  async #manifestsAt(ref: PinnedRef): Promise<readonly Digest[]> {
    const look = await withRetries(() => this.#parts.docker.look(ref), this.#parts);
    if (look.state === "there") return look.manifests;
    const reason = look.state === "free" ? "not found" : look.reason;
    throw refused(`${ref} was pushed, but cannot be read back`, reason);
  }
}

/** Where the registry has what was pushed. */
export function refsOf(pushed: PushedImages): readonly PinnedRef[] {
  return pushed.map(({ pinned }) => pinned);
}

/** With attestations bake's metadata names only the index; the checks start from the manifest in it. */
function withOwnManifest(image: PushedImage, digest: Digest, config: Digest | undefined): PushedImage {
  const [own] = image.platforms;
  const metadata =
    config === undefined ? image.metadata : { ...image.metadata, "containerimage.config.digest": config };
  return { ...image, digest, platforms: [{ ...own, digest, config }], metadata };
}
