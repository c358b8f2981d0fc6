import { describe, expect, it } from "@jest/globals";
import { baseOf } from "../../../src/checks/commands/bake.ts";
import { withoutCaches } from "../../../src/docker/bake.ts";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import { type Platforms, platformsOf } from "../../../src/image/platforms.ts";
import { isImageExport } from "../../../src/image/steps.ts";
import {
  asBuilt,
  CHECKS,
  checksDockerfile,
  demandNetwork,
  IMAGE,
  isImage,
  type Launch,
  planChecks,
  planRelease,
  RUN_STAGE,
  type Site,
} from "../../../src/image/target.ts";
import type { Build, Request } from "../../../src/request/request.ts";
import { aBuild, aRequest, aSite, CLASSIC, CONTAINERD, OWN } from "../samples.ts";

const SILENT: Builder = { ...OWN, platforms: [] };
const ARM: Builder = { ...OWN, platforms: ["linux/arm64", "linux/arm/v7"] };
const SHELL: Launch = { by: "shell", python: "" };

function checks(request: Request = aRequest(), builder: Builder = OWN, site: Site = aSite(), again = false) {
  return planChecks(request, builder, site, { launch: SHELL, again, image: "asked" });
}

function withBuild(build: Partial<Build>): Request {
  return aRequest({ build: aBuild(build) });
}

