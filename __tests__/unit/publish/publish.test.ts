import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import type { TargetMetadata } from "../../../src/docker/docker.ts";
import type { Look } from "../../../src/docker/manifests.ts";
import { Failure } from "../../../src/failure.ts";
import type { Held, Pushed } from "../../../src/image/built-image.ts";
import { refused } from "../../../src/image/failures.ts";
import type { Platforms } from "../../../src/image/platforms.ts";
import { handoverOf, type Scale } from "../../../src/publish/drivers.ts";
import { publish, type Release } from "../../../src/publish/publish.ts";
import { Upload } from "../../../src/publish/push-progress.ts";
import { Leftovers } from "../../../src/publish/temporary-names.ts";
import type { Digest, Ref, Request, Tag } from "../../../src/request/request.ts";
import { aRequest, CLASSIC, CONTAINERD, digest, FOREIGN, HELD, IMAGE, OURS, OWN } from "../samples.ts";
import { FakeRegistry, type Manifest } from "./registry.ts";

const STAGING = "shipshape/1:staging";
const TAG = `${IMAGE}:build-7`;
/** The image as it passed. `index`: with its attestation, as an own builder pushes it. */
const CHECKED: Manifest = { digest: OURS, config: digest("c") };
const INDEX: Manifest = { digest: digest("1"), config: digest("c"), platforms: [OURS] };
const STRANGER: Manifest = { digest: FOREIGN, config: digest("9") };

interface Scene {
  readonly builder?: Builder;
  readonly request?: Request;
  readonly registry?: FakeRegistry;
  readonly held?: Held;
  readonly platforms?: Platforms;
  readonly looked?: Look;
  /** What the release solve takes out of the builder. */
  readonly released?: Manifest;
  readonly metadata?: TargetMetadata;
  readonly upload?: (scale: Scale) => Upload;
  /** The checks of what left the builder in place of what was checked; they fail when left out. */
  readonly checkPushed?: (pushed: Pushed) => Promise<void>;
}

async function play(scene: Scene = {}) {
  const {
    builder = OWN,
    request = aRequest(),
    registry = new FakeRegistry(),
    held = HELD,
    released = INDEX,
  } = scene;
  const told = {
    said: [] as string[],
    notices: [] as string[],
    warnings: [] as string[],
  };
  const leftovers = new Leftovers(registry.docker);
  leftovers.add(STAGING);
  registry.images.set(STAGING, builder === CLASSIC ? { digest: digest("5"), config: held.digest } : CHECKED);
  const handover = handoverOf(builder, {
    docker: registry.docker,
    request,
    held,
    platforms: scene.platforms ?? { checked: "linux/amd64", others: [] },
    staging: STAGING,
    say: (line) => told.said.push(line),
    signal: new AbortController().signal,
    pauses: [0],
    leftovers,
    upload: scene.upload ?? ((scale) => new Upload(scale, (line) => told.said.push(line))),
    checkPushed:
      scene.checkPushed ??
      (async () => {
        throw new Failure("Checks failed", "the other one");
      }),
    release: async (destination) => {
      registry.before("release");
      registry.changes.push(`release to ${destination.to}`);
      if (destination.to === "registry") registry.store(IMAGE, released);
      else registry.images.set(destination.name, released);
      return (
        scene.metadata ?? {
          "containerimage.digest": released.digest,
          "containerimage.config.digest": released.config,
        }
      );
    },
  });
  const desk = {
    docker: registry.docker,
    request,
    handover,
    looked: scene.looked,
    say: (line: string) => told.said.push(line),
    signal: new AbortController().signal,
    pauses: [0],
    notice: (line: string) => told.notices.push(line),
    warn: (line: string) => told.warnings.push(line),
  };
  const outcome = await publish(desk).catch((error: unknown) => error);
  return { outcome, registry, leftovers, handover, ...told };
}

function failure(outcome: unknown): Failure {
  if (outcome instanceof Failure) return outcome;
  throw new Error(`no failure: ${JSON.stringify(outcome)}`);
}

function release(outcome: unknown): Release {
  if (outcome instanceof Error) throw outcome;
  return outcome as Release;
}

