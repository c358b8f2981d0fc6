import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import { indexAnnotations, manifestAnnotations, requireIndex } from "../../../src/image/attestations.ts";
import { planLoad, planPush } from "../../../src/image/exports.ts";
import { planBuild } from "../../../src/image/target.ts";
import type { Build } from "../../../src/request/request.ts";
import { aBuild, aRequest, aSource, CLASSIC, CONTAINERD, OWN, TWO_NODES } from "../samples.ts";

const source = (build: Partial<Build>, builder: Builder) =>
  aSource({ request: aRequest({ build: aBuild(build) }), builder });
const built = (build: Partial<Build>, builder: Builder) => planBuild(source(build, builder)).file.target;

describe("attestations of the build", () => {
  it.each<[string, Builder, string, string, readonly string[]]>([
    [
      "a builder of its own attests only what it releases",
      OWN,
      "mode=max",
      "true",
      ["type=provenance,disabled=true"],
    ],
    [
      "the containerd store attests at once: mode=min by default",
      CONTAINERD,
      "",
      "",
      ["type=provenance,mode=min"],
    ],
    ["… as asked", CONTAINERD, "mode=max", "", ["type=provenance,mode=max"]],
    ["… `true` is BuildKit's default", CONTAINERD, "true", "", ["type=provenance"]],
    ["… `false` is none", CONTAINERD, "false", "", ["type=provenance,disabled=true"]],
    ["… with an SBOM", CONTAINERD, "", "true", ["type=provenance,mode=min", "type=sbom"]],
    [
      "… with another generator",
      CONTAINERD,
      "",
      "generator=x",
      ["type=provenance,mode=min", "type=sbom,generator=x"],
    ],
    ["… `sbom: false` is none", CONTAINERD, "", "false", ["type=provenance,mode=min"]],
    [
      "the classic store cannot, and is not asked by default",
      CLASSIC,
      "",
      "",
      ["type=provenance,disabled=true"],
    ],
    ["the classic store takes an explicit no", CLASSIC, "false", "false", ["type=provenance,disabled=true"]],
  ])("%s", (_, builder, provenance, sbom, attest) => {
    expect(built({ provenance, sbom }, builder).image?.attest).toEqual(attest);
  });

  it.each<[string, Partial<Build>]>([
    ["provenance: mode=max", { provenance: "mode=max" }],
    ["provenance: true", { provenance: "true" }],
    ["sbom: true", { sbom: "true" }],
  ])("the classic store refuses `%s` with what to do", (asked, build) => {
    const attempt = () => built(build, CLASSIC);
    expect(attempt).toThrow(Failure);
    expect(attempt).toThrow(`\`${asked}\` needs a builder that can attest`);
    expect(attempt).toThrow("containerd image store");
  });
});

describe("annotations of one platform", () => {
  it.each<[string, readonly string[]]>([
    ["a=b", ["a=b"]],
    ["manifest:a=b", ["manifest:a=b"]],
    ["manifest[linux/amd64]:a=b", ["manifest[linux/amd64]:a=b"]],
    ["index:a=b", []],
    ["index-descriptor:a=b", []],
    ["manifest-descriptor:a=b", []],
    ["manifest,index:a=b", ["manifest:a=b"]],
    ["index,manifest:a=b=c:d", ["manifest:a=b=c:d"]],
    ["a=manifest:b", ["a=manifest:b"]],
    ["a=index:b=c", ["a=index:b=c"]],
    ["index:a=first\nsecond", []],
    ["org.opencontainers.image.url=https://a.b/c", ["org.opencontainers.image.url=https://a.b/c"]],
  ])("%j of a builder's own image are %j until it is pushed", (annotation, kept) => {
    const build = { annotations: [annotation] };
    expect(built(build, OWN).image?.annotations).toEqual(kept);
    expect(built(build, CONTAINERD).image?.annotations).toEqual([annotation]);
    expect(planPush(source(build, OWN)).file.target.image?.annotations).toEqual([annotation]);
  });
});

