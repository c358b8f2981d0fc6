/**
 * After the verdict: the image leaves the builder, is compared with what was checked, and gets its tag. Nothing that has a
 * tag is overwritten unasked, and a tag counts only when it was read back.
 */
import type { Done } from "../docker/docker.ts";
import type { Look } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import { type BuiltImage, digestsOf, type PushedImage } from "../image/built-image.ts";
import { isDenial, refused } from "../image/failures.ts";
import { pinned as pinnedRef, ref as refOf } from "../request/reference.ts";
import type { Digest, PinnedRef, Ref, Tag } from "../request/request.ts";
import { BuilderPublisher, type PushedImages, refsOf } from "./builder-publisher.ts";
import type { PublishParts } from "./driver.ts";
import { EnginePublisher } from "./engine-publisher.ts";
import { withRetries } from "./retry.ts";
import { compare, type Ruling, rule, sameSet, type TagState } from "./tag-rule.ts";

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

/** How far a push got. */
export type Pushed =
  /** The tag is in the registry with these bytes. `how` says since when. */
  | { readonly at: "tag"; readonly tag: Tag; readonly digest: Digest; readonly how: Release["how"] }
  /** The bytes are in the registry, and have no tag yet. */
  | {
      readonly at: "digest";
      readonly images: PushedImages;
      /** The builder built the image again, with other bytes: this one must pass before it gets the tag. */
      readonly differs: PushedImage | undefined;
      /** What was decided when the push was done; asked again after a recheck. */
      readonly ruling: Ruled | undefined;
    };

type Ruled = Extract<Ruling, { do: "write" | "keep" | "ask again" }>;
type Written = Extract<Ruled, { do: "write" | "keep" }>;

/** Publishes one image: `push`, then `tag`. In between the pipeline may check what the builder has built again. */
export class Publisher {
  readonly #parts: PublishParts;
  /** The way that goes with the builder's driver. */
  readonly #driver: EnginePublisher | BuilderPublisher;

  constructor(parts: PublishParts) {
    this.#parts = parts;
    const isEngine = parts.source.builder.driver === "docker";
    this.#driver = isEngine ? new EnginePublisher(parts) : new BuilderPublisher(parts);
  }

  /**
   * Brings the image to the registry, unless it is there under its tag.
   * @param looked the look at the tag that was taken during the build; undefined when it is too old to be trusted. Before
   *   anything is written the tag is looked up again.
   * @throws {Failure} `Publish failed`
   */
  async push(image: BuiltImage, looked: Look | undefined): Promise<Pushed> {
    const driver = this.#driver;
    const first = await this.#ruleOnTag(image, looked);
    if (first.do === "keep") return this.#there(first);
    if (driver.pushes === "tag") return this.#pushUnderTag(driver, image, first);
    const images = await driver.push(image);
    // An upload takes minutes, in which another run may give the tag; and a registry that denied a repository that was
    // not there yet knows it now. So the tag is looked up again.
    const [ruling, differs] = await Promise.all([
      this.#ruleOnTag(image, undefined),
      driver.verify(images, image),
    ]);
    return { at: "digest", images, differs, ruling: differs === undefined ? ruling : undefined };
  }

  /**
   * Gives what was pushed its tag, reads it back, and moves the further tags.
   * @param image what passed: the built image, or the pushed one that was checked again
   * @throws {Failure} `Publish failed`
   */
  async tag(pushed: Pushed, image: BuiltImage): Promise<Release> {
    if (pushed.at === "tag") return this.#complete(pushed);
    const { images, ruling: ruled } = pushed;
    const ruling = await this.#writeTag(images, image, ruled);
    if (ruling.do === "keep") return this.#complete(this.#there(ruling));
    if (ruling.notice !== "") this.#parts.notice(ruling.notice);
    const { tag } = ruling;
    const digest = await this.#readBack(this.#ref(tag), images.length === 1 ? images[0].digest : image);
    return this.#complete({ at: "tag", tag, digest, how: "written" });
  }