describe("a builder of its own", () => {
  it("pushes by digest, and then the digest gets the tag", async () => {
    const { outcome, registry } = await play();
    expect(outcome).toEqual({
      tag: "build-7",
      ref: TAG,
      digest: INDEX.digest,
      pinned: `${IMAGE}@${INDEX.digest}`,
      how: "written",
      tags: [],
    });
    expect(registry.changes).toEqual(["release to registry", `promote ${IMAGE}@${INDEX.digest} ${TAG}`]);
  });

  it("has what left it checked when that is not what was checked", async () => {
    const seen: Pushed[] = [];
    const index = { ...INDEX, config: digest("9"), platforms: [FOREIGN] };
    // With attestations bake does not name the config.
    const metadata = { "containerimage.digest": index.digest, "buildx.build.ref": "cont/cont0/r8" };
    const { outcome, said } = await play({
      released: index,
      metadata,
      checkPushed: async (pushed) => void seen.push(pushed),
    });
    expect(seen).toEqual([
      {
        pinned: `${IMAGE}@${index.digest}`,
        held: { digest: FOREIGN, manifests: [FOREIGN], config: digest("9"), record: "r8" },
        metadata: { ...metadata, "containerimage.config.digest": digest("9") },
      },
    ]);
    expect(release(outcome)).toMatchObject({ how: "written", digest: index.digest });
    expect(said.join()).toContain(`${FOREIGN} is checked before it gets a tag`);
  });

  it("gives no tag when what left it fails its checks", async () => {
    const { outcome, registry } = await play({ released: STRANGER });
    expect(failure(outcome).kind).toBe("Checks failed");
    expect(registry.tags.size).toBe(0);
  });

  it("checks nothing more when the tag is refused meanwhile", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change === "release") registry.put(TAG, { digest: digest("4") });
    };
    const checked: Pushed[] = [];
    const checkPushed = async (pushed: Pushed) => void checked.push(pushed);
    const { outcome } = await play({ registry, released: STRANGER, checkPushed });
    expect(failure(outcome).kind).toBe("Publish failed");
    expect(checked).toEqual([]);
  });

  it("asks for the tag again after the checks of what left it", async () => {
    const registry = new FakeRegistry();
    const { outcome } = await play({
      registry,
      released: { ...INDEX, platforms: [FOREIGN] },
      checkPushed: async () => void registry.put(TAG, { digest: digest("4") }),
    });
    expect(failure(outcome)).toMatchObject({ kind: "Publish failed" });
    expect(registry.tags.get(TAG)?.digest).toBe(digest("4"));
  });

  it("gives no tag when more than what was checked left it", async () => {
    const { outcome, registry } = await play({
      released: { ...INDEX, platforms: [OURS, FOREIGN] },
      checkPushed: async () => {},
    });
    expect(failure(outcome).message).toContain(`${FOREIGN}, and it gets no tag`);
    expect(registry.tags.size).toBe(0);
  });

  it.each([{}, { "containerimage.digest": "latest" }, { "containerimage.digest": 7 }])(
    "gives no tag when the builder does not name what it pushed: %j",
    async (metadata) => {
      const { outcome, registry } = await play({ metadata: metadata as TargetMetadata });
      expect(outcome).toBeInstanceOf(Failure);
      expect(registry.tags.size).toBe(0);
    },
  );

  it("gives no tag when the digest cannot be read back", async () => {
    const registry = new FakeRegistry();
    registry.looks.push(
      { state: "free" },
      { state: "free" },
      { state: "unknown", reason: "401 Unauthorized" },
    );
    const { outcome } = await play({ registry });
    expect(failure(outcome).message).toContain("cannot be read back: 401 Unauthorized");
    expect(registry.tags.size).toBe(0);
  });

  it("fails with the registry's words when the tag is refused", async () => {
    const registry = new FakeRegistry();
    registry.refusals.promote = { ok: false, reason: "denied: permission_denied: write_package" };
    const { outcome } = await play({ registry });
    expect(failure(outcome)).toMatchObject({
      kind: "Publish failed",
      message: expect.stringContaining("permission_denied"),
    });
    expect(failure(outcome).message).toContain("packages: write");
  });
});