describe("several platforms", () => {
  const both = withBuild({ platforms: ["linux/amd64", "linux/arm64"] });

  it("are one image in the engine, and the checks are FROM its own side", () => {
    const { file, targets } = checks(both, CONTAINERD);
    expect(targets).toEqual([IMAGE, CHECKS]);
    expect(file.target[IMAGE]?.platforms).toEqual(["linux/amd64", "linux/arm64"]);
    expect(file.target[CHECKS]?.platforms).toBeUndefined();
  });

  it("are a target each in a builder of its own, so that each manifest's digest is told", () => {
    const { file, targets } = checks(both, OWN);
    expect(targets).toEqual([IMAGE, "image-linux-arm64", CHECKS]);
    const { [IMAGE]: own, "image-linux-arm64": other } = file.target;
    expect(own?.platforms).toBeUndefined();
    expect(other).toEqual({ ...own, platforms: ["linux/arm64"] });
    expect(targets.map(isImage)).toEqual([true, true, false]);
  });

  it.each([
    ["a=b", ["a=b"], ["a=b"]],
    ["manifest:a=b", ["manifest:a=b"], ["manifest:a=b"]],
    ["manifest[linux/arm64]:a=b", [], ["manifest:a=b"]],
    ["manifest[linux/arm64/v8]:a=b", [], ["manifest:a=b"]],
    ["manifest[linux/amd64]:a=b", ["manifest:a=b"], []],
    ["index,manifest[linux/amd64],manifest[linux/arm64]:a=b", ["manifest:a=b"], ["manifest:a=b"]],
    ["index:a=b", [], []],
  ])(
    "have their own annotations, which a solve of one platform takes without its name: %s",
    (annotation, own, other) => {
      const request = aRequest({ build: { ...both.build, annotations: [annotation] } });
      const { target } = checks(request, OWN).file;
      expect(target[IMAGE]?.annotations).toEqual(own);
      expect(target["image-linux-arm64"]?.annotations).toEqual(other);
      expect(baseOf(request, OWN, { built: true, image: undefined })).toMatchObject({ annotations: own });
      const toEngine = planRelease(request, OWN, aSite(), { to: "engine", name: "x:y" }).file;
      expect(toEngine.target[IMAGE]?.annotations).toEqual(own);
      const toRegistry = planRelease(request, OWN, aSite(), { to: "registry" }).file;
      expect(toRegistry.target[IMAGE]?.annotations).toEqual([annotation]);
    },
  );

  it("leave it as one, in the workflow's order", () => {
    const request = withBuild({ platforms: ["linux/arm/v7", "linux/amd64", "linux/arm64"] });
    const { target } = planRelease(request, OWN, aSite(), { to: "registry" }).file;
    expect(target[IMAGE]?.platforms).toEqual(["linux/arm/v7", "linux/amd64", "linux/arm64"]);
  });

  it.each([
    [undefined, undefined],
    ["linux/arm64", ["linux/arm64"]],
  ])("go to the engine one by one: %s", (platform, platforms) => {
    const destination = { to: "engine" as const, name: "x:y", ...(platform ? { platform } : {}) };
    const { target } = planRelease(both, OWN, aSite(), destination).file;
    expect(target[IMAGE]?.platforms).toEqual(platforms);
  });

  it.each<[string, readonly string[], Builder, Platforms]>([
    ["none asked for", [], OWN, { checked: "linux/amd64", others: [] }],
    ["none asked for, of a builder that is not started", [], SILENT, { checked: "", others: [] }],
    ["its own alone", ["linux/amd64"], CLASSIC, { checked: "linux/amd64", others: [] }],
    [
      "one more",
      ["linux/arm64", "linux/amd64"],
      CONTAINERD,
      { checked: "linux/amd64", others: ["linux/arm64"] },
    ],
    [
      "a builder's own of another kind",
      ["linux/arm64", "linux/amd64"],
      ARM,
      { checked: "linux/arm64", others: ["linux/amd64"] },
    ],
  ])("are told apart: %s", (_, platforms, builder, told) =>
    expect(platformsOf(aBuild({ platforms }), builder)).toEqual(told),
  );

  it.each<[string, readonly string[], Builder, RegExp]>([
    ["without the builder's own", ["linux/arm64"], OWN, /that of cont is linux\/amd64.*ubuntu-24\.04-arm/],
    ["on a builder that does not say its own", ["linux/amd64"], SILENT, /cont does not say/],
    ["on the classic store", ["linux/amd64", "linux/arm64"], CLASSIC, /classic image store holds one/],
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

  it("are planned as one where there is only the builder's own", () =>
    expect(checks(withBuild({ platforms: ["linux/amd64"] }), OWN)).toEqual(checks()));
});

describe("checks-network: host", () => {
  const host = aRequest({ checksNetwork: "host" });
  const target = () => checks(host, CONTAINERD).file.target[CHECKS];

  it("gives the probe the machine's network, asked for by the target and allowed by the call", () => {
    expect(target()?.["dockerfile-inline"]).toContain("RUN --network=host ");
    expect(target()?.entitlements).toEqual(["network.host"]);
    expect(checks(host, CONTAINERD).allow).toEqual(["network.host"]);
    expect(checks(host, CONTAINERD).file.target[IMAGE]?.entitlements).toEqual([]);
  });

  it("is never answered from the cache: what the services say is in no key", () =>
    expect(target()?.["no-cache-filter"]).toEqual([RUN_STAGE]));

  it.each([CONTAINERD, CLASSIC, { ...OWN, hostNetwork: true }])("fits the builder %j", (builder) =>
    expect(() => demandNetwork(host, builder)).not.toThrow(),
  );
  it("says what to add where the builder does not share the network", () => {
    expect(() => demandNetwork(host, OWN)).toThrow(/driver-opts: network=host/);
    expect(() => demandNetwork(aRequest(), OWN)).not.toThrow();
  });
});

describe("the check solve", () => {
  it("solves the image and, FROM it, the checks", () => {
    const { file, targets } = checks();
    expect(targets).toEqual([IMAGE, CHECKS]);
    expect(Object.keys(file.target)).toEqual([IMAGE, CHECKS]);
    expect(file.target[CHECKS]?.contexts).toEqual({ image: "target:image" });
  });

  it.each([
    ["a builder of its own holds the image unpushed", OWN, "type=image,push=false,oci-mediatypes=true"],
    [
      "the docker driver loads it under its staging name, and keeps it for the next run",
      CONTAINERD,
      'type=docker,"name=shipshape/1001-1-shop-abc123:staging,shipshape/kept:acme-shop-shop"',
    ],
    [
      "the classic store loads it and keeps nothing",
      CLASSIC,
      "type=docker,name=shipshape/1001-1-shop-abc123:staging",
    ],
  ])("%s", (_, builder, output) => {
    expect(checks(aRequest(), builder).file.target[IMAGE]?.output).toEqual([output]);
  });

  it.each(["asked", "built"] as const)("asks for the image anew only once in a step (it is %s)", (image) => {
    const built = image === "built";
    const request = withBuild({ noCache: true, pull: true, noCacheFilters: ["x"] });
    const { file } = planChecks(request, OWN, aSite(), { launch: SHELL, again: true, image });
    expect(file.target[IMAGE]).toMatchObject({
      "no-cache": !built,
      pull: !built,
      "no-cache-filter": built ? [] : ["x"],
    });
    expect(file.target[CHECKS]?.["no-cache-filter"]).toEqual([RUN_STAGE]);
  });

  it("does not solve an image that has a name: the checks run FROM it", () => {
    const how = {
      launch: SHELL,
      again: true,
      image: { context: "docker-image://shipshape/1001-1-shop-abc123:staging" },
    } as const;
    const site = aSite({ cacheFrom: ["type=gha"], cacheTo: ["type=gha,mode=max"] });
    const { file, targets } = planChecks(aRequest(), CONTAINERD, site, how);
    expect(targets).toEqual([CHECKS]);
    expect(file.target).toEqual({
      [CHECKS]: expect.objectContaining({
        contexts: { image: "docker-image://shipshape/1001-1-shop-abc123:staging" },
        "no-cache-filter": [RUN_STAGE],
        // They would be a cache without the image's steps, written over one with them.
        "cache-from": [],
        "cache-to": [],
      }),
    });
  });

  it.each([
    ["[image] exporting to image", true],
    ["[checks] exporting to client directory", false],
    ["[image-linux-arm64] exporting to image", false],
    ["[image] exporting to image format", false],
  ])("%s takes the image to where it is held: %p", (name, yes) => expect(isImageExport(name)).toBe(yes));

  it("takes nothing out of the builder but the report", () => {
    const outputs = Object.values(checks().file.target).flatMap(({ output = [] }) => output);
    expect(outputs).toEqual([
      "type=image,push=false,oci-mediatypes=true",
      "type=local,dest=/tmp/step/report",
    ]);
    expect(JSON.stringify(outputs)).not.toContain("push=true");
  });

  it("gives the checks' environment as a secret: in no file, in no argument", () => {
    const { file, secrets } = checks(aRequest(), OWN, aSite({ checkEnvironment: "hush" }));
    expect(file.target[CHECKS]?.secret).toEqual(["id=shipshape-env,env=SHIPSHAPE_CHECK_ENV"]);
    expect(secrets.get("SHIPSHAPE_CHECK_ENV")).toBe("hush");
    expect(JSON.stringify(file)).not.toContain("hush");
  });

  it("solves the probe's stage without cache when it is asked again", () => {
    expect(checks().file.target[CHECKS]).not.toHaveProperty("no-cache-filter");
    const again = checks(aRequest(), OWN, aSite(), true);
    expect(again.file.target[CHECKS]?.["no-cache-filter"]).toEqual([RUN_STAGE]);
    expect(again.file.target[IMAGE]?.["no-cache-filter"]).toEqual([]);
  });

  it("hangs the caches on the checks alone, for with several targets an import hits by luck", () => {
    const site = aSite({ cacheFrom: ["type=gha,scope=shop"], cacheTo: ["type=gha,scope=shop,mode=max"] });
    const { target } = checks(aRequest(), OWN, site).file;
    expect(target[CHECKS]).toMatchObject({
      "cache-from": ["type=gha,scope=shop"],
      "cache-to": ["type=gha,scope=shop,mode=max"],
    });
    expect(target[IMAGE]).not.toHaveProperty("cache-from");
    expect(target[IMAGE]).not.toHaveProperty("cache-to");
  });

  it("leaves an inline cache with the image, of which it is a part", () => {
    const { target } = checks(
      aRequest(),
      OWN,
      aSite({ cacheTo: ["type=inline", "type=local,dest=/c"] }),
    ).file;
    expect(target[IMAGE]?.["cache-to"]).toEqual(["type=inline"]);
    expect(target[CHECKS]?.["cache-to"]).toEqual(["type=local,dest=/c"]);
  });

  it("never attests the checks", () => {
    for (const builder of [OWN, CONTAINERD, CLASSIC])
      expect(checks(aRequest(), builder).file.target[CHECKS]?.attest).toEqual([
        "type=provenance,disabled=true",
      ]);
  });

  it("passes on what the workflow allows", () => {
    const { allow, file } = checks(withBuild({ allow: ["network.host"] }));
    expect(allow).toEqual(["network.host"]);
    expect(file.target[IMAGE]?.entitlements).toEqual(["network.host"]);
    expect(file.target[CHECKS]).not.toHaveProperty("entitlements");
  });
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
  ])("has %s", (_, build, part) => {
    expect(checks(withBuild(build)).file.target[IMAGE]).toMatchObject(part);
  });

  it.each(["target", "network", "shm-size"])("leaves %s out when the workflow does not say", (key) => {
    expect(checks().file.target[IMAGE]).not.toHaveProperty(key);
  });

  it("adds our labels where the workflow has not set them", () => {
    const labels = new Map([
      ["org.opencontainers.image.title", "My shop"],
      ["team", "web"],
    ]);
    const site = aSite({
      labels: new Map([
        ["org.opencontainers.image.title", "shop"],
        ["org.opencontainers.image.revision", "c0ffee"],
      ]),
    });
    expect(checks(withBuild({ labels }), OWN, site).file.target[IMAGE]?.labels).toEqual({
      "org.opencontainers.image.title": "My shop",
      "org.opencontainers.image.revision": "c0ffee",
      team: "web",
    });
  });

  it("takes each secret from where it is, and writes no value down", () => {
    const { file, secrets } = checks(
      withBuild({
        secrets: [
          { id: "v", from: "value", value: "s3cret" },
          { id: "f", from: "file", path: "/ws/key" },
          { id: "w", from: "value", value: "0ther" },
        ],
      }),
    );
    expect(file.target[IMAGE]?.secret).toEqual([
      "id=v,env=SHIPSHAPE_BUILD_SECRET_0",
      "id=f,src=/ws/key",
      "id=w,env=SHIPSHAPE_BUILD_SECRET_2",
    ]);
    expect(secrets.get("SHIPSHAPE_BUILD_SECRET_0")).toBe("s3cret");
    expect(secrets.get("SHIPSHAPE_BUILD_SECRET_2")).toBe("0ther");
    expect(JSON.stringify(file)).not.toMatch(/s3cret|0ther/);
  });
});

