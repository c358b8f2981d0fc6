import { describe, expect, it } from "@jest/globals";
import type { TargetMetadata } from "../../../src/docker/docker.ts";
import { Failure } from "../../../src/failure.ts";
import type { PushedImage } from "../../../src/image/built-image.ts";
import { allPlatforms, type Platforms } from "../../../src/image/platforms.ts";
import type { Digest, Ref } from "../../../src/request/request.ts";
import {
  aBuild,
  aBuiltImage,
  aPlatformImage,
  aRequest,
  CONTAINERD,
  digest,
  FOREIGN,
  IMAGE,
  OURS,
} from "../samples.ts";
import { builtFor, CHECKED, EMULATED, failure, INDEX, play, release, STRANGER, TAG } from "./play.ts";
import { FakeRegistry, type Manifest, refusingOnce } from "./registry.ts";

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
    expect(registry.changes).toEqual(["release", `createTag ${IMAGE}@${INDEX.digest} ${TAG}`]);
  });

  it("hands out what left it, to be checked, when that is not what was checked", async () => {
    const seen: PushedImage[] = [];
    const index = { ...INDEX, config: digest("9"), platforms: [FOREIGN] };
    // With attestations bake does not name the config.
    const metadata = { "containerimage.digest": index.digest, "buildx.build.ref": "cont/cont0/r8" };
    const { outcome } = await play({
      released: index,
      metadata,
      recheck: async (pushed) => void seen.push(pushed),
    });
    expect(seen).toEqual([
      {
        pinned: `${IMAGE}@${index.digest}`,
        digest: FOREIGN,
        platforms: [{ platform: "linux/amd64", digest: FOREIGN, config: digest("9"), record: "r8" }],
        metadata: { ...metadata, "containerimage.config.digest": digest("9") },
      },
    ]);
    expect(release(outcome)).toMatchObject({ how: "written", digest: index.digest });
  });

  it("gives no tag when what left it fails its checks", async () => {
    const { outcome, registry } = await play({ released: STRANGER });
    expect(failure(outcome).kind).toBe("Checks failed");
    expect(registry.tags.size).toBe(0);
  });

  it("has nothing more checked when the tag is refused meanwhile", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change === "release") registry.put(TAG, { digest: digest("4") });
    };
    const checked: PushedImage[] = [];
    const recheck = async (pushed: PushedImage) => void checked.push(pushed);
    const { outcome } = await play({ registry, released: STRANGER, recheck });
    expect(failure(outcome).kind).toBe("Publish failed");
    expect(checked).toEqual([]);
  });

  it("asks for the tag again after the checks of what left it", async () => {
    const registry = new FakeRegistry();
    const { outcome } = await play({
      registry,
      released: { ...INDEX, platforms: [FOREIGN] },
      recheck: async () => void registry.put(TAG, { digest: digest("4") }),
    });
    expect(failure(outcome)).toMatchObject({ kind: "Publish failed" });
    expect(registry.tags.get(TAG)?.digest).toBe(digest("4"));
  });

  it("gives no tag when more than what was checked left it", async () => {
    const { outcome, registry } = await play({
      released: { ...INDEX, platforms: [OURS, FOREIGN] },
      recheck: async () => {},
    });
    expect(failure(outcome).message).toContain(`${FOREIGN}, and it gets no tag`);
    expect(registry.tags.size).toBe(0);
  });

  it.each([{}, { "containerimage.digest": "latest" }, { "containerimage.digest": 7 }])(
    "gives no tag when it does not name what it pushed: %j",
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
    registry.refusals.createTag = { ok: false, reason: "denied: permission_denied: write_package" };
    const { outcome } = await play({ registry });
    expect(failure(outcome)).toMatchObject({
      kind: "Publish failed",
      message: expect.stringContaining("permission_denied"),
    });
    expect(failure(outcome).message).toContain("packages: write");
  });
});

