import { describe, expect, it } from "@jest/globals";
import { withoutCaches } from "../../../src/docker/bake.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import { planBuild, planStage, stageOfImage } from "../../../src/image/target.ts";
import type { Build, Request } from "../../../src/request/request.ts";
import {
  aBuild,
  aRequest,
  aSource,
  CLASSIC,
  CONTAINERD,
  digest,
  OWN,
  STAGING,
  someNames,
  TWO_NODES,
} from "../samples.ts";

function withBuild(build: Partial<Build>): Request {
  return aRequest({ build: aBuild(build) });
}

/** The solve that builds an image. */
function build(more: Partial<Build> = {}, builder: Builder = OWN, names = someNames()) {
  return planBuild(aSource({ request: withBuild(more), builder, names }));
}

const NEW = { noCache: true, pull: true, noCacheFilters: ["x"] };

describe("the build", () => {
  it("solves the image alone", () => {
    const { file, targets } = build();
    expect(targets).toEqual(["image"]);
    expect(Object.keys(file.target)).toEqual(["image"]);
  });

  it.each([
    ["a builder of its own keeps the image unpushed", OWN, "type=image,push=false,oci-mediatypes=true"],
    [
      "the containerd store gets it under its staging name, and keeps it for the next run",
      CONTAINERD,
      `type=docker,"name=${STAGING},shipshape/kept:acme-shop-shop"`,
    ],
    ["the classic store gets it under its staging name alone", CLASSIC, `type=docker,name=${STAGING}`],
  ])("%s", (_, builder, output) => {
    const { file } = build({}, builder);
    expect(file.target.image?.output).toEqual([output]);
    expect(JSON.stringify(file)).not.toContain("push=true");
  });

  it("has no secret of the checks", () => {
    const request = aRequest({
      env: new Map([["DATABASE_URL", "hush"]]),
      build: aBuild({ secrets: [{ id: "v", from: "value", value: "s3cret" }] }),
    });
    const { secrets, file } = planBuild(aSource({ request, builder: OWN }));
    expect([...secrets]).toEqual([["SHIPSHAPE_BUILD_SECRET_0", "s3cret"]]);
    expect(JSON.stringify(file)).not.toContain("hush");
  });

  it("imports the caches, and exports none: that is a solve of its own", () => {
    const names = someNames({
      cacheFrom: ["type=gha,scope=shop"],
      cacheTo: ["type=gha,scope=shop,mode=max"],
    });
    const { image } = build({}, OWN, names).file.target;
    expect(image?.["cache-from"]).toEqual(["type=gha,scope=shop"]);
    expect(image).not.toHaveProperty("cache-to");
  });

  it("has an inline cache with the image, of which it is a part", () => {
    const names = someNames({ cacheTo: ["type=inline", "type=local,dest=/c"] });
    expect(build({}, OWN, names).file.target.image?.["cache-to"]).toEqual(["type=inline"]);
  });

  it("asks for what is new, as the workflow says", () =>
    expect(build(NEW).file.target.image).toMatchObject({
      "no-cache": true,
      pull: true,
      "no-cache-filter": ["x"],
    }));

  it("allows what the workflow allows", () => {
    const { allow, file } = build({ allow: ["network.host"] });
    expect(allow).toEqual(["network.host"]);
    expect(file.target.image?.entitlements).toEqual(["network.host"]);
  });

  it("is not given the machine's network for the checks", () => {
    const request = aRequest({ checksNetwork: "host" });
    const { allow, file } = planBuild(aSource({ request }));
    expect(allow).toEqual([]);
    expect(file.target.image?.entitlements).toEqual([]);
  });
});

