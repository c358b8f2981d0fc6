/** A job that is cancelled: the step ends at once, pushes nothing more, and leaves nothing behind. */
import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { CONTAINERD, IMAGE, OWN, STAGING } from "../samples.ts";
import { fakeImage } from "./fake-image.ts";
import { aStep, changesIn, KINDS, type Scene, type Step, settled, TAG, WITH_CADDY } from "./play.ts";

const COMMANDS = { lines: ["pytest"], target: "", timeout: 60 };
const IN_A_STAGE = { ...COMMANDS, target: "test" };

/** Cancels the job when the call has come. */
async function cancelledAt(call: string, scene: Scene): Promise<Step> {
  const step = await aStep(scene);
  const held = step.docker.hold(call);
  const running = step.run();
  await held.reached;
  await settled();
  step.docker.job.abort();
  return running;
}

describe.each(KINDS)("with %s", (_, builder) => {
  it.each<[string, string, Scene]>([
    ["the build", "build", {}],
    ["the probe", "probe", {}],
    ["a command", "commands", { request: { commands: COMMANDS } }],
    ["the build of the commands' stage", "run-target", { request: { commands: IN_A_STAGE } }],
    ["Caddy's run", "caddy", WITH_CADDY],
    ["the look at the tag", "look", {}],
  ])("during %s: nothing is pushed, and nothing stays", async (_, call, scene) => {
    const step = await cancelledAt(call, { ...scene, builder });
    expect(step.outcome.failure).toBeDefined();
    expect(changesIn(step)).toEqual([]);
    expect(step.outcome.release).toBeUndefined();
    expect([...step.docker.registry.images.keys()]).toEqual([]);
    expect(await step.hasFolder()).toBe(false);
  });

  it("during the checks: every solve of them ends", async () => {
    const step = await aStep({
      ...WITH_CADDY,
      builder,
      request: { ...WITH_CADDY.request, commands: COMMANDS },
    });
    const holds = ["probe", "commands", "caddy"].map((call) => step.docker.hold(call));
    const running = step.run();
    await Promise.all(holds.map(({ reached }) => reached));
    step.docker.job.abort();
    await running;
    expect(step.outcome.failure?.kind).toBe("Cancelled");
    expect([...step.docker.ended].sort()).toEqual(["caddy", "commands", "probe"]);
    expect(step.outcome.verdict).toBeUndefined();
  });
});

describe("during the publishing, what has no tag gets none", () => {
  it.each<[string, Builder, string]>([
    ["the push by digest", OWN, "push by digest"],
    ["the look at what was pushed", OWN, `look ${IMAGE}@`],
    ["the tagging", OWN, "createTag"],
    ["the naming in the engine", CONTAINERD, "tag"],
    ["the engine's push", CONTAINERD, "push"],
  ])("%s", async (_, builder, call) => {
    const step = await cancelledAt(call, { builder });
    expect(step.outcome.failure).toBeDefined();
    expect(step.outcome).toMatchObject({ verdict: { status: "passed" }, publishing: true });
    expect(step.outcome.release).toBeUndefined();
    expect(step.docker.registry.tags.size).toBe(0);
    expect([...step.docker.registry.images.keys()]).toEqual([]);
    expect(await step.hasFolder()).toBe(false);
  });

  it("nor while what the builder built again is checked", async () => {
    const step = await aStep({
      arrange: (docker) => {
        docker.pushed = () => fakeImage("built again");
      },
    });
    const push = step.docker.hold("push by digest");
    const running = step.run();
    await push.reached;
    const recheck = step.docker.hold("probe");
    push.release();
    await recheck.reached;
    step.docker.job.abort();
    await running;
    expect(step.outcome.failure?.kind).toBe("Cancelled");
    expect(step.docker.registry.tags.size).toBe(0);
  });
});

it.each<[string, Builder, string]>([
  ["a load out of the builder", OWN, `load ${TAG}`],
  ["a name in the engine", CONTAINERD, `tag ${STAGING} ${TAG}`],
])("during the load (%s): the release stands", async (_, builder, call) => {
  const step = await aStep({ builder, request: { load: true } });
  const push = step.docker.hold(builder === OWN ? "push by digest" : "push");
  const running = step.run();
  await push.reached;
  const load = step.docker.hold(call);
  push.release();
  await load.reached;
  step.docker.job.abort();
  await running;
  expect(step.outcome.failure).toBeDefined();
  expect(step.outcome).toMatchObject({ release: { ref: TAG, how: "written" } });
  expect(step.outcome.loaded).toBeUndefined();
});

it("a solve that is cancelled is not taken for one that hung: it is not tried again", async () => {
  const step = await cancelledAt("build", {});
  expect(step.outcome.failure?.kind).toBe("Cancelled");
  expect(step.docker.asked.filter((call) => call === "build")).toHaveLength(1);
});

it("the export of the cache ends with the job", async () => {
  const step = await aStep({ names: { cacheTo: ["type=registry,ref=ghcr.io/acme/cache"] } });
  step.docker.hold("cache");
  const probe = step.docker.hold("probe");
  const running = step.run();
  await probe.reached;
  step.docker.job.abort();
  await running;
  await step.pipeline.finish();
  expect([...step.docker.ended].sort()).toEqual(["cache", "probe"]);
});