describe("the docker driver on the containerd store", () => {
  it("names the held image and pushes it", async () => {
    const { outcome, registry, leftovers } = await play({ builder: CONTAINERD });
    expect(release(outcome)).toMatchObject({ digest: OURS, ref: TAG, how: "written" });
    await leftovers.end();
    expect(registry.changes).toEqual([
      `rename ${STAGING} ${TAG}`,
      `push ${TAG}`,
      `rename forget ${STAGING} ${TAG}`,
    ]);
  });

  it("learns its config from a plain build where the attested one does not name it", async () => {
    const registry = new FakeRegistry().put(TAG, CHECKED);
    const { outcome, leftovers } = await play({
      builder: CONTAINERD,
      registry,
      held: { digest: OURS, manifests: [OURS], config: undefined, record: undefined },
      released: CHECKED,
    });
    expect(release(outcome)).toMatchObject({ how: "already there", digest: OURS });
    await leftovers.end();
    expect(registry.changes.at(-1)).toBe(`rename forget ${STAGING} ${STAGING}-plain`);
  });

  it("never takes an unknown config for an unknown config", async () => {
    const registry = new FakeRegistry().put(TAG, { digest: FOREIGN, platforms: [digest("7"), digest("8")] });
    const { outcome } = await play({
      builder: CONTAINERD,
      registry,
      held: { digest: OURS, manifests: [OURS], config: undefined, record: undefined },
      metadata: {},
    });
    expect(outcome).toBeInstanceOf(Failure);
    expect(registry.tags.get(TAG)?.digest).toBe(FOREIGN);
  });

  it("fails with the engine's words when it cannot push", async () => {
    const registry = new FakeRegistry();
    registry.refusals.push = {
      ok: false,
      reason:
        "push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
    };
    const { outcome } = await play({ builder: CONTAINERD, registry });
    expect(failure(outcome).message).toContain("docker/login-action");
  });

  it("fails when the staging image is gone", async () => {
    const registry = new FakeRegistry();
    registry.refusals.rename = { ok: false, reason: "No such image" };
    const { outcome } = await play({ builder: CONTAINERD, registry });
    expect(failure(outcome).message).toContain("could not be named");
    expect(registry.tags.size).toBe(0);
  });
});

describe("the docker driver on the classic store", () => {
  const held: Held = { digest: digest("c"), manifests: [digest("c")], config: digest("c"), record: "r7" };

  it("proves the bytes by the config, and tells the manifest's digest", async () => {
    const { outcome } = await play({ builder: CLASSIC, held });
    expect(release(outcome)).toMatchObject({ digest: digest("5"), pinned: `${IMAGE}@${digest("5")}` });
  });

  it("does not release what has another config", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change.startsWith("push")) registry.images.set(TAG, STRANGER);
    };
    const { outcome } = await play({ builder: CLASSIC, held, registry });
    expect(failure(outcome).message).toContain(digest("9"));
  });

  it("does not release what has no config that can be read", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change.startsWith("push")) registry.images.set(TAG, { digest: FOREIGN });
    };
    expect((await play({ builder: CLASSIC, held, registry })).outcome).toBeInstanceOf(Failure);
  });
});

describe("what a push weighs", () => {
  async function weighed(
    builder: Builder,
    held: Held,
    others: readonly string[] = [],
    registry = new FakeRegistry(),
  ) {
    const scales: Scale[] = [];
    await play({
      builder,
      held,
      registry,
      platforms: { checked: "linux/amd64", others },
      upload: (scale) => {
        scales.push(scale);
        return new Upload(scale, () => {});
      },
    });
    expect(scales).toHaveLength(1);
    const [scale] = scales;
    const known = (await scale?.sizes()) ?? new Map();
    return { from: scale?.from, sizes: [...known.values()], asked: registry.weighed };
  }

  it.each<[string, readonly string[], readonly string[], readonly number[]]>([
    ["one platform", [], [""], [1]],
    ["several", ["linux/arm64"], ["linux/amd64", "linux/arm64"], [1, 2]],
  ])("is asked of the builder's history for %s on the containerd store", async (_, others, asked, sizes) => {
    expect(await weighed(CONTAINERD, HELD, others)).toEqual({
      from: "the beginning",
      sizes,
      asked: asked.map((platform) => `r7 ${platform}`),
    });
  });

  it("is not known when it is not known of each platform", async () => {
    const registry = new FakeRegistry();
    registry.weightless = "linux/arm64";
    expect(await weighed(CONTAINERD, HELD, ["linux/arm64"], registry)).toMatchObject({ sizes: [] });
  });

  it("is not known where the build has no record", async () => {
    expect(await weighed(CONTAINERD, { ...HELD, record: undefined })).toMatchObject({ sizes: [], asked: [] });
  });

  it("is asked of the registry, afterwards, on the classic store", async () => {
    const held: Held = { digest: digest("c"), manifests: [digest("c")], config: digest("c"), record: "r7" };
    expect(await weighed(CLASSIC, held)).toEqual({ from: "the end", sizes: [1], asked: [TAG] });
  });
});