  /**
   * Looks at a release once more, at the end of the step. An engine pushes under the tag, so two runs that find it free at the
   * same moment both write it.
   * @throws {Failure} `Publish failed` when the tag has other bytes by now
   */
  async confirm({ ref, digest }: Release): Promise<void> {
    if (this.#driver.pushes !== "tag") return;
    const now = await this.#parts.docker.look(ref);
    // It was read back before: a registry that does not answer now takes nothing away from that.
    if (now.state === "unknown" || (now.state === "there" && now.digest === digest)) return;
    throw movedMeanwhile(ref, `pushed as ${digest}`, now);
  }

  /** Puts the image into the local engine under `ref`. */
  load(image: BuiltImage, ref: Ref): Promise<void> {
    return this.#driver.load(image, ref);
  }

  /**
   * Gives what was pushed its tag, unless it is there with these bytes. Checks take their time, and so does a registry that
   * refuses for a while; meanwhile another run may give the tag. So the tag rule is asked before each try.
   * @param known the ruling of this moment; undefined when it is too old to be trusted
   */
  async #writeTag(images: PushedImages, image: BuiltImage, known: Ruled | undefined): Promise<Written> {
    const driver = this.#driver;
    let fresh = known;
    const tagged = await withRetries(async (): Promise<Done & { readonly ruling: Written }> => {
      const ruling = fresh ?? (await this.#ruleOnTag(image, undefined));
      fresh = undefined;
      if (ruling.do === "ask again") throw this.#unknown(ruling, afterAPush(images));
      const isThere = ruling.do === "keep" || driver.pushes === "tag";
      const done: Done = isThere ? { ok: true } : await driver.tag(images, this.#ref(ruling.tag));
      return { ...done, ruling };
    }, this.#parts);
    if (!tagged.ok) throw refused(`${this.#ref(tagged.ruling.tag)} could not be tagged`, tagged.reason);
    return tagged.ruling;
  }

  /**
   * An engine pushes under a tag or not at all, so the tag rule is asked right before each try. Meanwhile another run may have
   * given the tag: a re-run then takes one of its own.
   * @param first what was decided when the tag was looked up during the build
   */
  async #pushUnderTag(driver: EnginePublisher, image: BuiltImage, first: Ruled): Promise<Pushed> {
    for (let ruling = first; ; ) {
      // A push under the tag might overwrite what could not be seen.
      if (ruling.do === "ask again") throw this.#unknown(ruling, BEFORE_A_PUSH);
      if (ruling.do === "keep") return this.#there(ruling);
      const { tag } = ruling;
      let now: Ruled = ruling;
      const digest = await driver.push(image, this.#ref(tag), async () => {
        now = await this.#ruleOnTag(image, undefined);
        if (now.do === "write" && now.tag === tag) return "push";
        return now.do === "keep" && now.tag === tag ? "there" : "stop";
      });
      if (digest !== undefined) {
        if (now.do === "write" && now.notice !== "") this.#parts.notice(now.notice);
        await this.#readBack(this.#ref(tag), digest);
        return { at: "tag", tag, digest, how: "written" };
      }
      ruling = now;
    }
  }

  #ref(tag: Tag): Ref {
    return refOf(this.#parts.source.request.image, tag);
  }

  #there({ tag, digest }: Extract<Ruled, { do: "keep" }>): Extract<Pushed, { at: "tag" }> {
    this.#parts.say(`${this.#ref(tag)} is already there with these bytes`);
    return { at: "tag", tag, digest, how: "already there" };
  }

  /** @param expected the digest that the tag must have, or the image whose manifests became an index with the tag */
  async #readBack(ref: Ref, expected: Digest | BuiltImage): Promise<Digest> {
    const back = await withRetries(() => this.#parts.docker.look(ref), this.#parts);
    if (back.state === "there" && isExpected(back, expected)) return back.digest;
    const pushed = typeof expected === "string" ? `pushed as ${expected}` : "pushed";
    if (back.state === "unknown")
      throw refused(`${ref} was ${pushed}, but could not be read back. Run the job again`, back.reason);
    throw movedMeanwhile(ref, pushed, back);
  }

