import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import {
  planCacheExport,
  planImageLayers,
  planLayers,
  planLoad,
  planPush,
} from "../../../src/image/exports.ts";
import { asBuilt, planBuild } from "../../../src/image/target.ts";
import type { Build } from "../../../src/request/request.ts";
import { aBuild, aRequest, aSource, CONTAINERD, OWN, someNames, TWO_NODES } from "../samples.ts";

const BOTH = ["linux/amd64", "linux/arm64"];
const BY_DIGEST =
  "type=image,name=ghcr.io/acme/shop,push-by-digest=true,name-canonical=true,push=true,oci-mediatypes=true";
const SECRET = { secrets: [{ id: "v", from: "value", value: "s3cret" }] } as const;

const source = (build: Partial<Build> = {}, builder: Builder = OWN, names = someNames()) =>
  aSource({ request: aRequest({ build: aBuild(build) }), builder, names });

describe("a push", () => {
  it("is by digest, without a tag", () => {
    const { file, targets, sends } = planPush(source());
    expect(targets).toEqual(["image"]);
    expect(file.target.image?.output).toEqual([BY_DIGEST]);
    expect(JSON.stringify(file)).not.toContain("build-7");
    expect(sends).toBe(true);
  });

  it("has the attestations of the image that is released", () =>
    expect(planPush(source({ provenance: "mode=max", sbom: "true" })).file.target.image?.attest).toEqual([
      "type=provenance,mode=max",
      "type=sbom",
    ]));

  it("is of all platforms as one, in the workflow's order", () => {
    const { targets, file } = planPush(source({ platforms: ["linux/arm/v7", "linux/amd64", "linux/arm64"] }));
    expect(targets).toEqual(["image"]);
    expect(file.target.image?.platforms).toEqual(["linux/arm/v7", "linux/amd64", "linux/arm64"]);
  });

  it("is of each platform for itself where several nodes have them: buildx would tag what it merges", () => {
    const { targets, file } = planPush(source({ platforms: BOTH }, TWO_NODES));
    expect(targets).toEqual(["image", "image-linux-arm64"]);
    const { image, "image-linux-arm64": other } = file.target;
    expect(image).toMatchObject({ platforms: ["linux/amd64"], output: [BY_DIGEST] });
    expect(other).toEqual({ ...image, platforms: ["linux/arm64"] });
  });

  it.each<[string, Partial<Build>, Builder, boolean]>([
    ["several platforms on several nodes", { platforms: BOTH }, TWO_NODES, true],
    ["several platforms on one node", { platforms: BOTH }, OWN, false],
    ["one platform on several nodes", { platforms: ["linux/arm64"] }, TWO_NODES, false],
    ["no platform on several nodes", {}, TWO_NODES, false],
  ])("becomes one index only with the tag: %s", (_, build, builder, merged) =>
    expect(planPush(source(build, builder)).targets.length > 1).toBe(merged),
  );

  it("has the same image in it as the build, but for where it goes", () => {
    const one = source(
      {
        target: "prod",
        args: new Map([["A", "1"]]),
        labels: new Map([["a", "b"]]),
        ...SECRET,
        network: "none",
        ulimits: ["nofile=1"],
      },
      OWN,
      someNames({ cacheFrom: ["type=gha"], cacheTo: ["type=inline"] }),
    );
    const strip = (target: object | undefined) => {
      const { output, attest, "cache-from": _, ...rest } = target as Record<string, unknown>;
      return rest;
    };
    expect(strip(planPush(one).file.target.image)).toEqual({
      ...strip(planBuild(one).file.target.image),
      ...asBuilt(one),
    });
  });

  it("has the build's secrets, and no others", () => {
    const request = aRequest({ env: new Map([["A", "hush"]]), build: aBuild(SECRET) });
    const { secrets, file } = planPush(aSource({ request, builder: OWN }));
    expect([...secrets]).toEqual([["SHIPSHAPE_BUILD_SECRET_0", "s3cret"]]);
    expect(JSON.stringify(file)).not.toMatch(/s3cret|hush/);
  });
});

describe("a load into the engine", () => {
  it.each<[string, Builder, readonly string[] | undefined]>([
    ["the builder's own", OWN, undefined],
    ["the first that is checked of several nodes'", TWO_NODES, ["linux/amd64"]],
  ])("is of one platform: %s", (_, builder, platforms) => {
    const { file, targets, sends } = planLoad(source({ platforms: BOTH }, builder), "x:y");
    expect(targets).toEqual(["image"]);
    expect(file.target.image?.platforms).toEqual(platforms);
    expect(sends).toBe(true);
  });

  it("has no attestations, so that its config is named", () => {
    const { image } = planLoad(source({ provenance: "mode=max" }), "x:y").file.target;
    expect(image?.attest).toEqual(["type=provenance,disabled=true"]);
    expect(image?.output).toEqual(["type=docker,name=x:y,oci-mediatypes=true"]);
  });
});

