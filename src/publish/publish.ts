/**
 * After the verdict: the image leaves the builder, is compared with what was checked, and gets its tag.
 * Nothing that has a tag is overwritten unasked, and a tag counts only when it was read back.
 */

import type { Docker, Done } from "../docker/docker.ts";
import type { Look } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import type { Pushed } from "../image/built-image.ts";
import { isDenial, refused } from "../image/failures.ts";
import { pinned as pinnedRef, ref as refOf } from "../request/reference.ts";
import type { Digest, PinnedRef, Ref, Request, Tag } from "../request/request.ts";
import { lookAgain, type Waiting, withRetries } from "./retry.ts";
import { compare, type Identity, type Ruling, rule, type TagState } from "./tag-rule.ts";

/** What was released: a tag that was read back at this digest. */
export interface Release {
  readonly tag: Tag;
  readonly ref: Ref;
  readonly digest: Digest;
  readonly pinned: PinnedRef;
  /** `already there`: the same bytes had this tag before. */
  readonly how: "written" | "already there";
  /** Further tags that were moved to the digest. */
  readonly tags: readonly Tag[];
}

/** How one kind of builder hands an image over. Made by `handover`. */
export interface Handover {
  /** What identifies the image's bytes, to compare them with those under a tag that is there. */
  identity(): Promise<Identity>;
  /** Brings the image to the registry, under no tag or under `ref` itself; the digest there. */
  deliver(ref: Ref): Promise<Digest>;
  /** `deliver` gives the tag itself: an engine pushes under a tag or not at all. */
  readonly givesTag: boolean;
  /** Compares what was delivered with what was checked, where `deliver` has not: the other image, or undefined. */
  prove(digest: Digest): Promise<Pushed | undefined>;
  /**
   * Has that other image checked, and hands it over from now on.
   * @throws {Failure} when it does not pass
   */
  adopt(pushed: Pushed): Promise<void>;
  /** Gives it the tag, where `deliver` has not. */
  tag(pinned: PinnedRef, ref: Ref): Promise<Done>;
  /** Puts it into the local engine under `ref`. */
  load(ref: Ref): Promise<void>;
}

/** What the publishing needs from the story. */
export interface Desk extends Waiting {
  readonly docker: Docker;
  readonly request: Request;
  readonly handover: Handover;
  /** The look that ran beside the build; undefined when it is too old to be trusted. */
  readonly looked: Look | undefined;
  readonly notice: (text: string) => void;
  readonly warn: (text: string) => void;
}

/**
 * Publishes the image that passed.
 * @throws {Failure} `Publish failed`
 */
export async function publish(desk: Desk): Promise<Release> {
  const { handover, request } = desk;
  const first = await ruleOnTag(desk, desk.looked);
  if (first.do === "keep") return keep(desk, first);
  // A push under the tag might overwrite what nobody could see.
  if (first.do === "ask again" && handover.givesTag) throw untold(desk, first, BEFORE_A_PUSH);
  const digest = await handover.deliver(refOf(request.image, first.tag));
  // An upload takes minutes, in which another run may give the tag; and a registry that knew nothing of the
  // repository knows it now. So where the tag is given only now, ask again.
  const ruling = handover.givesTag ? first : await ruleAgain(desk, digest);
  if (ruling.do === "keep") return keep(desk, ruling);
  if (ruling.do === "ask again") throw untold(desk, ruling, afterAPush(digest));
  if (ruling.notice !== "") desk.notice(ruling.notice);

  const ref = refOf(request.image, ruling.tag);
  const tagged = await withRetries(() => handover.tag(pinnedRef(request.image, digest), ref), desk);
  if (!tagged.ok) throw refused(`${ref} could not be tagged`, tagged.reason);
  await readBack(desk, ref, digest);
  return complete(desk, ruling.tag, digest, "written");
}

async function ruleAgain(desk: Desk, digest: Digest): Promise<Ruled> {
  const { handover } = desk;
  const [ruling, other] = await Promise.all([ruleOnTag(desk, undefined), handover.prove(digest)]);
  if (other === undefined) return ruling;
  await handover.adopt(other);
  // Checks take their time, in which another run may give the tag.
  return ruleOnTag(desk, undefined);
}

