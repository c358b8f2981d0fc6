/** The order of a step that passes, on each kind of builder. */
import { performance } from "node:perf_hooks";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import type { Builder } from "../../../src/docker/builder.ts";
import { CLASSIC, CONTAINERD, digest, IMAGE, OWN, STAGING } from "../samples.ts";
import { fakeImage, indexOf } from "./fake-image.ts";
import { aStep, changesIn, KINDS, play, settled, TAG, WITH_CADDY } from "./play.ts";

const SHOP = fakeImage("shop for linux/amd64");
const INDEX = indexOf([SHOP]);

afterEach(() => void jest.restoreAllMocks());

describe("a step that passes", () => {
  it.each<[string, Builder, readonly string[]]>([
    [
      "with a builder of its own pushes by digest, looks again at the tag and at what it pushed, tags, and reads back",
      OWN,
      [
        `look ${TAG}`,
        "build",
        "probe",
        "push by digest",
        `look ${TAG}`,
        `look ${IMAGE}@${INDEX}`,
        `createTag ${IMAGE}@${INDEX} ${TAG}`,
        `look ${TAG}`,
      ],
    ],
    [
      "with the containerd store looks again, pushes under the tag, removes its names, reads back, and looks at the end",
      CONTAINERD,
      [
        `look ${TAG}`,
        "build",
        "probe",
        `tag ${STAGING} ${TAG}`,
        `look ${TAG}`,
        `push ${TAG}`,
        `remove ${STAGING} ${TAG}`,
        `look ${TAG}`,
        `look ${TAG}`,
      ],
    ],
    [
      "with the classic store also reads the config back, which proves the bytes",
      CLASSIC,
      [
        `look ${TAG}`,
        "build",
        "probe",
        `tag ${STAGING} ${TAG}`,
        `look ${TAG}`,
        `push ${TAG}`,
        `remove ${STAGING} ${TAG}`,
        `look ${TAG}`,
        `look ${TAG}`,
        `look ${TAG}`,
      ],
    ],
  ])("%s", async (_, builder, asked) => {
    const { docker, outcome } = await play({ builder });
    expect(outcome.failure).toBeUndefined();
    expect(docker.asked).toEqual(asked);
  });

  it.each<[string, Builder, string]>([
    ["the index that went with it, in the containerd store", CONTAINERD, INDEX],
    ["the manifest that the push made, in the classic store", CLASSIC, SHOP.digest],
    ["the index that was pushed, with a builder of its own", OWN, INDEX],
  ])("is released at the digest of %s", async (_, builder, digest) => {
    const { outcome, docker } = await play({ builder });
    expect(outcome.release).toMatchObject({ ref: TAG, digest, how: "written" });
    expect(outcome.verdict?.status).toBe("passed");
    expect(docker.registry.tags.get(TAG)?.digest).toBe(digest);
  });

  it.each<[string, Builder, unknown]>([
    [
      "by its digest with the config that the engine knows, in the containerd store",
      CONTAINERD,
      expect.stringMatching(`^oci-layout://.*@${SHOP.inEngine.digest}$`),
    ],
    ["by its staging name, in the classic store", CLASSIC, `docker-image://${STAGING}`],
    [
      "by its digest, with a builder of its own",
      OWN,
      expect.stringMatching(`^oci-layout://.*@${SHOP.digest}$`),
    ],
  ])("checks the image %s", async (_, builder, context) => {
    const { docker } = await play({
      builder,
      request: { commands: { lines: ["pytest"], target: "", timeout: 60 } },
    });
    for (const name of ["probe", "commands"]) {
      const solve = docker.solves.find(({ call }) => call === name)?.solve;
      const [target = ""] = solve?.targets ?? [];
      expect(solve?.file.target[target]?.contexts).toEqual({ image: context });
    }
  });
});

