import { describe, expect, it } from "@jest/globals";
import type { TargetMetadata } from "../../../src/docker/docker.ts";
import { Failure } from "../../../src/failure.ts";
import { builtImage, platformImage } from "../../../src/image/built-image.ts";
import type { Platforms } from "../../../src/image/platforms.ts";
import { CLASSIC, CONTAINERD, digest, OWN, TWO_NODES } from "../samples.ts";

const metadata = (of: string, config: string | undefined, record: string | undefined): TargetMetadata => ({
  "containerimage.digest": digest(of),
  ...(config === undefined ? {} : { "containerimage.config.digest": digest(config) }),
  ...(record === undefined ? {} : { "buildx.build.ref": `cont/cont0/${record}` }),
});
const ONE: Platforms = { checked: ["linux/amd64"], emulated: [] };
const BOTH: Platforms = { checked: ["linux/amd64"], emulated: ["linux/arm64"] };

describe("the image of a build", () => {
  it("has its digests and its record from bake's metadata", () => {
    const image = metadata("a", "c", "r7");
    expect(builtImage({ image }, OWN, ONE)).toEqual({
      digest: digest("a"),
      platforms: [{ platform: "linux/amd64", digest: digest("a"), config: digest("c"), record: "r7" }],
      metadata: image,
    });
  });

  it.each([OWN, TWO_NODES])("has those of each platform in a builder of its own: %#", (builder) => {
    const targets = { image: metadata("a", "c", "r7"), "image-linux-arm64": metadata("b", "d", "r8") };
    expect(builtImage(targets, builder, BOTH)).toMatchObject({
      digest: digest("a"),
      platforms: [
        { platform: "linux/amd64", digest: digest("a"), config: digest("c"), record: "r7" },
        { platform: "linux/arm64", digest: digest("b"), config: digest("d"), record: "r8" },
      ],
    });
  });

  it.each([CONTAINERD, CLASSIC])("has one for all platforms in the engine: %#", (builder) =>
    expect(builtImage({ image: metadata("e", undefined, "r7") }, builder, BOTH).platforms).toEqual([
      { platform: "linux/amd64", digest: digest("e"), config: undefined, record: "r7" },
    ]),
  );

  it.each<[string, Record<string, TargetMetadata>]>([
    ["of the image", {}],
    ["of another platform", { image: metadata("a", "c", "r7") }],
    ["that is one", { image: { "containerimage.digest": "latest" } }],
  ])("is an error without a digest %s", (_, targets) => {
    const read = () => builtImage(targets, OWN, BOTH);
    expect(read).toThrow(Failure);
    expect(read).toThrow("update buildx");
  });
});

it("a builder that keeps no history names no record", () =>
  expect(platformImage(metadata("a", "c", undefined), "")).toEqual({
    platform: "",
    digest: digest("a"),
    config: digest("c"),
    record: undefined,
  }));
