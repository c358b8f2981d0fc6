import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import {
  allPlatforms,
  areSeveral,
  type Platforms,
  platformSlug,
  platformsOf,
} from "../../../src/image/platforms.ts";
import { targetsOf } from "../../../src/image/target.ts";
import { aBuild, CLASSIC, CONTAINERD, OWN, TWO_NODES } from "../samples.ts";

const SILENT: Builder = { ...OWN, native: [] };
const ARM: Builder = { ...OWN, native: ["linux/arm64"] };

describe("the platforms of a build", () => {
  it.each<[string, readonly string[], Builder, Platforms]>([
    ["none asked for", [], OWN, { checked: ["linux/amd64"], emulated: [] }],
    ["none asked for, of several nodes", [], TWO_NODES, { checked: ["linux/amd64"], emulated: [] }],
    ["none asked for, of a builder that is not started", [], SILENT, { checked: [""], emulated: [] }],
    ["the builder's own alone", ["linux/amd64"], CLASSIC, { checked: ["linux/amd64"], emulated: [] }],
    [
      "one more, which is emulated",
      ["linux/arm64", "linux/amd64"],
      CONTAINERD,
      { checked: ["linux/amd64"], emulated: ["linux/arm64"] },
    ],
    [
      "on a builder of another kind",
      ["linux/arm64", "linux/amd64"],
      ARM,
      { checked: ["linux/arm64"], emulated: ["linux/amd64"] },
    ],
    [
      "native ones of several nodes, in the workflow's order",
      ["linux/arm64", "linux/s390x", "linux/amd64"],
      TWO_NODES,
      { checked: ["linux/arm64", "linux/amd64"], emulated: ["linux/s390x"] },
    ],
    ["one of several nodes", ["linux/arm64"], TWO_NODES, { checked: ["linux/arm64"], emulated: [] }],
    [
      "a node's with its usual variant",
      ["linux/arm64"],
      { ...OWN, native: ["linux/arm64/v8"] },
      { checked: ["linux/arm64"], emulated: [] },
    ],
  ])("are distinguished: %s", (_, platforms, builder, found) =>
    expect(platformsOf(aBuild({ platforms }), builder)).toEqual(found),
  );

  it.each<[string, readonly string[], Builder, RegExp]>([
    ["without the builder's own", ["linux/arm64"], OWN, /that of cont is linux\/amd64.*ubuntu-24\.04-arm/],
    [
      "without one of several nodes' own",
      ["linux/s390x"],
      TWO_NODES,
      /that of both is linux\/amd64, linux\/arm64/,
    ],
    ["on a builder that does not say its own", ["linux/amd64"], SILENT, /cont does not say/],
    ["on the classic store", ["linux/amd64", "linux/arm64"], CLASSIC, /classic image store keeps one/],
  ])("are refused %s", (_, platforms, builder, why) => {
    const plan = () => platformsOf(aBuild({ platforms }), builder);
    expect(plan).toThrow(Failure);
    expect(plan).toThrow(why);
  });

  it("are refused with a cache that would be part of the pushed image alone", () => {
    const build = aBuild({ platforms: ["linux/amd64", "linux/arm64"], cacheTo: ["type=inline"] });
    expect(() => platformsOf(build, OWN)).toThrow(/cache-to: type=inline/);
    expect(() => platformsOf(build, CONTAINERD)).not.toThrow();
    expect(() => platformsOf({ ...build, platforms: ["linux/amd64"] }, OWN)).not.toThrow();
  });
});

it.each<[Platforms, readonly string[], boolean]>([
  [{ checked: [""], emulated: [] }, [""], false],
  [{ checked: ["linux/amd64"], emulated: [] }, ["linux/amd64"], false],
  [{ checked: ["linux/amd64"], emulated: ["linux/arm64"] }, ["linux/amd64", "linux/arm64"], true],
  [{ checked: ["linux/amd64", "linux/arm64"], emulated: [] }, ["linux/amd64", "linux/arm64"], true],
])("all of %j are %j, and several: %p", (platforms, all, several) => {
  expect(allPlatforms(platforms)).toEqual(all);
  expect(areSeveral(platforms)).toBe(several);
});

it("a target is named after its platform, but for the first", () =>
  expect(targetsOf({ checked: ["linux/amd64", "linux/arm64"], emulated: ["linux/arm/v7"] })).toEqual([
    ["image", "linux/amd64"],
    ["image-linux-arm64", "linux/arm64"],
    ["image-linux-arm-v7", "linux/arm/v7"],
  ]));

it.each([
  ["linux/amd64", "linux-amd64"],
  ["linux/arm/v7", "linux-arm-v7"],
  ["", ""],
])("the platform %j is %j in a name", (platform, slug) => expect(platformSlug(platform)).toBe(slug));
