/** Each way in which the image may leave the builder, or not, after it passed. */
import { describe, expect, it } from "@jest/globals";
import { CLASSIC, CONTAINERD, digest, FOREIGN, IMAGE, OWN } from "../samples.ts";
import type { FakeDocker } from "./fake-docker.ts";
import { fakeImage, indexOf } from "./fake-image.ts";
import { aStep, changesIn, DENIED, KINDS, play, refusing, replying, type Scene, TAG } from "./play.ts";
import { A_FINDING, BUILT, builderFails, examined } from "./replies.ts";

const OTHERS = { digest: FOREIGN, config: digest("9") };

/** What the failure calls the other bytes: their manifest, or in the classic store their config. */
const FOREIGN_SHOWN = new RegExp(`registry now has ${FOREIGN}|what left the builder is ${OTHERS.config}`);

describe.each(KINDS)("with %s", (_, builder) => {
  it("a tag that has these bytes is kept, and nothing is written", async () => {
    const image = fakeImage("shop for linux/amd64");
    const there = { digest: digest("7"), config: image.configDigest, platforms: [image.digest] };
    const step = await play({ builder, arrange: ({ registry }) => void registry.put(TAG, there) });
    expect(step.outcome.failure).toBeUndefined();
    expect(step.outcome.release).toMatchObject({ how: "already there", digest: digest("7") });
    expect(changesIn(step)).toEqual([]);
    expect(step.said).toContain(`${TAG} is already there with these bytes`);
  });

  it("a tag that has these bytes is kept, and the image is loaded under it all the same", async () => {
    const image = fakeImage("shop for linux/amd64");
    const there = { digest: digest("7"), config: image.configDigest, platforms: [image.digest] };
    const arrange = ({ registry }: FakeDocker) => void registry.put(TAG, there);
    const { outcome, docker } = await play({ builder, request: { load: true }, arrange });
    expect(outcome.failure).toBeUndefined();
    expect(outcome.loaded).toEqual([TAG]);
    expect([...docker.registry.images.keys()]).toEqual([TAG]);
  });

  it("a tag that has other bytes stays, and nothing is written", async () => {
    const step = await play({ builder, arrange: ({ registry }) => void registry.put(TAG, OTHERS) });
    expect(step.outcome.failure).toMatchObject({
      kind: "Publish failed",
      message: containing("is not overwritten"),
    });
    expect(step.outcome).toMatchObject({ verdict: { status: "passed" }, publishing: true });
    expect(changesIn(step)).toEqual([]);
    expect(step.docker.registry.tags.get(TAG)).toEqual(OTHERS);
  });

  it.each([1, 2])("a tag that is read back with other bytes is not released, at look %j", async (which) => {
    const arrange = (docker: FakeDocker) => {
      let looks = 0;
      docker.before = (call) => {
        if (call !== `look ${TAG}` || !docker.registry.tags.has(TAG)) return;
        looks++;
        if (looks === Math.min(which, builder === CLASSIC ? 2 : 1)) docker.registry.put(TAG, OTHERS);
      };
    };
    const { outcome } = await play({ builder, arrange });
    expect(outcome.failure).toMatchObject({ kind: "Publish failed", message: containing(FOREIGN_SHOWN) });
    expect(outcome.release).toBeUndefined();
  });

  it("a tag that the registry took and forgot is not released", async () => {
    const arrange = (docker: FakeDocker) => {
      docker.before = (call) => {
        if (call === `look ${TAG}`) docker.registry.tags.delete(TAG);
      };
    };
    const { outcome } = await play({ builder, arrange });
    expect(outcome.failure?.kind).toBe("Publish failed");
    expect(outcome.release).toBeUndefined();
  });

  it("a finding comes before what the registry refuses: that is not even tried", async () => {
    const step = await play({
      builder,
      arrange: (docker) => {
        docker.reply("probe", examined([A_FINDING]));
        for (const change of ["push", "createTag"] as const) refusing(change)(docker);
        docker.registry.looks.push({ state: "unknown", reason: DENIED });
      },
    });
    expect(step.outcome.failure?.kind).toBe("Checks failed");
    expect(changesIn(step)).toEqual([]);
  });

  it("layers that cannot be looked up are not worth a failure", async () => {
    const arrange = (docker: FakeDocker) => {
      docker.layers = () => Promise.reject(new Error("docker is gone"));
      docker.before = (call) => {
        if (call === "probe") docker.builtBlob = () => Promise.reject(new Error("docker is gone"));
      };
    };
    const { outcome } = await play({ builder, arrange });
    expect(outcome.failure).toBeUndefined();
    expect(outcome.release).toMatchObject({ how: "written" });
    expect(outcome.layers).toBeUndefined();
  });
});

