import { describe, expect, it } from "@jest/globals";
import type { Look } from "../../../src/docker/manifests.ts";
import { compare, type Identity, rule, type TagState } from "../../../src/publish/tag-rule.ts";
import type { Digest, Tag } from "../../../src/request/request.ts";
import { digest, FOREIGN, IMAGE, OURS } from "../samples.ts";

const WISHED = "build-7" as Tag;
const OWN = "build-7-2" as Tag;

const STATES: Readonly<Record<string, TagState>> = {
  free: { state: "free" },
  same: { state: "same", digest: OURS },
  other: { state: "other", digest: FOREIGN },
  unknown: { state: "unknown", reason: "401 Unauthorized" },
};

type Wish = "auto" | "fail" | "overwrite";

function ruled(state: string, existingTag: Wish, attempt: number, tag: Tag = WISHED) {
  const known = STATES[state];
  if (known === undefined) throw new Error(state);
  return rule(tag, known, { existingTag, tag: WISHED, image: IMAGE, run: { attempt } });
}

describe("the tag rule", () => {
  it.each<[string, string, Wish, number, string]>([
    ["a free tag is given", "free", "auto", 1, "write build-7"],
    ["… on a re-run too", "free", "auto", 3, "write build-7"],
    ["… whatever is said of tags that are there", "free", "fail", 1, "write build-7"],
    ["… and when they may be overwritten", "free", "overwrite", 1, "write build-7"],
    ["the same bytes stay, and nothing is written", "same", "auto", 1, "keep build-7"],
    ["… on a re-run", "same", "auto", 2, "keep build-7"],
    ["… when tags that are there are an error", "same", "fail", 1, "keep build-7"],
    ["… when they may be overwritten", "same", "overwrite", 1, "keep build-7"],
    ["a first attempt never overwrites", "other", "auto", 1, "refuse"],
    ["gives a re-run its own tag when the first attempt's bytes differ", "other", "auto", 2, "try build-7-2"],
    ["… with its own number", "other", "auto", 17, "try build-7-17"],
    ["`fail` is an error on a first attempt", "other", "fail", 1, "refuse"],
    ["`fail` is an error on a re-run", "other", "fail", 2, "refuse"],
    ["`overwrite` overwrites", "other", "overwrite", 1, "write build-7"],
    ["`overwrite` overwrites on a re-run", "other", "overwrite", 2, "write build-7"],
    ["a registry that does not say is no free tag", "unknown", "auto", 1, "ask again build-7"],
    ["… on a re-run", "unknown", "auto", 2, "ask again build-7"],
    ["… with `fail`", "unknown", "fail", 1, "ask again build-7"],
    ["… but may be overwritten when that was asked for", "unknown", "overwrite", 1, "write build-7"],
  ])("%s", (_, state, existingTag, attempt, outcome) => {
    const ruling = ruled(state, existingTag, attempt);
    expect(`${ruling.do}${"tag" in ruling ? ` ${ruling.tag}` : ""}`).toBe(outcome);
  });

  it.each<[string, string, Wish, string]>([
    ["is given when it is free", "free", "auto", "write build-7-2"],
    ["is kept when it has these bytes", "same", "auto", "keep build-7-2"],
    ["is not tried again when it has others", "other", "auto", "refuse"],
    ["is not given when the registry does not say", "unknown", "auto", "ask again build-7-2"],
  ])("a re-run's own tag %s", (_, state, existingTag, outcome) => {
    const ruling = ruled(state, existingTag, 2, OWN);
    expect(`${ruling.do}${"tag" in ruling ? ` ${ruling.tag}` : ""}`).toBe(outcome);
  });

  const all = (["auto", "fail", "overwrite"] as const).flatMap((wish) =>
    [1, 2, 9].flatMap((attempt) => [WISHED, OWN].map((tag) => [wish, attempt, tag] as const)),
  );

  it.each(all.filter(([wish]) => wish !== "overwrite"))(
    "never writes over other bytes unasked: %s, attempt %i, %s",
    (wish, attempt, tag) => {
      expect(ruled("other", wish, attempt, tag).do).not.toBe("write");
      expect(ruled("unknown", wish, attempt, tag).do).not.toBe("write");
    },
  );

  it.each(all)("never writes where nothing need be: %s, attempt %i, %s", (wish, attempt, tag) => {
    expect(ruled("same", wish, attempt, tag)).toEqual({ do: "keep", tag, digest: OURS });
  });

  it.each(all)("comes to an end: %s, attempt %i, %s", (wish, attempt, tag) => {
    const first = ruled("other", wish, attempt, tag);
    if (first.do === "try") expect(ruled("other", wish, attempt, first.tag).do).toBe("refuse");
  });

  it("says why a re-run gets its own tag", () => {
    expect(ruled("free", "auto", 2, OWN)).toMatchObject({
      notice: expect.stringContaining("this attempt gets `build-7-2`"),
    });
    expect(ruled("free", "auto", 1)).toMatchObject({ notice: "" });
  });

  it("says what it has overwritten", () => {
    expect(ruled("other", "overwrite", 1)).toMatchObject({
      notice: `${IMAGE}:build-7 is in the registry with other bytes, and \`existing-tag: overwrite\` moves it to this image. What it was stays there as ${IMAGE}@${FOREIGN}.`,
    });
  });

  it("says why it refuses, and what to set", () => {
    const ruling = ruled("other", "auto", 1);
    const why = ruling.do === "refuse" ? ruling.why : "";
    for (const part of [
      `${IMAGE}:build-7`,
      FOREIGN,
      "counted for each workflow",
      "tag: build-${{ github.run_number }}-web",
      "existing-tag: overwrite",
    ])
      expect(why).toContain(part);
  });

  it("says what the registry said when it did not say", () => {
    const ruling = ruled("unknown", "auto", 1);
    expect(ruling).toMatchObject({ reason: "401 Unauthorized" });
  });

  it("gives no tag that is none: 128 characters are the most", () => {
    const longest = "a".repeat(128) as Tag;
    const ruling = rule(
      longest,
      { state: "other", digest: FOREIGN },
      { existingTag: "auto", tag: longest, image: IMAGE, run: { attempt: 2 } },
    );
    if (ruling.do === "try") expect(ruling.tag).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);
    else expect(ruling.do).toBe("refuse");
  });
});

