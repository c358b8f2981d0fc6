/**
 * Builders of their own (docker-container, remote, kubernetes): they push by digest, and only when the platforms' manifests
 * are those that were checked comes the tag. When the builder did not find the image in its cache, it built another one:
 * that is in the registry then, and can be checked too.
 */
import { type Docker, digestIn, type TargetMetadata } from "../docker/docker.ts";
import { IMAGE } from "../docker/steps.ts";
import { indexAnnotations } from "../image/attestations.ts";
import { type BuiltImage, type PushedImage, platformImage } from "../image/built-image.ts";
import { refused } from "../image/failures.ts";
import { allPlatforms, type Platforms } from "../image/platforms.ts";
import { targetsOf } from "../image/target.ts";
import { pinned as pinnedRef } from "../request/reference.ts";
import type { Digest, PinnedRef, Request } from "../request/request.ts";
import { BUILT_AGAIN, type BuilderPublisher, otherBytes } from "./driver.ts";
import { lookAgain, type Waiting } from "./retry.ts";
import { sameSet } from "./tag-rule.ts";

export interface BuilderParts extends Waiting {
  readonly docker: Docker;
  readonly request: Request;
  readonly platforms: Platforms;
  /** Pushes the image by digest; bake's metadata by target. */
  readonly pushByDigest: () => Promise<Readonly<Record<string, TargetMetadata>>>;
  /** Takes the image into the local engine under a name; bake's metadata of it. */
  readonly loadInto: (name: string) => Promise<TargetMetadata>;
}

export function builderPublisher(parts: BuilderParts): BuilderPublisher {
  const { docker, request, platforms } = parts;
  return {
    pushes: "digest",
    identity: async (image) => ({ by: "manifests", digests: manifestsOf(image) }),
    async push() {
      const metadata = await parts.pushByDigest();
      const first = pushedImage(request, metadata[IMAGE] ?? {}, platforms.checked[0] ?? "");
      const others = targetsOf(platforms)
        .slice(1)
        .flatMap(([name, platform]) =>
          metadata[name] === undefined ? [] : [pushedImage(request, metadata[name], platform)],
        );
      return {
        refs: [first.pinned, ...others.map(({ pinned }) => pinned)],
        digest: others.length === 0 ? first.digest : undefined,
        images: [first, ...others],
      };
    },
    // An index that is made here gets its annotations here.
    tag: ({ refs }, ref) =>
      docker.createTag(refs, ref, refs.length === 1 ? [] : indexAnnotations(request.build.annotations)),
    async verify(pushed, image) {
      const looks = await Promise.all(pushed.refs.map((ref) => manifestsAt(ref, parts)));
      const manifests = looks.flat();
      if (sameSet(manifests, manifestsOf(image))) return undefined;
      // Of several platforms not all can be checked; the others count because they were built with the first.
      const [own] = manifests;
      const [other] = pushed.images;
      if (
        allPlatforms(platforms).length > 1 ||
        manifests.length !== 1 ||
        own === undefined ||
        other === undefined
      )
        throw otherBytes(
          manifestsOf(image).join(", "),
          manifests.join(", "),
          `it gets no tag. ${BUILT_AGAIN}`,
        );
      return withOwnManifest(other, own, await docker.configDigest(pinnedRef(request.image, own)));
    },
    async load(image, ref) {
      const metadata = await parts.loadInto(ref);
      const loaded = digestIn(metadata, "containerimage.digest");
      if (loaded === image.platforms[0]?.digest) return;
      await docker.remove([ref]);
      throw otherBytes(image.digest, loaded, `it is not kept. ${BUILT_AGAIN}`);
    },
  };
}

function manifestsOf(image: BuiltImage): readonly Digest[] {
  return image.platforms.map(({ digest }) => digest);
}

/** The platforms' manifests that the registry has by a digest. */
async function manifestsAt(ref: PinnedRef, parts: BuilderParts): Promise<readonly Digest[]> {
  const look = await lookAgain(() => parts.docker.look(ref), parts);
  if (look.state === "there") return look.platforms.map(({ digest }) => digest);
  const reason = look.state === "free" ? "not found" : look.reason;
  throw refused(`${ref} was pushed, but cannot be read back`, reason);
}

function pushedImage({ image }: Request, metadata: TargetMetadata, platform: string): PushedImage {
  const own = platformImage(metadata, platform);
  return { pinned: pinnedRef(image, own.digest), digest: own.digest, platforms: [own], metadata };
}

/** With attestations bake's metadata names only the index; the checks start from the manifest in it. */
function withOwnManifest(image: PushedImage, digest: Digest, config: Digest | undefined): PushedImage {
  const platforms = image.platforms.map((one) => ({ ...one, digest, config }));
  const metadata =
    config === undefined ? image.metadata : { ...image.metadata, "containerimage.config.digest": config };
  return { ...image, digest, platforms, metadata };
}