describe("attestations of the check solve", () => {
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
    expect(checks(withBuild({ provenance, sbom }), builder).file.target[IMAGE]?.attest).toEqual(attest);
  });

  it.each<[string, Partial<Build>]>([
    ["provenance: mode=max", { provenance: "mode=max" }],
    ["provenance: true", { provenance: "true" }],
    ["sbom: true", { sbom: "true" }],
  ])("the classic store refuses `%s` with what to do", (asked, build) => {
    const attempt = () => checks(withBuild(build), CLASSIC);
    expect(attempt).toThrow(Failure);
    expect(attempt).toThrow(`\`${asked}\` needs a builder that can attest`);
    expect(attempt).toThrow("containerd image store");
  });
});

describe("annotations", () => {
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
  ])("%j of an image without an index are %j", (annotation, kept) => {
    const request = withBuild({ annotations: [annotation] });
    expect(checks(request, OWN).file.target[IMAGE]?.annotations).toEqual(kept);
    expect(checks(request, CONTAINERD).file.target[IMAGE]?.annotations).toEqual([annotation]);
    expect(planRelease(request, OWN, aSite(), { to: "registry" }).file.target[IMAGE]?.annotations).toEqual([
      annotation,
    ]);
  });
});

describe("an image that the builder holds", () => {
  it.each<[string, boolean, Builder, boolean]>([
    ["of other steps than one that is built", false, OWN, true],
    ["of other steps than one that is built with `pull`", true, OWN, false],
    ["as ever in an engine, where a base need not be in a registry", false, CONTAINERD, false],
    ["as ever with a containerd's images", false, { ...OWN, hasOwnImages: true }, false],
    ["of other steps where `pull` asked a registry before", true, CONTAINERD, false],
  ])("is asked for again %s", (_, pull, builder, again) => {
    const request = withBuild({ pull, noCache: true, noCacheFilters: ["x"] });
    const asked = { pull: again, "no-cache": false, "no-cache-filter": [] };
    const how = { launch: SHELL, again: true, image: "built" } as const;
    const solves = [
      planChecks(request, builder, aSite(), how),
      planRelease(request, builder, aSite(), { to: "registry" }),
      planRelease(request, builder, aSite(), { to: "engine", name: "x:y" }),
    ];
    for (const { file } of solves) expect(file.target[IMAGE]).toMatchObject(asked);
    expect(checks(request, builder).file.target[IMAGE]?.pull).toBe(pull);
  });
});