describe("several platforms", () => {
  const both = { platforms: ["linux/amd64", "linux/arm64"] };

  it("are one image in the engine", () => {
    const { file, targets } = build(both, CONTAINERD);
    expect(targets).toEqual(["image"]);
    expect(file.target.image?.platforms).toEqual(both.platforms);
  });

  it("are a target each in a builder of its own, so that the metadata names each manifest", () => {
    const { file, targets } = build(both);
    expect(targets).toEqual(["image", "image-linux-arm64"]);
    const { image, "image-linux-arm64": other } = file.target;
    expect(image?.platforms).toBeUndefined();
    expect(other).toEqual({ ...image, platforms: ["linux/arm64"] });
  });

  it("are named each where several nodes have one of their own", () => {
    const { file } = build(both, TWO_NODES);
    expect(file.target.image?.platforms).toEqual(["linux/amd64"]);
    expect(file.target["image-linux-arm64"]?.platforms).toEqual(["linux/arm64"]);
  });

  it("begin with the first one that is checked, whatever the workflow's order is", () => {
    const { file, targets } = build({ platforms: ["linux/arm/v7", "linux/arm64", "linux/amd64"] });
    expect(targets).toEqual(["image", "image-linux-arm-v7", "image-linux-arm64"]);
    expect(file.target["image-linux-arm-v7"]?.platforms).toEqual(["linux/arm/v7"]);
  });

  it("are planned like none when the workflow names only the builder's own", () =>
    expect(build({ platforms: ["linux/amd64"] })).toEqual(build()));
});

describe("the image's target", () => {
  it.each<[string, Partial<Build>, Record<string, unknown>]>([
    ["the context and the Dockerfile", {}, { context: "/ws/shop", dockerfile: "/ws/shop/Dockerfile" }],
    ["the stage", { target: "prod" }, { target: "prod" }],
    ["build arguments", { args: new Map([["A", "1"]]) }, { args: { A: "1" } }],
    [
      "an argument named __proto__",
      { args: new Map([["__proto__", "1"]]) },
      { args: Object.fromEntries([["__proto__", "1"]]) },
    ],
    ["named contexts", { contexts: new Map([["base", "/b"]]) }, { contexts: { base: "/b" } }],
    ["annotations", { annotations: ["a=b", "manifest:c=d"] }, { annotations: ["a=b", "manifest:c=d"] }],
    ["ssh", { ssh: ["default"] }, { ssh: ["default"] }],
    ["the network", { network: "host" }, { network: "host" }],
    ["hosts", { addHosts: new Map([["db", "10.0.0.1"]]) }, { "extra-hosts": { db: "10.0.0.1" } }],
    ["shared memory", { shmSize: "64m" }, { "shm-size": "64m" }],
    ["limits", { ulimits: ["nofile=1024"] }, { ulimits: ["nofile=1024"] }],
    ["pull", { pull: true }, { pull: true }],
    ["no-cache", { noCache: true }, { "no-cache": true }],
    ["stages without cache", { noCacheFilters: ["deps"] }, { "no-cache-filter": ["deps"] }],
  ])("has %s", (_, more, part) => {
    expect(build(more).file.target.image).toMatchObject(part);
  });

  it.each(["target", "network", "shm-size"])("leaves %s out when the workflow does not say", (key) => {
    expect(build().file.target.image).not.toHaveProperty(key);
  });

  it("adds our labels where the workflow has not set them", () => {
    const labels = new Map([
      ["org.opencontainers.image.title", "My shop"],
      ["team", "web"],
    ]);
    const names = someNames({
      labels: new Map([
        ["org.opencontainers.image.title", "shop"],
        ["org.opencontainers.image.revision", "c0ffee"],
      ]),
    });
    expect(build({ labels }, OWN, names).file.target.image?.labels).toEqual({
      "org.opencontainers.image.title": "My shop",
      "org.opencontainers.image.revision": "c0ffee",
      team: "web",
    });
  });

  it("takes each secret from where it is, and writes no value down", () => {
    const { file, secrets } = build({
      secrets: [
        { id: "v", from: "value", value: "s3cret" },
        { id: "f", from: "file", path: "/ws/key" },
        { id: "w", from: "value", value: "0ther" },
      ],
    });
    expect(file.target.image?.secret).toEqual([
      "id=v,env=SHIPSHAPE_BUILD_SECRET_0",
      "id=f,src=/ws/key",
      "id=w,env=SHIPSHAPE_BUILD_SECRET_2",
    ]);
    expect(secrets.get("SHIPSHAPE_BUILD_SECRET_0")).toBe("s3cret");
    expect(secrets.get("SHIPSHAPE_BUILD_SECRET_2")).toBe("0ther");
    expect(JSON.stringify(file)).not.toMatch(/s3cret|0ther/);
  });
});

