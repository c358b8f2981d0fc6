/** How an image leaves each kind of builder, and how it is proven that what left is what was checked. */
import type { Done } from "../docker/docker.ts";
import { Failure } from "../failure.ts";
import type { BuiltImage, PushedImage } from "../image/built-image.ts";
import type { Digest, PinnedRef, Ref } from "../request/request.ts";
import type { Identity } from "./tag-rule.ts";

/** What every driver does. */
interface Publishes {
  /** What identifies the image's bytes, to compare them with those that already have a tag. */
  identity(image: BuiltImage): Promise<Identity>;
  /** Puts the image into the local engine under `ref`. */
  load(image: BuiltImage, ref: Ref): Promise<void>;
}

/** The engine pushes under a tag or not at all. What it pushes is what it keeps. */
export interface EnginePublisher extends Publishes {
  readonly pushes: "tag";
  /**
   * Pushes the image under its tag and reads it back.
   * @returns its digest in the registry
   */
  push(image: BuiltImage, ref: Ref): Promise<Digest>;
}

/** A builder of its own pushes by digest. The tag comes later, when the digest is known to be that of what was checked. */
export interface BuilderPublisher extends Publishes {
  readonly pushes: "digest";
  push(image: BuiltImage): Promise<PushedDigests>;
  /** Gives what was pushed its tag. */
  tag(pushed: PushedDigests, ref: Ref): Promise<Done>;
  /**
   * Compares what was pushed with the image that was checked.
   * @returns the other image, when the builder built it again with other bytes; it may be checked in turn
   * @throws {Failure} when there is another image that cannot be checked as a whole
   */
  verify(pushed: PushedDigests, image: BuiltImage): Promise<PushedImage | undefined>;
}

export type DriverPublisher = EnginePublisher | BuilderPublisher;

/** What a builder has pushed by digest: one manifest or index, or one for each platform. */
export interface PushedDigests {
  readonly refs: readonly [PinnedRef, ...PinnedRef[]];
  /** The digest that the tag will have. Undefined: several manifests become one index with the tag. */
  readonly digest: Digest | undefined;
  readonly images: readonly PushedImage[];
}

/** The failure when other bytes left the builder than were checked. */
export function otherBytes(checked: string, delivered: string, consequence: string): Failure {
  return new Failure(
    "Publish failed",
    `The image that was checked is ${checked}; what left the builder is ${delivered}, and ${consequence}.`,
  );
}

export const BUILT_AGAIN =
  "The builder did not find the image in its cache and built it again: the cache was cleared in between, or a build at the " +
  "same time has the same first steps. Run the job again; if it happens often, give the builder more room for its cache";