describe.each<[string, Builder]>([
  ["a builder of its own", OWN],
  ["the containerd store", CONTAINERD],
])("a tag that is there, with %s", (_, builder) => {
  const ours = builder === OWN ? INDEX : CHECKED;

  it("stays untouched when it has these bytes", async () => {
    const registry = new FakeRegistry().put(TAG, ours);
    const { outcome, said } = await play({ builder, registry });
    expect(release(outcome)).toMatchObject({ how: "already there", digest: ours.digest, tag: "build-7" });
    expect(registry.changes).toEqual([]);
    expect(said).toEqual([`${TAG} is already there with these bytes`]);
  });

  it("stays untouched when it has these bytes with another attestation", async () => {
    const registry = new FakeRegistry().put(TAG, {
      digest: digest("2"),
      config: digest("c"),
      platforms: [OURS],
    });
    const { outcome } = await play({ builder, registry });
    expect(release(outcome)).toMatchObject({ how: "already there", digest: digest("2") });
    expect(registry.changes).toEqual([]);
  });

  it("is not overwritten by a first attempt", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    const { outcome } = await play({ builder, registry });
    expect(failure(outcome)).toMatchObject({
      kind: "Publish failed",
      message: expect.stringContaining("is not overwritten"),
    });
    expect(registry.changes).toEqual([]);
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
  });

  it("is left alone by a re-run, which gets its own", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    const { outcome, notices } = await play({
      builder,
      registry,
      request: aRequest({ run: { attempt: 2 } }),
    });
    expect(release(outcome)).toMatchObject({ tag: "build-7-2", ref: `${TAG}-2`, how: "written" });
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
    expect(notices).toEqual([expect.stringContaining("`build-7-2`")]);
  });

  it("is left alone by a re-run whose own tag is there as well", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER).put(`${TAG}-2`, STRANGER);
    const { outcome } = await play({ builder, registry, request: aRequest({ run: { attempt: 2 } }) });
    expect(failure(outcome).message).toContain("build-7-2 is already in the registry");
    expect(registry.changes).toEqual([]);
  });

  it("is overwritten when that was asked for", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    const { outcome, notices } = await play({
      builder,
      registry,
      request: aRequest({ existingTag: "overwrite" }),
    });
    expect(release(outcome)).toMatchObject({ tag: "build-7", how: "written" });
    expect(registry.tags.get(TAG)?.digest).toBe(ours.digest);
    expect(notices).toEqual([`${TAG} was ${FOREIGN}.`]);
  });

  it("is asked for once more when it could not be told beside the build", async () => {
    const { outcome } = await play({ builder, looked: { state: "unknown", reason: "503" } });
    expect(release(outcome)).toMatchObject({ how: "written" });
  });

  it("is told as moved when another run has moved it meanwhile", async () => {
    const registry = new FakeRegistry();
    const free: Look = { state: "free" };
    const push: Look = {
      state: "there",
      digest: ours.digest,
      mediaType: "x",
      platforms: [{ name: "", digest: OURS }],
    };
    const moved: Look = { ...push, digest: FOREIGN };
    // A builder of its own asks for the tag once more, and then for what it pushed, before it tags.
    registry.looks.push(free, ...(builder === OWN ? [free, push] : []), moved, moved);
    const { outcome } = await play({ builder, registry });
    expect(failure(outcome).message).toContain(FOREIGN);
  });
});

it("a tag that another run has given while this image was uploaded is not overwritten", async () => {
  const registry = new FakeRegistry();
  registry.before = (change) => {
    if (change === "release") registry.put(TAG, STRANGER);
  };
  const { outcome } = await play({ registry });
  expect(outcome).toBeInstanceOf(Failure);
  expect(registry.tags.get(TAG)).toEqual(STRANGER);
});