describe("the release solve", () => {
  it("pushes by digest, without a tag", () => {
    const { file, targets } = planRelease(aRequest(), OWN, aSite(), { to: "registry" });
    expect(targets).toEqual([IMAGE]);
    expect(file.target[IMAGE]?.output).toEqual([
      "type=image,name=ghcr.io/acme/shop,push-by-digest=true,name-canonical=true,push=true,oci-mediatypes=true",
    ]);
    expect(JSON.stringify(file)).not.toContain("build-7");
  });

  it("attests what it pushes and not what it loads, whose config must be named", () => {
    const registry = planRelease(aRequest(), OWN, aSite(), { to: "registry" }).file.target[IMAGE];
    const engine = planRelease(aRequest(), OWN, aSite(), { to: "engine", name: "x:y" }).file.target[IMAGE];
    expect(registry?.attest).toEqual(["type=provenance,mode=min"]);
    expect(engine?.attest).toEqual(["type=provenance,disabled=true"]);
    expect(engine?.output).toEqual(["type=docker,name=x:y,oci-mediatypes=true"]);
  });

  it("is answered by the builder's cache: it rebuilds nothing", () => {
    const request = withBuild({ pull: true, noCache: true, noCacheFilters: ["deps"] });
    expect(planRelease(request, OWN, aSite(), { to: "registry" }).file.target[IMAGE]).toMatchObject({
      pull: false,
      "no-cache": false,
      "no-cache-filter": [],
    });
  });

  it("has the same image in it as the check solve, but for where it goes", () => {
    const request = withBuild({
      target: "prod",
      args: new Map([["A", "1"]]),
      labels: new Map([["a", "b"]]),
      secrets: [{ id: "v", from: "value", value: "s3cret" }],
      network: "none",
      ulimits: ["nofile=1"],
    });
    const site = aSite({ cacheTo: ["type=inline"] });
    const { output: _o, attest: _a, ...checked } = checks(request, OWN, site).file.target[IMAGE] ?? {};
    const { output, attest, ...released } =
      planRelease(request, OWN, site, { to: "registry" }).file.target[IMAGE] ?? {};
    expect(released).toEqual({ ...checked, ...asBuilt(request, OWN) });
  });

  it("has the build's secrets, and not the checks' environment", () => {
    const request = withBuild({ secrets: [{ id: "v", from: "value", value: "s3cret" }] });
    const { secrets } = planRelease(request, OWN, aSite(), { to: "registry" });
    expect([...secrets]).toEqual([["SHIPSHAPE_BUILD_SECRET_0", "s3cret"]]);
  });
});

