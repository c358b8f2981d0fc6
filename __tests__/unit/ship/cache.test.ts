/** The export of the build cache (`cache-to`), which runs next to everything else and decides nothing. */
import { describe, expect, it } from "@jest/globals";
import { aStep, play, type Scene, settled } from "./play.ts";
import { A_FINDING, builderFails, examined, RUN_FAILS } from "./replies.ts";

const CACHE = "type=registry,ref=ghcr.io/acme/cache,mode=max";
const scene = (more: Scene = {}): Scene => ({ names: { cacheTo: [CACHE] }, ...more });

it("starts with the checks, in a solve of its own", async () => {
  const step = await aStep(scene());
  const [probe, cache] = [step.docker.hold("probe"), step.docker.hold("cache")];
  const running = step.run();
  await Promise.all([probe.reached, cache.reached]);
  probe.release();
  cache.release();
  await running;
  await step.pipeline.finish();
  const solve = step.docker.solves.find(({ call }) => call === "cache")?.solve;
  expect(solve?.file.target.image).toMatchObject({ "cache-to": [CACHE], output: ["type=cacheonly"] });
  expect(
    step.docker.solves.find(({ call }) => call === "build")?.solve.file.target.image?.["cache-to"],
  ).toBeUndefined();
  expect(step.said.join("\n")).toContain("The build cache was written");
});

it("that is slow keeps neither the verdict nor the tag waiting, and the step ends after it", async () => {
  const step = await aStep(scene());
  const cache = step.docker.hold("cache");
  await step.run();
  expect(step.outcome).toMatchObject({ verdict: { status: "passed" }, release: { how: "written" } });
  let isFinished = false;
  const finishing = step.pipeline.finish().then(() => {
    isFinished = true;
  });
  await settled();
  expect(isFinished).toBe(false);
  cache.release();
  await finishing;
  expect(step.said.at(-1)).toContain("The build cache was written");
});

describe("that fails is a line in the log, and no more", () => {
  it("when the cache's server refuses it", async () => {
    const step = await play(
      scene({ arrange: (docker) => void docker.reply("cache", builderFails("403 Forbidden")) }),
    );
    await step.pipeline.finish();
    expect(step.outcome.failure).toBeUndefined();
    expect(step.outcome.release).toMatchObject({ how: "written" });
    expect(step.said).toContain("The build cache could not be written: 403 Forbidden");
  });

  it("when the builder cannot be started", async () => {
    const step = await aStep(scene());
    const { docker } = step;
    const bake = docker.bake.bind(docker);
    docker.bake = (solve, how) =>
      how.folder.endsWith("cache/cache") ? Promise.reject(new Error("docker is gone")) : bake(solve, how);
    await step.run();
    await step.pipeline.finish();
    expect(step.outcome.failure).toBeUndefined();
    expect(step.said).toContain("The build cache could not be written: docker is gone");
  });
});

it("goes on when the checks fail: the next run has its steps", async () => {
  const step = await aStep(scene({ arrange: (docker) => void docker.reply("probe", examined([A_FINDING])) }));
  const cache = step.docker.hold("cache");
  await step.run();
  expect(step.outcome.failure?.kind).toBe("Checks failed");
  cache.release();
  await step.pipeline.finish();
  expect(step.docker.ended).toEqual([]);
  expect(step.said.at(-1)).toContain("The build cache was written");
});

it("is not started when the image cannot be built", async () => {
  const step = await play(scene({ arrange: (docker) => void docker.reply("build", RUN_FAILS) }));
  await step.pipeline.finish();
  expect(step.docker.asked).not.toContain("cache");
});

it.each<[string, readonly string[]]>([
  ["there is no `cache-to`", []],
  ["the cache goes into the image itself", ["type=inline"]],
])("is not started when %s", async (_, cacheTo) => {
  const step = await play({ names: { cacheTo } });
  await step.pipeline.finish();
  expect(step.docker.asked).not.toContain("cache");
});