describe("annotations of several platforms", () => {
  const platforms = ["linux/amd64", "linux/arm64"];
  it.each([
    ["a=b", ["a=b"], ["a=b"]],
    ["manifest:a=b", ["manifest:a=b"], ["manifest:a=b"]],
    ["manifest[linux/arm64]:a=b", [], ["manifest:a=b"]],
    ["manifest[linux/arm64/v8]:a=b", [], ["manifest:a=b"]],
    ["manifest[linux/amd64]:a=b", ["manifest:a=b"], []],
    ["index,manifest[linux/amd64],manifest[linux/arm64]:a=b", ["manifest:a=b"], ["manifest:a=b"]],
    ["index:a=b", [], []],
  ])(
    "are each manifest's own, and a solve of one platform takes them without its name: %s",
    (annotation, own, other) => {
      const build = { platforms, annotations: [annotation] };
      for (const builder of [OWN, TWO_NODES]) {
        const { image, "image-linux-arm64": second } = built(build, builder);
        expect(image?.annotations).toEqual(own);
        expect(second?.annotations).toEqual(other);
      }
      expect(planLoad(source(build, OWN), "x:y").file.target.image?.annotations).toEqual(own);
      expect(planPush(source(build, OWN)).file.target.image?.annotations).toEqual([annotation]);
      const pushed = planPush(source(build, TWO_NODES)).file.target;
      expect(pushed.image?.annotations).toEqual(own);
      expect(pushed["image-linux-arm64"]?.annotations).toEqual(other);
    },
  );

  it("are those of the first checked one where the image is loaded", () => {
    const build = { platforms, annotations: ["manifest[linux/arm64]:a=b"] };
    const loaded = (builder: Builder) =>
      planLoad(source(build, builder), "x:y").file.target.image?.annotations;
    expect(loaded(OWN)).toEqual([]);
    expect(loaded({ ...OWN, native: ["linux/arm64"] })).toEqual(["manifest:a=b"]);
  });

  it("are those of the platform that is said", () => {
    const one = source({ platforms, annotations: ["manifest[linux/arm64]:a=b"] }, OWN);
    expect(manifestAnnotations(one, "linux/amd64")).toEqual([]);
    expect(manifestAnnotations(one, "linux/arm64")).toEqual(["manifest:a=b"]);
  });
});

describe("annotations of the index", () => {
  it.each<[string, readonly string[]]>([
    ["index:a=b", ["index:a=b"]],
    ["index-descriptor:a=b", ["index-descriptor:a=b"]],
    ["manifest-descriptor[linux/arm64]:a=b", ["manifest-descriptor[linux/arm64]:a=b"]],
    ["index,manifest:a=b", ["index:a=b"]],
    ["manifest[linux/arm64],index:a=b", ["index:a=b"]],
    ["manifest:a=b", []],
    ["a=b", []],
    ["a=index:b", []],
  ])("%j: %j", (annotation, kept) => expect(indexAnnotations([annotation])).toEqual(kept));

  const index = { annotations: ["manifest:a=b", "index:a=b"] };
  it.each<[string, Partial<Build>, Builder, boolean]>([
    ["with attestations, which BuildKit puts into an index", index, OWN, true],
    ["with attestations of the containerd store", index, CONTAINERD, true],
    ["with an SBOM alone", { ...index, provenance: "false", sbom: "true" }, OWN, true],
    [
      "with several platforms",
      { ...index, provenance: "false", platforms: ["linux/amd64", "linux/arm64"] },
      OWN,
      true,
    ],
    ["without attestations", { ...index, provenance: "false" }, OWN, false],
    [
      "without attestations, with an explicit no to an SBOM",
      { ...index, provenance: "false", sbom: "false" },
      OWN,
      false,
    ],
    ["on the classic store, which makes no index", index, CLASSIC, false],
    [
      "without attestations, but with annotations of the manifest alone",
      { annotations: ["manifest:a=b"], provenance: "false" },
      OWN,
      true,
    ],
  ])("%s: %#", (_, build, builder, taken) => {
    const plan = () => requireIndex(source(build, builder));
    if (taken) return expect(plan).not.toThrow();
    expect(plan).toThrow(Failure);
    expect(plan).toThrow("`annotations` has `index:a=b`, and this image has no index to annotate");
    return expect(() => planBuild(source(build, builder))).toThrow("no index to annotate");
  });
});
