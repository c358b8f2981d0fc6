/** The docker driver: the engine keeps the image under its staging name and pushes it from there. */
import { isClassic } from "../docker/builder.ts";
import type { Done } from "../docker/docker.ts";
import { configIn, parseSizes, type Sizes } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import type { BuiltImage } from "../image/built-image.ts";
import { refused } from "../image/failures.ts";
import { allPlatforms } from "../image/platforms.ts";
import type { Digest, Ref } from "../request/request.ts";
import { otherBytes, type PublishParts } from "./driver.ts";
import { PushProgress } from "./push-progress.ts";
import { withRetries } from "./retry.ts";
import type { Identity } from "./tag-rule.ts";

/** The engine pushes under a tag or not at all. What it pushes is what it keeps. */
export class EnginePublisher {
  readonly pushes = "tag";
  readonly #parts: PublishParts;

  constructor(parts: PublishParts) {
    this.#parts = parts;
  }

  /** What identifies the image's bytes, to compare them with those that already have a tag. */
  async identity(image: BuiltImage): Promise<Identity> {
    const all = allPlatforms(this.#parts.source.platforms);
    const [{ config }] = image.platforms;
    if (config !== undefined && all.length === 1) return { by: "configs", digests: [config] };
    // With attestations or several platforms bake names no config. The builder's history has the manifests that do.
    const manifests = await this.#manifestsOf(image);
    const digests = manifests.map(configIn).filter((digest) => digest !== undefined);
    if (digests.length === all.length) return { by: "configs", digests };
    throw new Failure(
      "Publish failed",
      "The tag is in the registry, and the builder's history does not say whether it has these bytes. Run the job again.",
    );
  }

  /**
   * Pushes the image under its tag and reads it back. An engine pushes a name, and not a digest, so what the name means and
   * what the registry has are asked right before it.
   * @param isThere asked before each try: whether the tag has these bytes by now; throws when it has others
   * @returns its digest in the registry
   */
  async push(image: BuiltImage, ref: Ref, isThere: () => Promise<boolean>): Promise<Digest> {
    const { docker, source, temporary, say } = this.#parts;
    temporary.add(ref);
    await this.#name(ref);
    const isMadeByPush = isClassic(source.builder);
    const sizes = () => (isMadeByPush ? docker.pushedSizes(ref) : this.#sizesOf(image));
    const progress = new PushProgress({ known: isMadeByPush ? "afterwards" : "before", sizes }, say);
    const pushed = await withRetries(async (): Promise<Done> => {
      const [there] = await Promise.all([isThere(), this.#requireBytes(image, ref)]);
      return there ? { ok: true } : progress.watch((hear) => docker.push(ref, hear));
    }, this.#parts);
    if (!pushed.ok) throw refused(`${ref} could not be pushed`, pushed.reason);
    // From here on only the registry's copy counts, unless the image is to be loaded too.
    if (!source.request.load) temporary.removeSoon();
    const [digest] = await Promise.all([
      // The containerd store pushes the very manifests that it keeps.
      isMadeByPush ? this.#readClassic(image, ref) : image.digest,
      progress.sum(),
    ]);
    return digest;
  }

  /** Leaves the image in the engine, under `ref`. */
  async load(_: BuiltImage, ref: Ref): Promise<void> {
    await this.#name(ref);
    this.#parts.temporary.keep(ref);
  }

  async #name(ref: Ref): Promise<void> {
    const { docker, source } = this.#parts;
    const named = await docker.tag(source.names.staging, ref);
    if (!named.ok) throw refused(`The image could not be named ${ref}`, named.reason);
  }

  /** @throws {Failure} when the engine's name is that of another image: another step on this engine has taken it */
  async #requireBytes(image: BuiltImage, ref: Ref): Promise<void> {
    const id = await this.#parts.docker.imageId(ref);
    if (id === image.digest) return;
    throw new Failure(
      "Publish failed",
      `The image that was checked is ${image.digest}, but in the engine ${ref} is now ${id ?? "no image"}, so nothing was pushed. ` +
        "Another step on this engine has the same tag at the same time: give each its own `image` or its own `tag`.",
    );
  }

  /** The manifests of the image's platforms, out of the builder's history; empty where it does not have one. */
  async #manifestsOf({ platforms: [{ record }] }: BuiltImage): Promise<readonly string[]> {
    const { docker, source } = this.#parts;
    if (record === undefined) return [];
    const all = allPlatforms(source.platforms);
    const asked = (all.length === 1 ? [""] : all).map((platform) => docker.builtManifest(record, platform));
    return (await Promise.all(asked)).map((manifest) => manifest ?? "");
  }

  /** What the layers of an image weigh that the containerd store keeps. Empty when not all of them are known. */
  async #sizesOf(image: BuiltImage): Promise<Sizes> {
    const each = (await this.#manifestsOf(image)).map((manifest) => parseSizes(manifest));
    // A part of the whole would look like all of it.
    return each.some((one) => one.size === 0) ? new Map() : new Map(each.flatMap((one) => [...one]));
  }

  /** The classic store makes the manifest while it pushes. The config digest in it proves the bytes. */
  async #readClassic(image: BuiltImage, ref: Ref): Promise<Digest> {
    const { docker } = this.#parts;
    const [look, early] = await Promise.all([
      withRetries(() => docker.look(ref), this.#parts),
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
}
