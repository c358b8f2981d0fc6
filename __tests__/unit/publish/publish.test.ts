import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import type { Look } from "../../../src/docker/manifests.ts";
import type { Tag } from "../../../src/request/request.ts";
import { aRequest, CLASSIC, CONTAINERD, digest, FOREIGN, IMAGE, OURS, OWN } from "../samples.ts";
import { CHECKED, failure, INDEX, play, release, STRANGER, TAG } from "./play.ts";
import { FakeRegistry } from "./registry.ts";

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

  it("is left alone by a re-run with `existing-tag: fail`, which gets none of its own", async () => {
    const registry = new FakeRegistry().put(TAG, STRANGER);
    const request = aRequest({ existingTag: "fail", run: { attempt: 2 } });
    const { outcome } = await play({ builder, registry, request });
    expect(failure(outcome)).toMatchObject({ kind: "Publish failed" });
    expect(registry.changes).toEqual([]);
    expect(registry.tags.get(TAG)).toEqual(STRANGER);
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
    expect(notices).toEqual([expect.stringContaining(`stays there as ghcr.io/acme/shop@${FOREIGN}.`)]);
  });

  it("is asked for once more when it was not known after the build", async () => {
    const { outcome } = await play({ builder, looked: { state: "unknown", reason: "503" } });
    expect(release(outcome)).toMatchObject({ how: "written" });
  });

  it("is reported as moved when another run has moved it meanwhile", async () => {
    const registry = new FakeRegistry();
    const free: Look = { state: "free" };
    const push: Look = { state: "there", digest: ours.digest, manifests: [OURS] };
    const moved: Look = { ...push, digest: FOREIGN };
    // A builder of its own asks for the tag once more, and then for what it pushed, before it tags.
    registry.looks.push(free, ...(builder === OWN ? [free, push] : []), moved, moved);
    const { outcome } = await play({ builder, registry });
    expect(failure(outcome).message).toContain(FOREIGN);
  });
});

describe("a registry that does not say whether the tag is there", () => {
  const denied: Look = { state: "unknown", reason: "403 Forbidden" };

  it("gets the image without a tag from a builder of its own, and then says that it is free", async () => {
    const registry = new FakeRegistry();
    registry.looks.push(denied);
    const { outcome } = await play({ registry, looked: denied });
    expect(release(outcome)).toMatchObject({ tag: "build-7", how: "written" });
    expect(registry.changes).toEqual(["release", `createTag ${IMAGE}@${INDEX.digest} ${TAG}`]);
  });

  it("… or that it has these bytes", async () => {
    const registry = new FakeRegistry().put(TAG, INDEX);
    registry.looks.push(denied);
    const { outcome } = await play({ registry });
    expect(release(outcome)).toMatchObject({ how: "already there" });
    expect(registry.changes).toEqual(["release"]);
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
    expect(registry.changes).toEqual(["release"]);
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
    registry.refusals.createTag = { ok: false, reason: "tag is immutable" };
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