const BEFORE_A_PUSH =
  "Log in before this step (docker/login-action) with an account that may read and write this repository. " +
  "Where you are logged in, the repository may not exist yet, and the engine's own builder can only push under the " +
  "tag: create the repository, or add docker/setup-buildx-action before this step, whose builder pushes without a " +
  "tag first and then asks again.";

function afterAPush(digest: Digest): string {
  return `It took the image without a tag, as ${digest}: give the account the right to read this repository too.`;
}

/** @param next what helps where the registry denies to say */
function untold({ request }: Desk, ruling: Extract<Ruled, { do: "ask again" }>, next: string): Failure {
  const what = `The registry does not say whether ${refOf(request.image, ruling.tag)} is already there`;
  if (!isDenial(ruling.reason)) return refused(what, ruling.reason);
  return new Failure("Publish failed", `${what}: ${ruling.reason}. ${next}`);
}

function keep(desk: Desk, { tag, digest }: Extract<Ruling, { do: "keep" }>): Promise<Release> {
  desk.say(`${refOf(desk.request.image, tag)} is already there with these bytes`);
  return complete(desk, tag, digest, "already there");
}

async function readBack(desk: Desk, ref: Ref, digest: Digest): Promise<void> {
  const back = await lookAgain(() => desk.docker.look(ref), desk);
  if (back.state === "there" && back.digest === digest) return;
  if (back.state === "unknown")
    throw refused(
      `${ref} was pushed as ${digest}, but could not be read back. Run the job again`,
      back.reason,
    );
  throw new Failure(
    "Publish failed",
    `${ref} was pushed as ${digest}, but the registry now has ${shown(back)} there. Another run may have ` +
      "moved the tag at the same moment; do not deploy it, and give each workflow its own tags.",
  );
}

type Ruled = Extract<Ruling, { do: "write" | "keep" | "ask again" }>;

/** Applies the tag rule, looking at the registry as often as it asks. */
async function ruleOnTag(desk: Desk, looked: Look | undefined): Promise<Ruled> {
  const { request } = desk;
  let tag = request.tag;
  let look = looked;
  for (;;) {
    const ruling = rule(tag, await stateOf(desk, tag, look), request);
    if (ruling.do === "refuse") throw new Failure("Publish failed", ruling.why);
    if (ruling.do !== "try") return ruling;
    tag = ruling.tag;
    look = undefined;
  }
}

async function stateOf(desk: Desk, tag: Tag, looked: Look | undefined): Promise<TagState> {
  const { docker, request, handover } = desk;
  // What could not be told beside the build is asked once more.
  const look =
    looked === undefined || looked.state === "unknown"
      ? await lookAgain(() => docker.look(refOf(request.image, tag)), desk)
      : looked;
  if (look.state !== "there") return look;
  const ours = await handover.identity();
  const configs =
    ours.by === "configs"
      ? await Promise.all(
          look.platforms.map(({ digest }) => docker.configDigest(pinnedRef(request.image, digest))),
        )
      : [];
  return compare(look, ours, configs);
}

/**
 * Further tags move to the released digest; a refused one is a warning, for the release stands. The wished
 * tag is never among them: a re-run that got a tag of its own must not move it after all.
 */
async function complete(desk: Desk, tag: Tag, digest: Digest, how: Release["how"]): Promise<Release> {
  const { request, docker } = desk;
  const pinned = pinnedRef(request.image, digest);
  const further = request.tags.filter((one) => one !== tag && one !== request.tag);
  const moved = await Promise.all(
    further.map(async (one) => {
      const done = await withRetries(() => docker.promote(pinned, refOf(request.image, one)), desk);
      if (!done.ok)
        desk.warn(
          `The further tag ${refOf(request.image, one)} was not moved: ${done.reason}. ${tag} itself stands.`,
        );
      return done.ok;
    }),
  );
  const tags = further.filter((_, index) => moved[index]);
  return { tag, ref: refOf(request.image, tag), digest, pinned, how, tags };
}

function shown(look: Look): string {
  if (look.state === "there") return look.digest;
  return look.state === "free" ? "nothing" : `no answer (${look.reason})`;
}