describe("an image of one platform, which is not the first node's", () => {
  const one = source({ platforms: ["linux/arm64"] }, TWO_NODES, someNames({ cacheTo: ["type=gha"] }));
  it.each([
    ["pushed", planPush(one)],
    ["loaded", planLoad(one, "x:y")],
    ["written to a cache", planCacheExport(one)],
    ["built", planBuild(one)],
  ])("is %s for that platform", (_, solve) =>
    expect(solve?.file.target.image?.platforms).toEqual(["linux/arm64"]),
  );
});

describe("an image that the builder has", () => {
  it.each<[string, boolean, Builder, boolean]>([
    ["of other steps than one that is built", false, OWN, true],
    ["of other steps than one that is built with `pull`", true, OWN, false],
    ["as ever in an engine, where a base need not be in a registry", false, CONTAINERD, false],
    ["as ever with a containerd's images", false, { ...OWN, hasOwnImages: true }, false],
    ["by an engine from the base that `pull` asked a registry for", true, CONTAINERD, true],
  ])("is solved again %s", (_, pull, builder, again) => {
    const one = source(
      { pull, noCache: true, noCacheFilters: ["x"] },
      builder,
      someNames({ cacheTo: ["type=gha"] }),
    );
    const asked = { pull: again, "no-cache": false, "no-cache-filter": [] };
    const solves = [
      planPush(one),
      planLoad(one, "x:y"),
      planCacheExport(one),
      planImageLayers(one, "linux/amd64", "/ctx"),
    ];
    for (const solve of solves) expect(solve?.file.target.image).toMatchObject(asked);
    expect(planBuild(one).file.target.image?.pull).toBe(pull);
  });
});

describe("the caches of `cache-to`", () => {
  it.each<[string, readonly string[], readonly string[] | undefined]>([
    ["are written by a solve of the image", ["type=gha", "a/b:c"], ["type=gha", "a/b:c"]],
    ["are left to the image itself where they are inline", ["type=inline"], undefined],
    ["are written without an inline one", ["type=inline", "type=gha"], ["type=gha"]],
    ["are none", [], undefined],
  ])("%s", (_, cacheTo, written) => {
    const solve = planCacheExport(source({}, OWN, someNames({ cacheTo })));
    expect(solve?.file.target.image?.["cache-to"]).toEqual(written);
  });

  it("take nothing else out of the builder, and hold all platforms", () => {
    const one = source(
      { platforms: BOTH, annotations: ["a=b"], ...SECRET },
      OWN,
      someNames({ cacheTo: ["type=gha"] }),
    );
    const solve = planCacheExport(one);
    expect(solve).toMatchObject({ targets: ["image"], sends: true });
    expect(solve?.file.target.image).toMatchObject({
      platforms: BOTH,
      output: ["type=cacheonly"],
      attest: ["type=provenance,disabled=true"],
      annotations: [],
    });
    expect(solve?.secrets.get("SHIPSHAPE_BUILD_SECRET_0")).toBe("s3cret");
  });
});

describe("layers that are still in a cache's registry", () => {
  const names = someNames({ cacheFrom: ["type=registry,ref=a/b:c"], cacheTo: ["type=gha"] });

  it("are brought by a leaf that is linked to the image, and has its cache", () => {
    const { file, targets } = planImageLayers(source({}, OWN, names), "linux/amd64", "/ctx");
    expect(targets).toEqual(["layers"]);
    expect(file.target.layers).toEqual({
      context: "/ctx",
      "dockerfile-inline": "FROM image\nCOPY room/ /\n",
      contexts: { image: "target:image" },
      attest: ["type=provenance,disabled=true"],
      "cache-from": ["type=registry,ref=a/b:c"],
      output: ["type=cacheonly"],
    });
    expect(file.target.image).toMatchObject({ output: ["type=cacheonly"], annotations: [] });
    expect(file.target.image).not.toHaveProperty("cache-from");
    expect(file.target.image).not.toHaveProperty("cache-to");
  });

  it("are those of one platform", () => {
    const { image, layers } = planImageLayers(source({ platforms: BOTH }), "linux/arm64", "/ctx").file.target;
    expect(image?.platforms).toEqual(["linux/arm64"]);
    expect(layers?.platforms).toEqual(["linux/arm64"]);
  });

  it("may be those of a stage without any cache", () => {
    const secrets = new Map([["A", "b"]]);
    const stage = { target: { context: "/c", target: "dev" }, allow: ["network.host"], secrets };
    const { file, allow, secrets: given } = planLayers(stage, "/ctx");
    expect(file.target.layers?.["cache-from"]).toEqual([]);
    expect(file.target.image).toMatchObject({ context: "/c", target: "dev" });
    expect(allow).toEqual(["network.host"]);
    expect(given).toBe(secrets);
  });
});