function there(...manifests: string[]): Extract<Look, { state: "there" }> {
  return { state: "there", digest: digest("e"), manifests: manifests.map(digest) };
}

const NONE = undefined as unknown as Digest;

const CONFIG: Identity = { by: "configs", digests: [digest("c")] };

describe("our bytes", () => {
  it.each<[string, string[], Identity, (Digest | undefined)[], "same" | "other"]>([
    ["the same manifest", ["a"], { by: "manifests", digests: [digest("a")] }, [], "same"],
    ["another manifest", ["b"], { by: "manifests", digests: [digest("a")] }, [], "other"],
    [
      "the same platforms in another order",
      ["a", "b"],
      { by: "manifests", digests: [digest("b"), digest("a")] },
      [],
      "same",
    ],
    ["one platform more", ["a", "b"], { by: "manifests", digests: [digest("a")] }, [], "other"],
    ["one platform less", ["a"], { by: "manifests", digests: [digest("a"), digest("b")] }, [], "other"],
    ["one platform twice", ["a", "a"], { by: "manifests", digests: [digest("a"), digest("b")] }, [], "other"],
    ["an index of nothing", [], { by: "manifests", digests: [digest("a")] }, [], "other"],
    ["the same config", ["a"], CONFIG, [digest("c")], "same"],
    ["another config", ["a"], CONFIG, [digest("d")], "other"],
    ["a config that cannot be read", ["a"], CONFIG, [undefined], "other"],
    ["two configs that are not known", ["a", "b"], { by: "configs", digests: [NONE] }, [NONE, NONE], "other"],
    ["a config with a manifest's digest", ["c"], CONFIG, [undefined], "other"],
    ["one config of two", ["a", "b"], CONFIG, [digest("c"), digest("d")], "other"],
    ["the same config and one that cannot be read", ["a", "b"], CONFIG, [digest("c"), undefined], "other"],
    [
      "the configs of the same platforms",
      ["a", "b"],
      { by: "configs", digests: [digest("d"), digest("c")] },
      [digest("c"), digest("d")],
      "same",
    ],
  ])("%s is: %#", (_, platforms, ours, theirs, state) => {
    expect(compare(there(...platforms), ours, theirs)).toEqual({ state, digest: digest("e") });
  });
});
