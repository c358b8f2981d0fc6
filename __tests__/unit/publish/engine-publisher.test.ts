import { performance } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { Failure } from "../../../src/failure.ts";
import type { BuiltImage } from "../../../src/image/built-image.ts";
import type { Platforms } from "../../../src/image/platforms.ts";
import type { Ref } from "../../../src/request/request.ts";
import {
  aBuiltImage,
  aPlatformImage,
  aRequest,
  CLASSIC,
  CONTAINERD,
  digest,
  FOREIGN,
  IMAGE,
  OURS,
} from "../samples.ts";
import {
  CHECKED,
  EMULATED,
  failure,
  IN_CLASSIC,
  ONE,
  play,
  release,
  STAGING,
  STRANGER,
  TAG,
} from "./play.ts";
import { FakeRegistry, layer, refusingOnce } from "./registry.ts";

/** As bake names an image with attestations. */
const UNNAMED = aBuiltImage({ platforms: [aPlatformImage({ config: undefined })] });

describe("the docker driver on the containerd store", () => {
  it("names the image that it kept and pushes it", async () => {
    const { outcome, registry, temporary } = await play({ builder: CONTAINERD });
    expect(release(outcome)).toMatchObject({ digest: OURS, ref: TAG, how: "written" });
    await temporary.removeAll();
    expect(registry.changes).toEqual([`tag ${STAGING} ${TAG}`, `push ${TAG}`, `remove ${STAGING} ${TAG}`]);
  });

  it("learns its config from the builder's history where bake's metadata does not name it", async () => {
    const registry = new FakeRegistry().put(TAG, CHECKED);
    registry.configs.set("", CHECKED.config ?? OURS);
    const { outcome } = await play({ builder: CONTAINERD, registry, image: UNNAMED });
    expect(release(outcome)).toMatchObject({ how: "already there", digest: OURS });
    expect(registry.changes).toEqual([]);
  });

  it("is not compared with a tag that is there when the history does not name its config", async () => {
    const registry = new FakeRegistry().put(TAG, CHECKED);
    const { outcome } = await play({ builder: CONTAINERD, registry, image: UNNAMED });
    expect(outcome).toMatchObject({
      kind: "Publish failed",
      message: expect.stringContaining("does not say whether it has these bytes"),
    });
    expect(registry.changes).toEqual([]);
  });

  it("never takes one unknown config for another", async () => {
    const registry = new FakeRegistry().put(TAG, { digest: FOREIGN, platforms: [digest("7"), digest("8")] });
    const { outcome } = await play({ builder: CONTAINERD, registry, image: UNNAMED, metadata: {} });
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

  describe("that the registry refuses for a while", () => {
    const pushes = (registry: FakeRegistry) => registry.changes.filter((change) => change.startsWith("push"));

    it("pushes again", async () => {
      const registry = refusingOnce("push", () => {});
      const { outcome, said } = await play({ builder: CONTAINERD, registry });
      expect(release(outcome)).toMatchObject({ how: "written", digest: OURS });
      expect(said).toContain("unknown: blob unknown to registry; trying again in 0 s");
    });

    it("leaves the tag to another run that has given it meanwhile", async () => {
      const registry = refusingOnce("push", (registry) => registry.put(TAG, STRANGER));
      const { outcome } = await play({ builder: CONTAINERD, registry });
      expect(failure(outcome).message).toContain("is not overwritten");
      expect(pushes(registry)).toEqual([]);
      expect(registry.tags.get(TAG)).toEqual(STRANGER);
    });

    it("takes a re-run's own tag for one that was given meanwhile", async () => {
      const request = aRequest({ run: { ...aRequest().run, attempt: 2 } });
      const registry = refusingOnce("push", (registry) => registry.put(TAG, STRANGER));
      const { outcome, notices } = await play({ builder: CONTAINERD, registry, request });
      expect(release(outcome)).toMatchObject({ tag: "build-7-2", digest: OURS, how: "written" });
      expect(notices).toEqual([expect.stringContaining("this attempt gets `build-7-2`")]);
      expect(registry.tags).toEqual(
        new Map([
          [TAG, STRANGER],
          [`${TAG}-2`, CHECKED],
        ]),
      );
    });

    it("names what `existing-tag: overwrite` replaces, also what was written since the build", async () => {
      const registry = new FakeRegistry();
      registry.before = (change) => {
        if (change.startsWith("tag")) registry.put(TAG, STRANGER);
      };
      const request = aRequest({ existingTag: "overwrite" });
      const { outcome, notices } = await play({
        builder: CONTAINERD,
        registry,
        request,
        looked: { state: "free" },
      });
      expect(release(outcome)).toMatchObject({ digest: OURS, how: "written" });
      expect(notices).toEqual([expect.stringContaining(FOREIGN)]);
    });

    it("pushes nothing where the engine does not say what the name is", async () => {
      const registry = new FakeRegistry();
      registry.docker.imageId = async () => undefined;
      const { outcome } = await play({ builder: CONTAINERD, registry });
      expect(failure(outcome).message).toContain("The engine does not say which image");
      expect(pushes(registry)).toEqual([]);
    });

    it("does not push again when only the answer was lost", async () => {
      const registry = refusingOnce("push", (registry) => registry.put(TAG, CHECKED));
      const { outcome } = await play({ builder: CONTAINERD, registry });
      expect(release(outcome)).toMatchObject({ digest: OURS });
      expect(pushes(registry)).toEqual([]);
    });
  });

  it("fails when the staging image is gone", async () => {
    const registry = new FakeRegistry();
    registry.refusals.tag = { ok: false, reason: "No such image" };
    const { outcome } = await play({ builder: CONTAINERD, registry });
    expect(failure(outcome).message).toContain("could not be named");
    expect(registry.tags.size).toBe(0);
  });

  it("leaves the name where it is when the image is loaded too", async () => {
    const request = aRequest({ load: true });
    const { publisher, image, temporary, registry } = await play({ builder: CONTAINERD, request });
    await publisher.load(image, TAG as Ref);
    await temporary.removeAll();
    expect(registry.changes.at(-1)).toBe(`remove ${STAGING}`);
    expect(registry.images.has(TAG)).toBe(true);
  });
});

describe("the docker driver on the classic store", () => {
  it("proves the bytes by the config, and reports the manifest's digest", async () => {
    const { outcome } = await play({ builder: CLASSIC, image: IN_CLASSIC });
    expect(release(outcome)).toMatchObject({ digest: digest("5"), pinned: `${IMAGE}@${digest("5")}` });
  });

  it("does not release what has another config", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change.startsWith("push")) registry.images.set(TAG, STRANGER);
    };
    const { outcome } = await play({ builder: CLASSIC, image: IN_CLASSIC, registry });
    expect(failure(outcome).message).toContain(digest("9"));
  });

  it("does not release what has no config that can be read", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change.startsWith("push")) registry.images.set(TAG, { digest: FOREIGN });
    };
    const { outcome } = await play({ builder: CLASSIC, image: IN_CLASSIC, registry });
    expect(outcome).toBeInstanceOf(Failure);
  });
});

