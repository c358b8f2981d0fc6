/**
 * The tag rule: what a tag that is already in the registry means for this release. Pure.
 *
 * A run's number stays the same in a re-run, and numbers are per workflow, so `build-7` may be there with
 * other bytes: it is never overwritten unless the workflow says so.
 */
import type { Look } from "../docker/manifests.ts";
import type { Digest, Request, Tag } from "../request/request.ts";

/** What identifies the bytes of an image, whatever attestations go with them: digests of each of its platforms. */
export interface Identity {
  /** Of their manifests, or of their configs, which name every layer: the engine's own identity of an image. */
  readonly by: "manifests" | "configs";
  readonly digests: readonly Digest[];
}

/** What is known of one tag: what lies under it, and whether those are our bytes. */
export type TagState =
  | { readonly state: "free" }
  | { readonly state: "same" | "other"; readonly digest: Digest }
  | { readonly state: "unknown"; readonly reason: string };

export type Ruling =
  /** Give the image this tag. */
  | { readonly do: "write"; readonly tag: Tag; readonly notice: string }
  /** The bytes are there under this tag: nothing is written. */
  | { readonly do: "keep"; readonly tag: Tag; readonly digest: Digest }
  /** The registry did not say what it has: many answer "denied" for a repository that is not there yet. */
  | { readonly do: "ask again"; readonly tag: Tag; readonly reason: string }
  /** Look at this tag next. */
  | { readonly do: "try"; readonly tag: Tag }
  | { readonly do: "refuse"; readonly why: string };

/** Characters that the reference grammar gives a tag. */
const LONGEST_TAG = 128;

type Terms = Pick<Request, "existingTag" | "tag" | "image"> & { readonly run: { readonly attempt: number } };

/**
 * Rules on one tag.
 * @param tag the tag that was looked at: the wished one, or the one of a former ruling's `try`
 */
export function rule(tag: Tag, state: TagState, terms: Terms): Ruling {
  const { attempt } = terms.run;
  const ref = `${terms.image}:${tag}`;
  if (state.state === "free") {
    const notice = `${terms.image}:${terms.tag} is there with other bytes, from an earlier attempt of this run; this attempt gets \`${tag}\`.`;
    return { do: "write", tag, notice: tag === terms.tag ? "" : notice };
  }
  if (state.state === "same") return { do: "keep", tag, digest: state.digest };
  const overwrites = terms.existingTag === "overwrite";
  if (state.state === "unknown")
    return overwrites ? { do: "write", tag, notice: "" } : { do: "ask again", tag, reason: state.reason };
  if (overwrites) {
    const notice = `${ref} is in the registry with other bytes, and \`existing-tag: overwrite\` moves it to this image. What it was stays there as ${terms.image}@${state.digest}.`;
    return { do: "write", tag, notice };
  }
  const own = `${terms.tag}-${attempt}`;
  if (terms.existingTag === "auto" && attempt > 1 && tag === terms.tag && own.length <= LONGEST_TAG)
    return { do: "try", tag: own as Tag };
  return {
    do: "refuse",
    why:
      `${ref} is already in the registry with other bytes (${state.digest}), and it is not overwritten. ` +
      "Run numbers are counted for each workflow, so two workflows that push to one repository, or two jobs " +
      "of a matrix, meet here: give each its own `image` or its own `tag` " +
      "(`tag: build-${{ github.run_number }}-web`). A workflow file that was renamed counts from 1 again. To replace the tag on purpose: `existing-tag: overwrite`.",
  };
}

/** Whether what the registry has are our bytes. */
export function compare(
  look: Extract<Look, { state: "there" }>,
  ours: Identity,
  theirConfigs: readonly (Digest | undefined)[],
): TagState {
  const theirs = ours.by === "configs" ? theirConfigs : look.manifests;
  return { state: sameSet(theirs, ours.digests) ? "same" : "other", digest: look.digest };
}

/** Whether both have the same digests, in any order; one that could not be read is never the same. */
export function sameSet(theirs: readonly (Digest | undefined)[], ours: readonly Digest[]): boolean {
  const known = theirs.filter((digest) => digest !== undefined);
  return known.length === theirs.length && known.sort().join() === [...ours].sort().join();
}
