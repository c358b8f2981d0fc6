/** An image for several platforms: checked on each that a node of the builder runs itself. */
import { describe, expect, it } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { CONTAINERD, IMAGE, OWN, TWO_NODES } from "../samples.ts";
import { fakeImage, indexOf } from "./fake-image.ts";
import { aStep, changesIn, play, type Scene, TAG } from "./play.ts";
import { A_FINDING, cannotStart, commandsEnd, examined } from "./replies.ts";

const platforms = ["linux/amd64", "linux/arm64"];
const both = (builder: Builder, arrange: Scene["arrange"] = () => {}, more: Scene = {}): Scene => ({
  builder,
  build: { platforms },
  arrange,
  ...more,
});
const PYTEST = { lines: ["pytest"], target: "", timeout: 60 };
const AMD64 = fakeImage("shop for linux/amd64");
const ARM64 = fakeImage("shop for linux/arm64");

describe("two native nodes", () => {
  it("check both platforms at the same time", async () => {
    const step = await aStep(both(TWO_NODES));
    const holds = platforms.map((platform) => step.docker.hold(`probe ${platform}`));
    const running = step.run();
    await Promise.all(holds.map(({ reached }) => reached));
    for (const { release } of holds) release();
    await running;
    expect(step.outcome.failure).toBeUndefined();
  });

  it("check each platform by its own bytes", async () => {
    const { docker } = await play(both(TWO_NODES));
    const contexts = platforms.map(
      (platform) =>
        docker.solves.find(({ call }) => call === `probe ${platform}`)?.solve.file.target.checks?.contexts
          ?.image,
    );
    expect(contexts).toEqual([AMD64, ARM64].map(({ digest }) => expect.stringMatching(`@${digest}$`)));
  });

  it("push a manifest each, which become one index with the tag", async () => {
    const step = await play(both(TWO_NODES));
    const pinned = [AMD64, ARM64].map((image) => `${IMAGE}@${indexOf([image])}`);
    expect(changesIn(step)).toEqual(["push by digest", `createTag ${pinned.join(" ")} ${TAG}`]);
    expect(step.outcome.release).toMatchObject({ digest: step.docker.registry.index, how: "written" });
    expect(step.docker.registry.tags.get(TAG)?.platforms).toEqual([AMD64.digest, ARM64.digest]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["on both is reported once, with both", platforms, platforms],
    ["on the first is reported for that one", ["linux/amd64"], ["linux/amd64"]],
    ["on the other is reported for that one", ["linux/arm64"], ["linux/arm64"]],
  ])("fail with a finding that %s", async (_, found, reported) => {
    const step = await play(
      both(TWO_NODES, (docker) => {
        for (const platform of found) docker.reply(`probe ${platform}`, examined([A_FINDING]));
      }),
    );
    expect(step.outcome.failure?.kind).toBe("Checks failed");
    expect(step.outcome.verdict?.findings).toEqual([
      expect.objectContaining({ id: A_FINDING.id, count: 1, platforms: reported }),
    ]);
    expect(changesIn(step)).toEqual([]);
  });

  it("name the platform on which a check could not run", async () => {
    const step = await play(
      both(TWO_NODES, (docker) => void docker.reply("probe linux/arm64", cannotStart("/usr/bin/env"))),
    );
    expect(step.outcome.failure?.kind).toBe("Checks could not run");
    expect(step.outcome.verdict?.checks[0]?.reason).toMatch(/^on linux\/arm64: /);
    expect(changesIn(step)).toEqual([]);
  });

  it.each(platforms)("give no tag when %s was built again", async (platform) => {
    const step = await play(
      both(TWO_NODES, (docker) => {
        docker.pushed = (one) => (one === platform ? fakeImage("built again") : docker.built(one));
      }),
    );
    expect(step.outcome.failure).toMatchObject({
      kind: "Publish failed",
      message: expect.stringContaining("it gets no tag"),
    });
    expect(step.docker.registry.tags.size).toBe(0);
  });

  it.each<[string, string, readonly string[]]>([
    ["the image itself", "", []],
    ["the stage that `run-target` names", "test", platforms.map((platform) => `run-target ${platform}`)],
  ])("run the commands on both, in %s", async (_, target, stages) => {
    const { docker, outcome } = await play(
      both(TWO_NODES, undefined, { request: { commands: { ...PYTEST, target } } }),
    );
    expect(outcome.failure).toBeUndefined();
    expect(docker.asked).toEqual(expect.arrayContaining(platforms.map((platform) => `commands ${platform}`)));
    expect(docker.asked.filter((call) => call.startsWith("run-target")).sort()).toEqual(stages);
    const contexts = platforms.map(
      (platform) =>
        docker.solves.find(({ call }) => call === `commands ${platform}`)?.solve.file.target.commands
          ?.contexts?.image,
    );
    expect(contexts).toEqual([AMD64, ARM64].map(({ digest }) => expect.stringMatching(`@${digest}$`)));
  });

  it("fail with a command that fails on one of them", async () => {
    const step = await play(
      both(TWO_NODES, (docker) => void docker.reply("commands linux/arm64", commandsEnd(1)), {
        request: { commands: PYTEST },
      }),
    );
    expect(step.outcome.failure).toMatchObject({
      kind: "Checks failed",
      message: expect.stringContaining("`pytest` failed"),
    });
    expect(step.outcome.verdict?.findings).toEqual([
      expect.objectContaining({ id: "run.failed", platforms: ["linux/arm64"] }),
    ]);
    expect(changesIn(step)).toEqual([]);
  });
});

describe("a platform that the builder emulates", () => {
  it.each<[string, Builder]>([
    ["a builder of its own", OWN],
    ["the containerd store", CONTAINERD],
  ])("is built and released, and not checked, with %s", async (_, builder) => {
    const { docker, outcome } = await play(both(builder));
    expect(outcome.failure).toBeUndefined();
    expect(outcome.platforms).toEqual({ checked: ["linux/amd64"], emulated: ["linux/arm64"] });
    expect(docker.asked.filter((call) => call.startsWith("probe"))).toEqual(["probe linux/amd64"]);
    expect(docker.registry.tags.get(TAG)).toMatchObject({
      digest: indexOf([AMD64, ARM64]),
      platforms: [AMD64.digest, ARM64.digest],
    });
  });

  it.each<[string, Builder]>([
    ["a builder of its own", OWN],
    ["the containerd store", CONTAINERD],
  ])("is not released when a check fails on the builder's own platform, with %s", async (_, builder) => {
    const step = await play(
      both(builder, (docker) => void docker.reply("probe linux/amd64", examined([A_FINDING]))),
    );
    expect(step.outcome.failure?.kind).toBe("Checks failed");
    expect(changesIn(step)).toEqual([]);
    expect(step.docker.registry.tags.size).toBe(0);
    expect([...step.docker.registry.images.keys()]).toEqual([]);
  });

  it("gets no tag when it was built again, for it cannot be checked", async () => {
    const { outcome, docker } = await play(
      both(OWN, (docker) => {
        docker.pushed = (one) => (one === "linux/arm64" ? fakeImage("built again") : docker.built(one));
      }),
    );
    expect(outcome.failure?.message).toContain("it gets no tag");
    expect(docker.registry.tags.size).toBe(0);
  });
});