  /** Applies the tag rule, looking at the registry as often as it asks. */
  async #ruleOnTag(image: BuiltImage, looked: Look | undefined): Promise<Ruled> {
    const { request } = this.#parts.source;
    let tag = request.tag;
    let look = looked;
    for (;;) {
      const ruling = rule(tag, await this.#stateOf(tag, image, look), request);
      if (ruling.do === "refuse") throw new Failure("Publish failed", ruling.why);
      if (ruling.do !== "try") return ruling;
      tag = ruling.tag;
      look = undefined;
    }
  }

  async #stateOf(tag: Tag, image: BuiltImage, looked: Look | undefined): Promise<TagState> {
    const { docker, source } = this.#parts;
    // What could not be found out during the build is asked once more.
    const look =
      looked === undefined || looked.state === "unknown"
        ? await withRetries(() => docker.look(this.#ref(tag)), this.#parts)
        : looked;
    if (look.state !== "there") return look;
    const ours = await this.#driver.identity(image);
    const manifests = look.manifests.map((digest) => pinnedRef(source.request.image, digest));
    const configs = ours.by === "configs" ? manifests.map((ref) => docker.configDigest(ref)) : [];
    return compare(look, ours, await Promise.all(configs));
  }

  /**
   * Further tags move to the released digest. A refused one is a warning, for the release stands. The wished tag is never
   * among them: a re-run that got a tag of its own must not move it after all.
   */
  async #complete({ tag, digest, how }: Extract<Pushed, { at: "tag" }>): Promise<Release> {
    const { docker, source, warn } = this.#parts;
    const { request } = source;
    const pinned = pinnedRef(request.image, digest);
    const further = request.tags.filter((one) => one !== tag && one !== request.tag);
    const moved = await Promise.all(
      further.map(async (one) => {
        const ref = this.#ref(one);
        const done = await withRetries(() => docker.createTag([pinned], ref), this.#parts);
        if (!done.ok) warn(`The further tag ${ref} was not moved: ${done.reason}. ${tag} itself stands.`);
        return done.ok;
      }),
    );
    const tags = further.filter((_, index) => moved[index]);
    return { tag, ref: this.#ref(tag), digest, pinned, how, tags };
  }

  /** @param next what helps where the registry denies the answer */
  #unknown(ruling: Extract<Ruled, { do: "ask again" }>, next: string): Failure {
    const what = `The registry does not say whether ${this.#ref(ruling.tag)} is already there`;
    if (!isDenial(ruling.reason)) return refused(what, ruling.reason);
    return new Failure("Publish failed", `${what}: ${ruling.reason}. ${next}`);
  }
}

function isExpected(back: Extract<Look, { state: "there" }>, expected: Digest | BuiltImage): boolean {
  if (typeof expected === "string") return back.digest === expected;
  return sameSet(back.manifests, digestsOf(expected));
}

const BEFORE_A_PUSH =
  "Log in before this step (docker/login-action) with an account that may read and write this repository. " +
  "Where you are logged in, the repository may not exist yet, and the engine's own builder can only push under the " +
  "tag: create the repository, or add docker/setup-buildx-action before this step, whose builder pushes without a " +
  "tag first and then asks again.";

function afterAPush(images: PushedImages): string {
  return `It took the image without a tag, as ${refsOf(images).join(", ")}: give the account the right to read this repository too.`;
}

function movedMeanwhile(ref: Ref, pushed: string, now: Look): Failure {
  const next =
    now.state === "free"
      ? "Somebody has deleted it, or the registry has lost it. Run the job again."
      : "Another run may have moved the tag at the same moment, and nobody knows whether those bytes passed: do not deploy it, " +
        "delete the tag in the registry, and give each workflow its own tags.";
  return new Failure(
    "Publish failed",
    `${ref} was ${pushed}, but the registry now has ${shown(now)} there. ${next}`,
  );
}

function shown(look: Look): string {
  if (look.state === "there") return look.digest;
  return look.state === "free" ? "nothing" : `no answer (${look.reason})`;
}
