/** The docker driver: the engine keeps the image under its staging name and pushes it from there. */
import type { Builder } from "../docker/builder.ts";
import type { Docker } from "../docker/docker.ts";
import { configIn, parseSizes, type Sizes } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import type { BuiltImage, PlatformImage } from "../image/built-image.ts";
import { refused } from "../image/failures.ts";
import { allPlatforms, type Platforms } from "../image/platforms.ts";
import type { Digest, Ref, Request } from "../request/request.ts";
import { type EnginePublisher, otherBytes } from "./driver.ts";
import { PushProgress } from "./push-progress.ts";
import { lookAgain, type Waiting, withRetries } from "./retry.ts";
import type { TemporaryNames } from "./temporary-names.ts";

export interface EngineParts extends Waiting {
  readonly docker: Docker;
  readonly builder: Extract<Builder, { driver: "docker" }>;
  readonly request: Request;
  readonly platforms: Platforms;
  /** The image's name until the verdict. */
  readonly staging: string;
  readonly temporary: TemporaryNames;
}

export function enginePublisher(parts: EngineParts): EnginePublisher {
  const { docker, builder, platforms, request, staging, temporary, say } = parts;
  const isClassic = builder.store === "classic";
  const name = async (ref: Ref) => {
    const named = await docker.tag(staging, ref);
    if (!named.ok) throw refused(`The image could not be named ${ref}`, named.reason);
  };
  return {
    pushes: "tag",
    async identity({ platforms: [image] }) {
      const all = allPlatforms(platforms);
      if (image?.config !== undefined && all.length === 1) return { by: "configs", digests: [image.config] };
      // With attestations or several platforms bake names no config. The builder's history has the manifests that do.
      const manifests = await manifestsOf(image, parts);
      const configs = manifests.map((manifest) => (manifest === undefined ? undefined : configIn(manifest)));
      const digests = configs.filter((digest) => digest !== undefined);
      if (digests.length === all.length) return { by: "configs", digests };
      throw new Failure(
        "Publish failed",
        "The tag is in the registry, and the builder's history does not say whether it has these bytes. Run the job again.",
      );
    },
    async push(image, ref) {
      temporary.add(ref);
      await name(ref);
      const progress = new PushProgress(
        isClassic
          ? { known: "afterwards", sizes: () => docker.pushedSizes(ref) }
          : { known: "before", sizes: () => sizesOf(image, parts) },
        say,
      );
      const pushed = await withRetries(() => progress.watch((hear) => docker.push(ref, hear)), parts);
      if (!pushed.ok) throw refused(`${ref} could not be pushed`, pushed.reason);
      // From here on only the registry's copy counts, unless the image is to be loaded too.
      if (!request.load) temporary.removeSoon();
      const [digest] = await Promise.all([
        // The containerd store pushes the very manifests that it keeps.
        isClassic ? readClassic(parts, image, ref) : image.digest,
        progress.sum(),
      ]);
      return digest;
    },
    async load(_, ref) {
      await name(ref);
      temporary.keep(ref);
    },
  };
}

/** The manifests of the image's platforms, out of the builder's history; undefined where it does not have one. */
async function manifestsOf(
  image: PlatformImage | undefined,
  { docker, platforms }: EngineParts,
): Promise<readonly (string | undefined)[]> {
  const record = image?.record;
  const all = allPlatforms(platforms);
  if (record === undefined) return all.map(() => undefined);
  return Promise.all(
    (all.length === 1 ? [""] : all).map((platform) => docker.builtManifest(record, platform)),
  );
}

/** What the layers of an image weigh that the containerd store keeps. Empty when not all of them are known. */
async function sizesOf(image: BuiltImage, parts: EngineParts): Promise<Sizes> {
  const each = (await manifestsOf(image.platforms[0], parts)).map((manifest) => parseSizes(manifest ?? ""));
  // A part of the whole would look like all of it.
  return each.some((one) => one.size === 0) ? new Map() : new Map(each.flatMap((one) => [...one]));
}

/** The classic store makes the manifest while it pushes. The config digest in it proves the bytes. */
async function readClassic(parts: EngineParts, image: BuiltImage, ref: Ref): Promise<Digest> {
  const { docker } = parts;
  const [look, early] = await Promise.all([
    lookAgain(() => docker.look(ref), parts),
    docker.configDigest(ref),
  ]);
  if (look.state === "unknown") throw refused(`${ref} was pushed, but cannot be read back`, look.reason);
  // A registry that answers late has it by now.
  const config = early ?? (await docker.configDigest(ref));
  if (look.state !== "there" || config !== image.digest)
    throw otherBytes(
      image.digest,
      config ?? "nothing that can be read",
      `${ref} points to it: do not deploy it. Run the job again`,
    );
  return look.digest;
}
