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
   * @param mayPush asked before each try: whether the tag may be written, has these bytes by now, or must be left alone
   * @returns its digest in the registry; undefined when the tag must be left alone
   */
  async push(
    image: BuiltImage,
    ref: Ref,
    mayPush: () => Promise<"push" | "there" | "stop">,
  ): Promise<Digest | undefined> {
    const { docker, source, temporary, say } = this.#parts;
    temporary.add(ref);
    await this.#name(ref);
    const isMadeByPush = isClassic(source.builder);
    const sizes = () => (isMadeByPush ? docker.pushedSizes(ref) : this.#sizesOf(image));
    const progress = new PushProgress({ known: isMadeByPush ? "afterwards" : "before", sizes }, say);
    let isStopped = false;
    const pushed = await withRetries(async (): Promise<Done> => {
      const [answer, id] = await Promise.all([mayPush(), docker.imageId(ref)]);
      isStopped = answer === "stop";
      if (answer !== "push") return { ok: true };
      this.#requireBytes(image, ref, id);
      return progress.watch((hear) => docker.push(ref, hear));
    }, this.#parts);
    if (isStopped) return undefined;
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
  #requireBytes(image: BuiltImage, ref: Ref, id: Digest | "none" | undefined): void {
    if (id === image.digest) return;
    throw new Failure(
      "Publish failed",
      id === undefined
        ? `The engine does not say which image ${ref} is, so nothing was pushed. Run the job again.`
        : `The image that was checked is ${image.digest}, but in the engine ${ref} is now ${id === "none" ? "no image" : id}, so nothing was pushed. ` +
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
        `${ref} points to it, and nobody knows whether those bytes passed: do not deploy it, and delete the tag in the registry`,
      );
    return look.digest;
  }
}