describe.each([
  ["containerd", CONTAINERD],
  ["classic", CLASSIC],
])("with the engine's %s store", (_, builder) => {
  it("a tag that another run has given since the build is not overwritten", async () => {
    const arrange = (docker: FakeDocker) => {
      docker.before = (call) => {
        if (call.startsWith("tag ")) docker.registry.put(TAG, OTHERS);
      };
    };
    const { outcome, docker } = await play({ builder, arrange });
    expect(outcome.failure).toMatchObject({
      kind: "Publish failed",
      message: containing("is not overwritten"),
    });
    expect(docker.asked.filter((call) => call.startsWith("push"))).toEqual([]);
    expect(docker.registry.tags.get(TAG)).toEqual(OTHERS);
  });

  it("a name that another step on the engine has taken is not pushed", async () => {
    const arrange = (docker: FakeDocker) => void docker.registry.ids.set(TAG, FOREIGN);
    const { outcome, docker } = await play({ builder, arrange });
    expect(outcome.failure).toMatchObject({
      kind: "Publish failed",
      message: containing(`${TAG} is now ${FOREIGN}`),
    });
    expect(docker.asked.filter((call) => call.startsWith("push"))).toEqual([]);
    expect(docker.registry.tags.size).toBe(0);
  });

  it("a tag that has other bytes at the end of the step is no release, and the error says to delete it", async () => {
    const arrange = (docker: FakeDocker) => {
      docker.before = (call) => {
        if (call.startsWith("createTag")) docker.registry.put(TAG, OTHERS);
      };
    };
    const { outcome } = await play({ builder, request: { tags: ["latest" as never] }, arrange });
    expect(outcome.failure).toMatchObject({
      kind: "Publish failed",
      message: containing("delete the tag in the registry"),
    });
    expect(outcome.release).toBeUndefined();
  });

  it("a registry that does not answer at the end takes nothing away from a tag that was read back", async () => {
    const arrange = (docker: FakeDocker) => {
      docker.before = (call) => {
        if (call.startsWith("createTag")) docker.registry.looks.push({ state: "unknown", reason: DENIED });
      };
    };
    const { outcome } = await play({ builder, request: { tags: ["latest" as never] }, arrange });
    expect(outcome.failure).toBeUndefined();
    expect(outcome.release).toMatchObject({ ref: TAG, how: "written" });
  });
});

it("a tag that another run gives during a long push stays", async () => {
  const step = await aStep();
  const push = step.docker.hold("push by digest");
  const running = step.run();
  await push.reached;
  step.docker.registry.put(TAG, OTHERS);
  push.release();
  await running;
  expect(step.outcome.failure).toMatchObject({
    kind: "Publish failed",
    message: containing("is not overwritten"),
  });
  expect(step.docker.registry.tags.get(TAG)).toEqual(OTHERS);
});

it("a push by digest that the registry refuses for a moment is solved again, and nothing else is", async () => {
  const reason = `failed to push ${IMAGE}: unknown: blob unknown to registry`;
  const step = await play(replying("push by digest", builderFails(reason), BUILT));
  expect(step.outcome.failure).toBeUndefined();
  expect(step.outcome.release).toMatchObject({ ref: TAG, how: "written" });
  expect(step.docker.asked.filter((call) => /^(build|probe|push)/.test(call))).toEqual([
    "build",
    expect.stringMatching(/^probe/),
    "push by digest",
    "push by digest",
  ]);
  expect(step.said).toContain(`${reason}; trying again in 1 s`);
});