describe("a push that the registry refuses", () => {
  const UNKNOWN = `failed to push ${IMAGE}: unknown: blob unknown to registry`;
  const BUSY = `failed to push ${IMAGE}: unexpected status from PUT request: 503 Service Unavailable`;

  it.each([UNKNOWN, BUSY])("is repeated when that may pass by itself: %s", async (reason) => {
    const { outcome, registry, said } = await play({ refused: [reason] });
    expect(release(outcome)).toMatchObject({ how: "written", digest: INDEX.digest });
    expect(registry.changes).toEqual(["release", "release", `createTag ${IMAGE}@${INDEX.digest} ${TAG}`]);
    expect(said).toContain(`${reason}; trying again in 0 s`);
  });

  it("fails in the registry's words when it stays refused, and there is no tag", async () => {
    const { outcome, registry } = await play({ refused: [UNKNOWN, UNKNOWN] });
    expect(failure(outcome)).toMatchObject({
      kind: "Publish failed",
      message: expect.stringContaining(
        `The image could not be pushed: ${UNKNOWN}. The registry lacks a layer`,
      ),
    });
    expect(registry.changes).toEqual(["release", "release"]);
    expect(registry.tags.size).toBe(0);
  });

  it.each([
    "denied: permission_denied: write_package",
    "manifest invalid: manifest invalid",
    "no space left on device",
  ])("is not repeated when that stays: %s", async (reason) => {
    const { outcome, registry } = await play({ refused: [reason] });
    expect(failure(outcome).message).toContain(reason);
    expect(registry.changes).toEqual(["release"]);
  });

  it("gives no tag to what only the last try has built", async () => {
    const { outcome, registry } = await play({ refused: [UNKNOWN], released: STRANGER });
    expect(failure(outcome).kind).toBe("Checks failed");
    expect(registry.tags.size).toBe(0);
  });

  it("does not overwrite a tag that another run gives meanwhile", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      if (change === "release" && registry.changes.length === 1) registry.put(TAG, STRANGER);
    };
    const { outcome } = await play({ registry, refused: [UNKNOWN] });
    expect(failure(outcome).message).toContain("is not overwritten");
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
  });
});

