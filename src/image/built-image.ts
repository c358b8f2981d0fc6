/** What the builder holds, and what it has pushed. */
import type { TargetMetadata } from "../docker/docker.ts";
import type { Digest, PinnedRef } from "../request/request.ts";

/** The image as the builder holds it until the verdict. */
export interface Held {
  /**
   * Of its manifest or index, or of its config on the classic store. A builder of its own holds each platform by
   * itself: there it is the manifest of the platform that was checked.
   */
  readonly digest: Digest;
  /** The same of each platform that is held by itself. */
  readonly manifests: readonly Digest[];
  /** Of its config, where bake's metadata names it: not when attestations go with the image. */
  readonly config: Digest | undefined;
  /** The build's record in the builder's history, where bake's metadata names it. */
  readonly record: string | undefined;
}

/** An image that is in the registry and has no tag. */
export interface Pushed {
  readonly pinned: PinnedRef;
  readonly held: Held;
  readonly metadata: TargetMetadata;
}