describe.each(KINDS)("with %s", (_, builder) => {
  const isOwn = builder.driver !== "docker";

  it("nothing is pushed before the verdict", async () => {
    const step = await aStep({ builder });
    const probe = step.docker.hold("probe");
    const running = step.run();
    await probe.reached;
    await settled();
    expect(changesIn(step)).toEqual([]);
    probe.release();
    await running;
    expect(changesIn(step).length).toBeGreaterThan(0);
  });

  it("nothing is pushed, and the registry is not asked, when the workflow does not push", async () => {
    const request = { push: { push: false, why: "a pull request" } } as const;
    const { docker, outcome } = await play({ builder, request });
    expect(outcome).toMatchObject({ verdict: { status: "passed" } });
    expect(outcome.failure ?? outcome.release ?? outcome.publishing).toBeUndefined();
    expect(docker.asked).toEqual(["build", "probe", ...(isOwn ? [] : [`remove ${STAGING}`])]);
  });

  it("the image is loaded under its ref when that was asked for", async () => {
    const { docker, outcome } = await play({ builder, request: { load: true } });
    expect(outcome.loaded).toEqual([TAG]);
    expect(docker.registry.images.get(TAG)?.config).toBe(SHOP.configDigest);
    expect([...docker.registry.images.keys()]).toEqual([TAG]);
  });

  it("the image is loaded without a push too", async () => {
    const request = { load: true, push: { push: false, why: "a pull request" } } as const;
    const step = await play({ builder, request });
    expect(step.outcome.loaded).toEqual([TAG]);
    expect(changesIn(step)).toEqual([]);
  });

  it("the names in the engine and the step's folder are gone at the end, also of stages that the checks run in", async () => {
    const commands = { lines: ["pytest"], target: "test", timeout: 60 };
    const files = {
      ...WITH_CADDY.files,
      "Dockerfile.caddy": "FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\n",
    };
    const step = await play({ builder, files, request: { ...WITH_CADDY.request, commands } });
    expect(step.outcome.failure).toBeUndefined();
    expect(step.docker.asked).toEqual(expect.arrayContaining(["run-target", "caddy-image"]));
    expect([...step.docker.registry.images.keys()]).toEqual([]);
    expect(await step.hasFolder()).toBe(false);
  });

  it("an engine's push under the tag comes right after a look at it; a push by digest needs no second one", async () => {
    const { docker } = await play({ builder });
    expect(looksBefore(docker.asked, isOwn ? "push by digest" : `push ${TAG}`)).toBe(isOwn ? 1 : 2);
  });

  it("a tag that was there ten seconds ago is looked up again before it is kept", async () => {
    let now = 1000;
    jest.spyOn(performance, "now").mockImplementation(() => now);
    const image = fakeImage("shop for linux/amd64");
    const { docker, outcome } = await play({
      builder,
      arrange: (docker) => {
        docker.registry.put(TAG, {
          digest: digest("7"),
          config: image.configDigest,
          platforms: [image.digest],
        });
        docker.before = (call) => {
          if (call !== "probe") return;
          now += 10_000;
          docker.registry.put(TAG, { digest: digest("8"), config: digest("9") });
        };
      },
    });
    expect(outcome.failure?.message).toContain("is not overwritten");
    expect(docker.asked.filter((call) => call === `look ${TAG}`)).toHaveLength(2);
  });

  it("what the image consists of is known at the end", async () => {
    const { outcome } = await play({ builder });
    expect(outcome.layers).toEqual({ packed: isOwn, all: [{ bytes: 54_300_000, by: "COPY . ." }] });
  });
});

function looksBefore(asked: readonly string[], push: string): number {
  return asked.slice(0, asked.indexOf(push)).filter((call) => call === `look ${TAG}`).length;
}

it("Caddy starts with the build", async () => {
  const step = await aStep(WITH_CADDY);
  const build = step.docker.hold("build");
  const caddy = step.docker.hold("caddy");
  const running = step.run();
  await Promise.all([build.reached, caddy.reached]);
  build.release();
  caddy.release();
  await running;
  expect(step.outcome.verdict?.checks.map(({ name, status }) => [name, status])).toContainEqual([
    "caddy",
    "passed",
  ]);
});

it("the checks run at the same time", async () => {
  const step = await aStep({ request: { commands: { lines: ["pytest"], target: "", timeout: 60 } } });
  const holds = [step.docker.hold("probe"), step.docker.hold("commands")];
  const running = step.run();
  await Promise.all(holds.map(({ reached }) => reached));
  for (const { release } of holds) release();
  await running;
  expect(step.outcome.failure).toBeUndefined();
});

describe("the secret values of `env`", () => {
  const env = new Map([["DATABASE_PASSWORD", "hunter2"]]);
  const commands = { lines: ["pytest"], target: "test", timeout: 60 };

  it("are in no solve but those of the checks, and there in no file", async () => {
    const { docker, outcome } = await play({ request: { env, commands, load: true } });
    expect(outcome.failure).toBeUndefined();
    const given = docker.solves.filter(({ solve }) => [...solve.secrets.values()].join().includes("hunter2"));
    expect(given.map(({ call }) => call).sort()).toEqual(["commands", "probe"]);
    expect(docker.solves.map(({ call }) => call)).toEqual(
      expect.arrayContaining(["build", "run-target", "push by digest"]),
    );
    for (const { solve } of docker.solves) expect(JSON.stringify(solve.file)).not.toContain("hunter2");
  });

  it("have no mount in a solve that runs the workflow's Dockerfile", async () => {
    const { docker } = await play({ request: { env, commands } });
    for (const { call, solve } of docker.solves.filter(({ call }) => !["commands", "probe"].includes(call))) {
      expect([call, Object.values(solve.file.target).flatMap(({ secret = [] }) => secret)]).toEqual([
        call,
        [],
      ]);
      expect(solve.secrets.size).toBe(0);
    }
  });
});