describe("several platforms", () => {
  const both: Platforms = { checked: "linux/amd64", others: ["linux/arm64"] };
  const index: Manifest = { digest: digest("1"), platforms: [OURS, digest("b")] };
  const held: Held = { digest: OURS, manifests: [OURS, digest("b")], config: digest("c"), record: "r7" };

  it("get their tag when each is the one that was held", async () => {
    const { outcome } = await play({ platforms: both, held, released: index });
    expect(release(outcome)).toMatchObject({ how: "written", digest: index.digest });
  });

  it.each<[string, readonly Digest[]]>([
    ["the one that was not checked differs", [OURS, FOREIGN]],
    ["the one that was checked differs", [FOREIGN, digest("b")]],
    ["one is missing", [OURS]],
    ["there is one more", [OURS, digest("b"), FOREIGN]],
  ])("get none when %s", async (_, platforms) => {
    const { outcome, registry } = await play({ platforms: both, held, released: { ...index, platforms } });
    expect(failure(outcome).message).toContain("it gets no tag");
    expect(registry.tags.size).toBe(0);
  });

  it("are the same only when all are", async () => {
    const same = await play({ platforms: both, held, registry: new FakeRegistry().put(TAG, index) });
    expect(release(same.outcome)).toMatchObject({ how: "already there" });
    const other = await play({ platforms: both, held, registry: new FakeRegistry().put(TAG, INDEX) });
    expect(failure(other.outcome).message).toContain("is not overwritten");
  });

  it("are known by their configs in an engine, which are asked for one by one", async () => {
    const registry = new FakeRegistry().put(TAG, index);
    const { changes } = await play({ builder: CONTAINERD, platforms: both, held, registry }).then(
      ({ registry }) => registry,
    );
    expect(changes).toEqual(["release to engine", "release to engine"]);
  });
});

describe("a registry that does not say whether the tag is there", () => {
  const denied: Look = { state: "unknown", reason: "403 Forbidden" };

  it("gets the image without a tag from a builder of its own, and then says that it is free", async () => {
    const registry = new FakeRegistry();
    registry.looks.push(denied);
    const { outcome } = await play({ registry, looked: denied });
    expect(release(outcome)).toMatchObject({ tag: "build-7", how: "written" });
    expect(registry.changes).toEqual(["release to registry", `promote ${IMAGE}@${INDEX.digest} ${TAG}`]);
  });

  it("… or that it has these bytes", async () => {
    const registry = new FakeRegistry().put(TAG, INDEX);
    registry.looks.push(denied);
    const { outcome } = await play({ registry });
    expect(release(outcome)).toMatchObject({ how: "already there" });
    expect(registry.changes).toEqual(["release to registry"]);
  });

  it("… or that it has others, which stay", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    registry.looks.push(denied);
    const { outcome } = await play({ registry });
    expect(failure(outcome).message).toContain("is not overwritten");
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
  });

  it("… or nothing again, and then gives no tag", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    registry.looks.push(denied);
    registry.before = (change) => {
      if (change === "release") registry.looks.push(denied);
    };
    const { outcome } = await play({ registry });
    expect(failure(outcome).message).toMatch(
      /does not say whether .*403 Forbidden\. It took .*right to read/,
    );
    expect(registry.changes).toEqual(["release to registry"]);
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
  });

  it.each<[string, Builder]>([
    ["containerd", CONTAINERD],
    ["classic", CLASSIC],
  ])("gets nothing from an engine, which can only push under the tag (%s store)", async (_, builder) => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    registry.looks.push(denied);
    const { outcome } = await play({ builder, registry });
    expect(failure(outcome).message).toMatch(/does not say whether .*Log in .*setup-buildx-action/);
    expect(registry.changes).toEqual([]);
  });

  it("because it does not answer is no matter of a login", async () => {
    const registry = new FakeRegistry();
    const refused = {
      state: "unknown",
      reason: "dial tcp 127.0.0.1:1: connect: connection refused",
    } as const;
    registry.looks.push(refused, refused);
    const { message } = failure((await play({ builder: CONTAINERD, registry })).outcome);
    expect(message).toMatch(/does not say whether .*connection refused\. Is the registry's name right/);
    expect(message).not.toContain("Log in");
  });

  it.each([OWN, CONTAINERD])(
    "is asked again, when its silence passes by itself: $driver",
    async (builder) => {
      const registry = new FakeRegistry();
      registry.looks.push({ state: "unknown", reason: "503 Service Unavailable" });
      const { outcome, said } = await play({ builder, registry });
      expect(release(outcome)).toMatchObject({ how: "written" });
      expect(said).toContain("503 Service Unavailable; trying again in 0 s");
    },
  );

  it.each([OWN, CONTAINERD])("is written to when that was asked for: $driver", async (builder) => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    registry.looks.push(denied);
    const request = aRequest({ existingTag: "overwrite" });
    expect(release((await play({ builder, registry, request })).outcome)).toMatchObject({ how: "written" });
  });
});