describe("another stage of the image's Dockerfile", () => {
  const source = aSource({
    request: withBuild({
      ...NEW,
      target: "prod",
      args: new Map([["A", "1"]]),
      annotations: ["a=b"],
      contexts: new Map([["docker.io/library/mine", "/mine"]]),
      secrets: [{ id: "v", from: "value", value: "s3cret" }],
      allow: ["network.host"],
    }),
    builder: OWN,
    names: someNames({ cacheFrom: ["type=gha"], cacheTo: ["type=inline"] }),
  });
  const bases = new Map([["docker.io/library/python:3.13-slim", digest("b")]]);
  const stage = stageOfImage(source, "dev", { bases, platform: "" });

  it("is built as the image is, but for the stage", () =>
    expect(stage).toMatchObject({
      name: "stage",
      target: { target: "dev", args: { A: "1" }, "cache-from": ["type=gha"] },
      allow: ["network.host"],
      secrets: new Map([["SHIPSHAPE_BUILD_SECRET_0", "s3cret"]]),
    }));

  it("is built from the base images that the image was built from, and the workflow's own contexts win", () => {
    expect(stage.target.contexts).toEqual({
      "docker.io/library/python:3.13-slim": `docker-image://docker.io/library/python:3.13-slim@${digest("b")}`,
      "docker.io/library/mine": "/mine",
    });
    const own = new Map([["docker.io/library/mine", digest("b")]]);
    expect(stageOfImage(source, "dev", { bases: own, platform: "" }).target.contexts).toEqual({
      "docker.io/library/mine": "/mine",
    });
  });

  it.each<[string, string, readonly string[], Builder, readonly string[] | undefined]>([
    ["the builder's own", "linux/amd64", ["linux/amd64", "linux/arm64"], OWN, undefined],
    ["another node's", "linux/arm64", ["linux/arm64"], TWO_NODES, ["linux/arm64"]],
    ["the first of two nodes'", "linux/amd64", ["linux/amd64", "linux/arm64"], TWO_NODES, ["linux/amd64"]],
    ["the one that the workflow does not name", "", [], TWO_NODES, undefined],
  ])("is for the platform that is checked: %s", (_, platform, platforms, builder, own) => {
    const request = withBuild({ platforms });
    const how = { bases: new Map(), platform };
    expect(stageOfImage(aSource({ request, builder }), "dev", how).target.platforms).toEqual(own);
  });

  it("has no label, no annotation and no inline cache: it is never released", () => {
    expect(stage.target).toMatchObject({ labels: {}, annotations: [] });
    expect(stage.target).not.toHaveProperty("cache-to");
  });

  it("asks for nothing anew: the image has just done that", () =>
    expect(stage.target).toMatchObject({ pull: false, "no-cache": false, "no-cache-filter": [] }));

  it.each<[Builder, string]>([
    [OWN, "type=image,push=false,oci-mediatypes=true"],
    [CONTAINERD, `type=docker,name=${STAGING}-stage`],
  ])("is kept in the builder: %#", (builder, output) => {
    const { file, targets, allow, secrets } = planStage(stage, builder);
    expect(targets).toEqual(["stage"]);
    expect(file.target.stage).toEqual({
      ...stage.target,
      attest: ["type=provenance,disabled=true"],
      output: [output],
    });
    expect(allow).toEqual(["network.host"]);
    expect(secrets).toBe(stage.secrets);
  });
});

describe("a solve without the caches of other places", () => {
  const names = someNames({ cacheFrom: ["type=gha"], cacheTo: ["type=gha,mode=max", "type=inline"] });
  const solve = build({}, OWN, names);

  it("names no server", () => expect(JSON.stringify(withoutCaches(solve).file)).not.toContain("type=gha"));

  it("has the same image in it: an inline cache is a part of that", () => {
    const { "cache-from": _, ...image } = solve.file.target.image ?? {};
    expect(withoutCaches(solve).file.target.image).toEqual(image);
    expect(image["cache-to"]).toEqual(["type=inline"]);
  });

  it("is the same but for that", () => {
    const { file: _f, ...rest } = withoutCaches(solve);
    const { file: _g, ...same } = solve;
    expect(rest).toEqual(same);
  });
});
