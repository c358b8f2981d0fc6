/** The docker driver: the engine keeps the image under its staging name and pushes it from there. */
import type { Builder } from "../docker/builder.ts";
import { type Docker, digestIn, type TargetMetadata } from "../docker/docker.ts";
import { parseSizes, type Sizes } from "../docker/manifests.ts";
import type { BuiltImage } from "../image/built-image.ts";
import { refused } from "../image/failures.ts";
import { allPlatforms, type Platforms, platformSlug } from "../image/platforms.ts";
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
  /** Takes one platform's image into the engine, without attestations; bake's metadata of it. */
  readonly loadPlain: (name: string, platform: string) => Promise<TargetMetadata>;
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
      // With attestations or several platforms bake names no config. Without them it does, of the same image.
      const digests: Digest[] = [];
      for (const platform of all.length === 1 ? [""] : all) {
        const plain = `${staging}-plain${platform === "" ? "" : `-${platformSlug(platform)}`}`;
        temporary.add(plain);
        digests.push(digestIn(await parts.loadPlain(plain, platform), "containerimage.config.digest"));
      }
      return { by: "configs", digests };
    },
    async push(image, ref) {
      temporary.add(ref);
      await name(ref);
      const progress = new PushProgress(
        isClassic
          ? { known: "afterwards", sizes: () => docker.pushedSizes(ref) }
          : { known: "before", sizes: () => sizesOf(image, docker, platforms) },
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

/** What the layers of an image weigh that the containerd store keeps. Empty when not all of them are known. */
async function sizesOf(image: BuiltImage, docker: Docker, platforms: Platforms): Promise<Sizes> {
  const record = image.platforms[0]?.record;
  if (record === undefined) return new Map();
  const all = allPlatforms(platforms);
  const each = await Promise.all(
    (all.length === 1 ? [""] : all).map(async (platform) =>
      parseSizes((await docker.builtManifest(record, platform)) ?? ""),
    ),
  );
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