describe("the bytes of a push that takes its time", () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(performance, "now").mockImplementation(() => Date.now());
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  async function weighed(
    builder: Builder,
    image: BuiltImage,
    platforms: Platforms,
    registry = new FakeRegistry(),
  ) {
    const during: string[] = [];
    registry.pushing = async (hear) => {
      for (const bytes of [1, 2]) hear({ id: layer(bytes).slice("sha256:".length, 19), how: "Pushed" });
      await jest.advanceTimersByTimeAsync(1500);
      during.push(...registry.weighed);
    };
    const { said } = await play({ builder, image, registry, platforms });
    return { during, all: registry.weighed, sum: said.filter((line) => line.includes("the registry had")) };
  }

  it.each<[string, Platforms, readonly string[], string]>([
    ["one platform", ONE, ["r7 "], "1 bytes pushed; the registry had 0 bytes"],
    ["several", EMULATED, ["r7 linux/amd64", "r7 linux/arm64"], "3 bytes pushed; the registry had 0 bytes"],
  ])(
    "are asked of the builder's history for %s on the containerd store",
    async (_, platforms, asked, sum) => {
      expect(await weighed(CONTAINERD, aBuiltImage(), platforms)).toEqual({
        during: asked,
        all: asked,
        sum: [sum],
      });
    },
  );

  it("are not known when they are not known of each platform", async () => {
    const registry = new FakeRegistry();
    registry.weightless = "linux/arm64";
    expect(await weighed(CONTAINERD, aBuiltImage(), EMULATED, registry)).toMatchObject({ sum: [] });
  });

  it("are not known where the build has no record", async () => {
    const image = aBuiltImage({ platforms: [aPlatformImage({ record: undefined })] });
    expect(await weighed(CONTAINERD, image, ONE)).toEqual({ during: [], all: [], sum: [] });
  });

  it("are asked of the registry, afterwards, on the classic store", async () => {
    expect(await weighed(CLASSIC, IN_CLASSIC, ONE)).toEqual({
      during: [],
      all: [TAG],
      sum: ["1 bytes pushed; the registry had 0 bytes"],
    });
  });
});
