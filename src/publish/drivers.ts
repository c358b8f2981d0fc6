/** How an image leaves each kind of builder, and how it is proven that what left is what was checked. */

import type { Builder } from "../docker/builder.ts";
import {
  type Arrived,
  type Docker,
  type Done,
  detailsIn,
  digestIn,
  type TargetMetadata,
} from "../docker/docker.ts";
import type { Sizes } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import type { Held, Pushed } from "../image/built-image.ts";
import { refused } from "../image/failures.ts";
import type { Platforms } from "../image/platforms.ts";
import type { Destination } from "../image/target.ts";
import { pinned as pinnedRef } from "../request/reference.ts";
import type { Digest, Ref, Request } from "../request/request.ts";
import type { Handover } from "./publish.ts";
import { lookAgain, type Waiting, withRetries } from "./retry.ts";
import { sameSet } from "./tag-rule.ts";
import type { Leftovers } from "./temporary-names.ts";

/** What both ways need. */
export interface Way extends Waiting {
  readonly docker: Docker;
  readonly request: Request;
  readonly held: Held;
  readonly platforms: Platforms;
  /** The docker driver's name for the image until the verdict. */
  readonly staging: string;
  /** Solves the image alone, out of the builder's cache, to a destination. */
  readonly release: (destination: Destination) => Promise<TargetMetadata>;
  /** Tells of a push. */
  readonly upload: (scale: Scale) => Watched;
  /**
   * Checks what left a builder in place of what was checked.
   * @throws {Failure} when it does not pass
   */
  readonly checkPushed: (pushed: Pushed) => Promise<void>;
  /** The way adds its own names to those that are to go. */
  readonly leftovers: Leftovers;
}

/** What the layers of a push weigh, and since when that can be asked. */
export interface Scale {
  readonly from: "the beginning" | "the end";
  /** Empty when it cannot be told; never worth a failure. */
  readonly sizes: () => Promise<Sizes>;
}

/** A push as it is told. */
export interface Watched {
  /** Tells of one try while it goes on. */
  watch(push: (hear: (layer: Arrived) => void) => Promise<Done>): Promise<Done>;
  /** Tells what went over the network. */
  sum(): Promise<void>;
}

/** The way that goes with the builder's driver. */
export function handoverOf(builder: Builder, way: Way): Handover {
  if (builder.driver !== "docker") return fromOwnBuilder(way);
  return builder.store === "containerd" ? fromContainerdStore(way) : fromClassicStore(way);
}

/** The engine holds the image under its staging name and pushes it from there. */
function fromEngine(
  way: Way,
  store: { readonly readBack: (ref: Ref) => Promise<Digest>; readonly scale: (ref: Ref) => Scale },
): Handover {
  const { docker, held, platforms, request, staging, leftovers } = way;
  const name = async (ref: Ref) => {
    const named = await docker.rename(staging, ref);
    if (!named.ok) throw refused(`The image could not be named ${ref}`, named.reason);
  };
  return {
    async identity() {
      if (held.config !== undefined && platforms.others.length === 0)
        return { by: "configs", digests: [held.config] };
      // With attestations or several platforms bake names no config; without them it does, of the same image.
      const digests: Digest[] = [];
      for (const platform of ["", ...platforms.others]) {
        const plain = `${staging}-plain${platform.replaceAll("/", "-")}`;
        leftovers.add(plain);
        const metadata = await way.release({ to: "engine", name: plain, platform });
        digests.push(digestIn(metadata, "containerimage.config.digest"));
      }
      return { by: "configs", digests };
    },
    async deliver(ref) {
      leftovers.add(ref);
      await name(ref);
      const upload = way.upload(store.scale(ref));
      const pushed = await withRetries(() => upload.watch((hear) => docker.push(ref, hear)), way);
      if (!pushed.ok) throw refused(`${ref} could not be pushed`, pushed.reason);
      // From here on only the registry's copy counts, unless the image is to be loaded too.
      if (!request.load) leftovers.begin();
      const [digest] = await Promise.all([store.readBack(ref), upload.sum()]);
      return digest;
    },
    givesTag: true,
    prove: async () => undefined,
    adopt: async () => {},
    tag: async () => ({ ok: true }),
    async load(ref) {
      await name(ref);
      leftovers.keep(ref);
    },
  };
}