describe("a solve without the caches of other places", () => {
  const site = aSite({ cacheFrom: ["type=gha"], cacheTo: ["type=gha,mode=max", "type=inline"] });

  it("names no server", () => {
    expect(JSON.stringify(withoutCaches(checks(aRequest(), OWN, site)).file)).not.toContain("type=gha");
  });

  it("has the same image in it: an inline cache is a part of that", () => {
    const solve = checks(aRequest(), OWN, site);
    expect(withoutCaches(solve).file.target[IMAGE]).toEqual(solve.file.target[IMAGE]);
  });

  it("is the same but for that", () => {
    const solve = checks();
    const { file: _f, ...rest } = withoutCaches(solve);
    const { file: _g, ...same } = solve;
    expect(rest).toEqual(same);
  });
});

describe("our Dockerfile", () => {
  it.each<[Launch, string]>([
    [{ by: "shell", python: "" }, '["/bin/sh","/.shipshape-probe/launch.sh"]'],
    [
      { by: "shell", python: "/venv/bin/python" },
      '["/bin/sh","/.shipshape-probe/launch.sh","/venv/bin/python"]',
    ],
    [
      { by: "python", python: "/usr/bin/python3", guess: false },
      '["/usr/bin/python3","/.shipshape-probe/probe.py"]',
    ],
    [
      { by: "python", python: "python3", guess: true },
      '["python3","/.shipshape-probe/probe.py","--launched"]',
    ],
  ])("starts the probe for %j with %s", (launch, command) => {
    const run = checksDockerfile(launch, "none")
      .split("\n")
      .find((line) => line.startsWith("RUN "));
    expect(run?.endsWith(` ${command}`)).toBe(true);
  });

  const text = checksDockerfile(SHELL, "none");

  it("gives the checks no network, written out", () => expect(text).toContain("RUN --network=none "));
  it("carries no syntax line, so that every builder's own frontend takes it", () =>
    expect(text).not.toContain("#"));
  it("is made FROM the image", () => expect(text.startsWith("FROM image AS run\n")).toBe(true));
  it("hands out the report alone", () => {
    expect(text.trimEnd().split("\n").slice(-2)).toEqual([
      "FROM scratch",
      "COPY --from=run /.shipshape/report/ /",
    ]);
  });
  it("demands the environment's secret, readable for any USER", () => {
    expect(text).toContain("--mount=type=secret,id=shipshape-env,target=/.shipshape-env,mode=0444,required");
  });
});