describe("a push or a tag that is refused fails with the registry's words, and a pass stays a pass", () => {
  it.each<[string, Scene, string]>([
    [
      "a push by digest",
      { builder: OWN, ...replying("push by digest", builderFails(DENIED)) },
      "The image could not be pushed: denied",
    ],
    [
      "the tag of a digest",
      { builder: OWN, arrange: refusing("createTag") },
      `${TAG} could not be tagged: denied`,
    ],
    [
      "an engine's push",
      { builder: CONTAINERD, arrange: refusing("push") },
      `${TAG} could not be pushed: denied`,
    ],
    [
      "a classic engine's push",
      { builder: CLASSIC, arrange: refusing("push") },
      `${TAG} could not be pushed: denied`,
    ],
    [
      "the name in the engine",
      { builder: CONTAINERD, arrange: refusing("tag") },
      `The image could not be named ${TAG}: denied`,
    ],
  ])("%s", async (_, scene, message) => {
    const { outcome, docker, hasFolder } = await play(scene);
    expect(outcome.failure).toMatchObject({ kind: "Publish failed", message: containing(message) });
    expect(outcome).toMatchObject({ verdict: { status: "passed" }, publishing: true });
    expect(outcome.release).toBeUndefined();
    expect(docker.registry.tags.size).toBe(0);
    expect([...docker.registry.images.keys()]).toEqual([]);
    expect(await hasFolder()).toBe(false);
  });
});

describe("a load", () => {
  const request = { load: true };
  const own = (arrange: (docker: FakeDocker) => void): Scene => ({ builder: OWN, request, arrange });

  it.each<[string, Scene, string]>([
    [
      "that the engine refuses",
      own((docker) => void docker.reply(`load ${TAG}`, builderFails("no space left on device"))),
      "no space left",
    ],
    [
      "that takes other bytes out of the builder",
      own((docker) => {
        docker.loaded = () => fakeImage("another");
      }),
      `what left the builder is ${fakeImage("another").digest}`,
    ],
    [
      "for which the engine has lost the image",
      { builder: CONTAINERD, request, arrange: losing },
      "could not be named",
    ],
  ])("%s fails after the release, which stands", async (_, scene, message) => {
    const { outcome, docker } = await play(scene);
    expect(outcome.failure?.message).toMatch(new RegExp(`^${TAG} is released, but could not be loaded`));
    expect(outcome.failure?.message).toContain(message);
    expect(outcome.release).toMatchObject({ ref: TAG, how: "written" });
    expect(outcome.loaded).toBeUndefined();
    expect(docker.registry.tags.has(TAG)).toBe(true);
  });

  it("of other bytes leaves nothing in the engine", async () => {
    const { docker } = await play(
      own((docker) => {
        docker.loaded = () => fakeImage("another");
      }),
    );
    expect([...docker.registry.images.keys()]).toEqual([]);
  });

  it("that fails without a push fails in its own words", async () => {
    const { outcome } = await play({
      builder: OWN,
      request: { load: true, push: { push: false, why: "a pull request" } },
      arrange: (docker) => void docker.reply(`load ${TAG}`, builderFails("no space left on device")),
    });
    expect(outcome.failure?.message).toMatch(
      /^The image could not be loaded into the local docker: no space left/,
    );
  });
});

it("the size of the image is said when a builder of its own starts to push", async () => {
  const { said } = await play();
  expect(said).toContain("Image: 54.3 MB compressed in 1 layer");
  expect(said.at(-1)).toMatch(
    new RegExp(`^${TAG} written, and read back at ${indexOf([fakeImage("shop for linux/amd64")])}`),
  );
});

it("further tags move to the digest that was released", async () => {
  const { outcome, docker } = await play({ request: { tags: ["latest"] as never } });
  expect(outcome.release?.tags).toEqual(["latest"]);
  expect(docker.asked.at(-1)).toBe(`createTag ${outcome.release?.pinned} ${IMAGE}:latest`);
});

function losing({ registry }: FakeDocker): void {
  registry.before = (change) => {
    if (change.startsWith("push")) registry.refusals.tag = { ok: false, reason: "No such image" };
  };
}

function containing(message: RegExp | string): unknown {
  return typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message);
}