/** The containerd store pushes the very manifests that it holds, so the registry's digest is the held one. */
function fromContainerdStore(way: Way): Handover {
  const { docker, held, platforms } = way;
  const sizes = async (): Promise<Sizes> => {
    const { record } = held;
    if (record === undefined) return new Map();
    const { checked, others } = platforms;
    const asked = others.length === 0 ? [""] : [checked, ...others];
    const each = await Promise.all(asked.map((platform) => docker.builtSizes(record, platform)));
    // A part of the whole would look like all of it.
    return each.some((one) => one.size === 0) ? new Map() : new Map(each.flatMap((one) => [...one]));
  };
  return fromEngine(way, {
    readBack: async () => held.digest,
    scale: () => ({ from: "the beginning", sizes }),
  });
}

/** The classic store makes the manifest while it pushes; the config digest in it proves the bytes. */
function fromClassicStore(way: Way): Handover {
  const readBack = async (ref: Ref) => {
    const [look, early] = await Promise.all([
      lookAgain(() => way.docker.look(ref), way),
      way.docker.configDigest(ref),
    ]);
    if (look.state === "unknown") throw refused(`${ref} was pushed, but cannot be read back`, look.reason);
    // A registry that answers late has it by now.
    const config = early ?? (await way.docker.configDigest(ref));
    if (look.state !== "there" || config !== way.held.digest)
      throw otherBytes(
        way.held.digest,
        config ?? "nothing that can be read",
        `${ref} points to it: do not deploy it. Run the job again`,
      );
    return look.digest;
  };
  return fromEngine(way, {
    readBack,
    scale: (ref) => ({ from: "the end", sizes: () => way.docker.pushedSizes(ref) }),
  });
}

/**
 * A builder of its own pushes by digest; only when the manifests are the checked ones comes the tag. When the builder
 * did not find the image in its cache, it built another: that one is in the registry now, and can be checked there.
 */
function fromOwnBuilder(way: Way): Handover {
  const { docker, request, platforms } = way;
  let { held } = way;
  let metadata: TargetMetadata = {};
  return {
    identity: async () => ({ by: "manifests", digests: held.manifests }),
    async deliver() {
      metadata = await way.release({ to: "registry" });
      return digestIn(metadata, "containerimage.digest");
    },
    givesTag: false,
    async prove(digest) {
      const pinned = pinnedRef(request.image, digest);
      const look = await lookAgain(() => docker.look(pinned), way);
      if (look.state !== "there") {
        const reason = look.state === "free" ? "not found" : look.reason;
        throw refused(`${digest} was pushed, but cannot be read back`, reason);
      }
      const manifests = look.platforms.map((platform) => platform.digest);
      if (sameSet(manifests, held.manifests)) return undefined;
      // Of several platforms only one can be checked; the others count because they were built beside it.
      if (platforms.others.length > 0 || manifests.length !== held.manifests.length)
        throw otherBytes(held.manifests.join(", "), manifests.join(", "), `it gets no tag. ${NOT_FOUND}`);
      const [own = digest] = manifests;
      const config = await docker.configDigest(pinnedRef(request.image, own));
      const named = config === undefined ? metadata : { ...metadata, "containerimage.config.digest": config };
      return { pinned, held: { digest: own, manifests, ...detailsIn(named) }, metadata: named };
    },
    async adopt(pushed) {
      way.say(
        `The builder did not find the image in its cache and built another: ${pushed.held.digest} is checked before it gets a tag.`,
      );
      await way.checkPushed(pushed);
      held = pushed.held;
    },
    tag: (pinned, ref) => docker.promote(pinned, ref),
    async load(ref) {
      const metadata = await way.release({ to: "engine", name: ref });
      const loaded = digestIn(metadata, "containerimage.digest");
      if (loaded === held.digest) return;
      await docker.forget([ref]);
      throw otherBytes(held.digest, loaded, `it is not kept. ${NOT_FOUND}`);
    },
  };
}

const NOT_FOUND =
  "The builder did not find the image in its cache and built it again: the cache was cleared in between, or a build beside " +
  "this one has the same first steps. Run the job again; if it happens often, give the builder more room for its cache";

function otherBytes(checked: string, delivered: string, so: string): Failure {
  return new Failure(
    "Publish failed",
    `The image that was checked is ${checked}; what left the builder is ${delivered}, and ${so}.`,
  );
}