describe("further tags", () => {
  const tags = ["latest", "1.2"] as unknown as Tag[];

  it("move to the released digest", async () => {
    const registry = new FakeRegistry().put(`${IMAGE}:latest`, STRANGER);
    const { outcome } = await play({ registry, request: aRequest({ tags }) });
    expect(release(outcome).tags).toEqual(tags);
    for (const tag of tags) expect(registry.tags.get(`${IMAGE}:${tag}`)?.digest).toBe(INDEX.digest);
  });

  it("move also when the tag was there already", async () => {
    const registry = new FakeRegistry().put(TAG, INDEX);
    const { outcome } = await play({ registry, request: aRequest({ tags }) });
    expect(release(outcome)).toMatchObject({ how: "already there", tags });
  });

  it("that are refused are a warning: the release stands", async () => {
    const registry = new FakeRegistry().put(TAG, INDEX);
    registry.refusals.promote = { ok: false, reason: "tag is immutable" };
    const { outcome, warnings } = await play({ registry, request: aRequest({ tags }) });
    expect(release(outcome)).toMatchObject({ tag: "build-7", tags: [] });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain("tag is immutable");
  });

  it("do not move when nothing was released", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    await play({ registry, request: aRequest({ tags }) });
    expect(registry.changes).toEqual([]);
  });

  it("never overwrite the wished tag behind a re-run that got its own", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    const request = aRequest({ tags: ["build-7" as Tag], run: { attempt: 2 } });
    const { outcome } = await play({ registry, request });
    expect(release(outcome).tag).toBe("build-7-2");
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
  });
});

describe("load", () => {
  const name = TAG as Ref;

  it("of a builder of its own takes the checked image into the engine", async () => {
    const { handover, registry } = await play({ released: CHECKED });
    await handover.load(name);
    expect(registry.images.get(name)).toEqual(CHECKED);
  });

  it("of other bytes fails, and takes them away again", async () => {
    const { handover, registry } = await play({ released: STRANGER });
    await expect(handover.load(name)).rejects.toThrow(Failure);
    expect(registry.changes.at(-1)).toBe(`rename forget ${name}`);
  });

  it("of bytes that nobody can name fails", async () => {
    const { handover } = await play({
      metadata: {},
      held: { digest: OURS, manifests: [OURS], config: undefined, record: undefined },
    });
    await expect(handover.load(name)).rejects.toThrow(Failure);
  });

  it("of the docker driver leaves the name where it is", async () => {
    const request = aRequest({ load: true });
    const { handover, leftovers, registry } = await play({ builder: CONTAINERD, request });
    await handover.load(name);
    await leftovers.end();
    expect(registry.changes.at(-1)).toBe(`rename forget ${STAGING}`);
  });
});

describe("the advice on a refusal", () => {
  it.each([
    ["unexpected status: 401 Unauthorized", "docker/login-action"],
    ["403 Forbidden", "docker/login-action"],
    ["denied: no", "docker/login-action"],
    ["no basic auth credentials", "docker/login-action"],
    ["no space left on device", "disk is full"],
    ["lookup reg.example: no such host", "Is the registry's name right"],
    [
      'Head "https://reg.example/v2/a/manifests/build-1401": dial tcp: connect: connection refused',
      "Is the registry's name right",
    ],
    [`sha256:${"403".repeat(21)}0: manifest invalid`, "running the job again"],
    ["manifest invalid", "running the job again"],
  ])("%s: %s", (reason, advice) => {
    const { kind, message } = refused("x could not be tagged", reason);
    expect(kind).toBe("Publish failed");
    expect(message).toContain(`x could not be tagged: ${reason}`);
    expect(message).toContain(advice);
  });
});