describe("a tag that the registry refuses for a while", () => {
  it("is asked for again before the next try, and stays when another run has given it", async () => {
    const registry = refusingOnce("createTag", (registry) => registry.put(TAG, STRANGER));
    const { outcome } = await play({ registry });
    expect(failure(outcome).message).toContain("is not overwritten");
    expect(registry.changes).toEqual(["release"]);
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
  });

  it("is not written again when only the answer was lost", async () => {
    const { outcome } = await play({
      registry: refusingOnce("createTag", (registry) => registry.put(TAG, INDEX)),
    });
    expect(release(outcome)).toMatchObject({ ref: TAG, digest: INDEX.digest });
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
  const index: Manifest = { digest: digest("1"), platforms: [OURS, digest("b")] };
  const image = builtFor(EMULATED, [OURS, digest("b")]);

  it("get their tag when each is the one that was built", async () => {
    const { outcome } = await play({ platforms: EMULATED, image, released: index });
    expect(release(outcome)).toMatchObject({ how: "written", digest: index.digest });
  });

  it.each<[string, readonly Digest[]]>([
    ["the one that was not checked differs", [OURS, FOREIGN]],
    ["the one that was checked differs", [FOREIGN, digest("b")]],
    ["one is missing", [OURS]],
    ["there is one more", [OURS, digest("b"), FOREIGN]],
  ])("get none when %s", async (_, platforms) => {
    const released = { ...index, platforms };
    const { outcome, registry } = await play({ platforms: EMULATED, image, released });
    expect(failure(outcome).message).toContain("it gets no tag");
    expect(registry.tags.size).toBe(0);
  });

  it("are the same only when all are", async () => {
    const same = await play({ platforms: EMULATED, image, registry: new FakeRegistry().put(TAG, index) });
    expect(release(same.outcome)).toMatchObject({ how: "already there" });
    const other = await play({ platforms: EMULATED, image, registry: new FakeRegistry().put(TAG, INDEX) });
    expect(failure(other.outcome).message).toContain("is not overwritten");
  });

  it("are known by their configs in an engine, which are asked for one by one", async () => {
    const registry = new FakeRegistry().put(TAG, index);
    await play({ builder: CONTAINERD, platforms: EMULATED, image, registry });
    expect(registry.weighed).toEqual(allPlatforms(EMULATED).map((platform) => `r7 ${platform}`));
    expect(registry.changes).toEqual([]);
  });
});

describe("several nodes, which push a manifest each", () => {
  const platforms: Platforms = { checked: ["linux/amd64", "linux/arm64"], emulated: [] };
  const image = builtFor(platforms, [OURS, digest("b")]);
  /** With attestations each is an index of its own. */
  const AMD64: Manifest = { digest: digest("1"), config: digest("c"), platforms: [OURS] };
  const ARM64: Manifest = { digest: digest("2"), config: digest("d"), platforms: [digest("b")] };
  const released = [AMD64, ARM64];

  it("become one index with the tag, which is read back by its manifests", async () => {
    const { outcome, registry } = await play({ platforms, image, released });
    expect(release(outcome)).toMatchObject({
      how: "written",
      digest: registry.index,
      pinned: `${IMAGE}@${registry.index}`,
    });
    expect(registry.changes).toEqual([
      "release",
      `createTag ${IMAGE}@${AMD64.digest} ${IMAGE}@${ARM64.digest} ${TAG}`,
    ]);
    expect(registry.tags.get(TAG)?.platforms).toEqual([OURS, digest("b")]);
  });

  it("give the index its annotations, and none of the manifests'", async () => {
    const annotations = [
      "plain=1",
      "manifest:own=2",
      "index:team=shop",
      "manifest,index:both=3",
      "manifest-descriptor[linux/arm64]:size=small",
    ];
    const request = aRequest({ build: aBuild({ annotations }) });
    const { registry } = await play({ platforms, image, released, request });
    expect(registry.annotations).toEqual([
      ["index:team=shop", "index:both=3", "manifest-descriptor[linux/arm64]:size=small"],
    ]);
  });

  it.each<[string, readonly Manifest[]]>([
    ["the first differs", [{ ...AMD64, platforms: [FOREIGN] }, ARM64]],
    ["another differs", [AMD64, { ...ARM64, platforms: [FOREIGN] }]],
    ["one was not pushed", [AMD64]],
  ])("get no tag when %s", async (_, released) => {
    const { outcome, registry } = await play({ platforms, image, released, recheck: async () => {} });
    expect(failure(outcome).message).toContain("it gets no tag");
    expect(registry.tags.size).toBe(0);
  });

  it("are reported as moved when the index that is read back has other manifests", async () => {
    const registry = new FakeRegistry();
    registry.before = (change) => {
      // Another run tags at the same moment: its manifest is what can be read.
      if (change.startsWith("createTag")) {
        registry.put(TAG, STRANGER);
        registry.looks.push({ state: "there", digest: FOREIGN, manifests: [FOREIGN] });
      }
    };
    const { outcome } = await play({ platforms, image, released, registry });
    expect(failure(outcome).message).toMatch(new RegExp(`was pushed, but the registry now has ${FOREIGN}`));
  });

  it("stay untouched when the tag has an index of these manifests", async () => {
    const registry = new FakeRegistry().put(TAG, { digest: digest("7"), platforms: [digest("b"), OURS] });
    const { outcome } = await play({ platforms, image, released, registry });
    expect(release(outcome)).toMatchObject({ how: "already there", digest: digest("7") });
    expect(registry.changes).toEqual([]);
  });
});

describe("load", () => {
  const name = TAG as Ref;

  it("takes the checked image into the engine", async () => {
    const { publisher, image, registry } = await play({ released: CHECKED });
    await publisher.load(image, name);
    expect(registry.images.get(name)).toEqual(CHECKED);
  });

  it("of other bytes fails, and takes them away again", async () => {
    const { publisher, image, registry } = await play({ released: STRANGER });
    await expect(publisher.load(image, name)).rejects.toThrow(Failure);
    expect(registry.changes.at(-1)).toBe(`remove ${name}`);
    expect(registry.images.has(name)).toBe(false);
  });

  it("that fails is not repeated: no registry has refused it", async () => {
    const tag = { digest: digest("7"), platforms: [OURS] };
    const registry = new FakeRegistry().put(TAG, tag);
    const { publisher, image } = await play({ registry, refused: ["unexpected EOF"] });
    await expect(publisher.load(image, name)).rejects.toThrow("could not be loaded");
    expect(registry.changes).toEqual(["load"]);
  });

  it("of bytes that the builder does not name fails", async () => {
    const image = aBuiltImage({ platforms: [aPlatformImage({ config: undefined, record: undefined })] });
    const { publisher } = await play({ metadata: {}, image });
    await expect(publisher.load(image, name)).rejects.toThrow(Failure);
  });
});
