/** Each way in which a step may end before its verdict, and what is left behind. */
import { describe, expect, it } from "@jest/globals";
import type { FailureKind } from "../../../src/failure.ts";
import { statusOf } from "../../../src/reporters/outcome.ts";
import type { FakeDocker } from "./fake-docker.ts";
import { aStep, changesIn, KINDS, play, replying, type Scene, WITH_CADDY } from "./play.ts";
import {
  A_FINDING,
  builderFails,
  caddySays,
  cannotStart,
  commandsEnd,
  examined,
  GONE,
  HANGS,
  NO_LAYERS,
  NO_REPORT,
  NO_SETTINGS,
  RUN_FAILS,
} from "./replies.ts";

const COMMANDS = { lines: ["pytest", "ruff check"], target: "", timeout: 60 };
const COMMANDS_IN_STAGE = { ...COMMANDS, target: "test" };
const PLUGIN_FAILS = {
  name: "[caddy-image 2/2] RUN xcaddy build",
  error: 'process "/bin/sh -c xcaddy build" did not complete successfully: exit code: 1',
  log: "no plugin for you\n",
};
type Ending = readonly [string, Scene, FailureKind, RegExp | string];

/** Before the verdict. Nothing is pushed, whatever the builder is. */
const BEFORE: readonly Ending[] = [
  [
    "a step of the Dockerfile fails",
    replying("build", RUN_FAILS),
    "Build failed",
    "`RUN pip install .` failed",
  ],
  ["the builder fails in the build", replying("build", GONE), "Build failed", "code = Unavailable"],
  [
    "the builder takes the build twice and starts nothing",
    replying("build", HANGS),
    "Build failed",
    "did not start a step",
  ],
  [
    "the image has neither a shell nor a Python",
    replying("probe", cannotStart("/bin/sh")),
    "Checks could not run",
    "no shell",
  ],
  [
    "the probe's container cannot be started",
    replying("probe", cannotStart("/usr/bin/env")),
    "Checks could not run",
    "has no /usr/bin/env",
  ],
  [
    "the probe does not end",
    replying("probe", { ...NO_REPORT, ended: "step" }),
    "Checks could not run",
    "did not end within its time",
  ],
  [
    "the probe leaves no report",
    replying("probe", NO_REPORT),
    "Checks could not run",
    "report cannot be read",
  ],
  ["a check has a finding", replying("probe", examined([A_FINDING])), "Checks failed", "security.W004"],
  [
    "the builder is gone when the probe is to run",
    replying("probe", GONE),
    "Build failed",
    "code = Unavailable",
  ],
  [
    "a command fails",
    { ...replying("commands", commandsEnd(0, 1)), request: { commands: COMMANDS } },
    "Checks failed",
    "`ruff check` failed",
  ],
  [
    "the builder is gone when the commands are to run",
    { ...replying("commands", GONE), request: { commands: COMMANDS } },
    "Checks could not run",
    /^pytest: .*code = Unavailable(?:.|\n)*ruff check: for the same reason/,
  ],
  [
    "the commands' stage cannot be built",
    { ...replying("run-target", RUN_FAILS), request: { commands: COMMANDS_IN_STAGE } },
    "Checks could not run",
    "the stage `test` (`run-target`) could not be built",
  ],
  [
    "Caddy refuses the Caddyfile",
    { ...WITH_CADDY, ...replying("caddy", caddySays("unrecognized directive: foo")) },
    "Checks failed",
    "unrecognized directive",
  ],
  [
    "Caddy's image cannot be pulled",
    { ...WITH_CADDY, ...replying("caddy", builderFails("caddy:2: not found")) },
    "Checks could not run",
    "could not pull the image caddy:2",
  ],
  [
    "the project's own Caddy image cannot be built",
    {
      ...WITH_CADDY,
      files: { ...WITH_CADDY.files, "Dockerfile.caddy": "FROM caddy:2\nRUN xcaddy build\n" },
      ...replying("caddy-image", { ...RUN_FAILS, steps: [PLUGIN_FAILS] }),
    },
    "Checks could not run",
    "the project's own Caddy image could not be built: exit code 1: no plugin for you",
  ],
  [
    "hosts is the only check, and the settings could not be loaded",
    {
      ...WITH_CADDY,
      request: { ...WITH_CADDY.request, checks: ["hosts"] },
      ...replying("probe", NO_SETTINGS),
    },
    "Checks could not run",
    "hosts: the settings could not be loaded",
  ],
];

describe.each(KINDS)("with %s", (_, builder) => {
  it.each(BEFORE)("%s: nothing is pushed, and nothing stays", async (_, scene, kind, message) => {
    const step = await play({ ...scene, builder });
    const { outcome, docker } = step;
    expect(outcome.failure).toMatchObject({ kind, message: containing(message) });
    expect(changesIn(step)).toEqual([]);
    expect(outcome.publishing).toBeUndefined();
    expect(docker.registry.tags.size).toBe(0);
    expect([...docker.registry.images.keys()]).toEqual([]);
    expect(await step.hasFolder()).toBe(false);
  });
});

describe("with `fail-level: never`", () => {
  it.each(BEFORE)(
    "%s: nothing is released either, and only a build that fails fails the step",
    async (_, scene, kind) => {
      const step = await play({ ...scene, request: { ...scene.request, failLevel: "never", load: true } });
      const { outcome, docker } = step;
      expect(statusOf(outcome)).toBe(kind === "Build failed" ? "error" : "reported");
      expect(changesIn(step)).toEqual([]);
      expect(docker.registry.tags.size).toBe(0);
      expect(outcome.loaded).toBeUndefined();
    },
  );

  it("an image with nothing above INFO is released as usual", async () => {
    const { outcome } = await play({
      ...replying("probe", examined([{ ...A_FINDING, level: "INFO" }])),
      request: { failLevel: "never" },
    });
    expect(statusOf(outcome)).toBe("passed");
    expect(outcome.release).toBeDefined();
  });
});

describe("a solve that did not work the first time", () => {
  it("is tried again, without external caches, when the builder started nothing", async () => {
    const cacheFrom = ["type=registry,ref=ghcr.io/acme/cache"];
    const { outcome, docker, said } = await play({
      names: { cacheFrom },
      arrange: (docker) => void docker.reply("build", HANGS, { steps: [], files: {} }),
    });
    expect(outcome.failure).toBeUndefined();
    const builds = docker.solves.filter(({ call }) => call === "build");
    expect(builds.map(({ solve }) => solve.file.target.image?.["cache-from"])).toEqual([
      cacheFrom,
      undefined,
    ]);
    expect(said.join("\n")).toContain("Trying once more, without external caches");
  });

  it("is tried again once the builder has brought the image's layers", async () => {
    const { outcome, docker } = await play({
      arrange: (docker) => void docker.reply("probe", NO_LAYERS, examined()),
    });
    expect(outcome.failure).toBeUndefined();
    expect(docker.asked.slice(1, 5)).toEqual(["build", "probe", "layers", "probe"]);
  });

  it("ends the step when the layers still do not come", async () => {
    const step = await play({ arrange: (docker) => void docker.reply("probe", NO_LAYERS) });
    expect(step.outcome.failure).toMatchObject({
      kind: "Checks could not run",
      message: containing("no longer has the image"),
    });
    expect(step.docker.asked.filter((call) => call === "probe")).toHaveLength(2);
  });

  it("runs again when the builder's cache holds a failed check", async () => {
    const arrange = (docker: FakeDocker) =>
      void docker.reply("probe", examined([A_FINDING], true), examined());
    const { outcome, docker } = await play({ arrange });
    expect(outcome.failure).toBeUndefined();
    const again = docker.solves.filter(({ call }) => call === "probe")[1]?.solve;
    expect(again?.file.target.checks?.["no-cache-filter"]).toEqual(["shipshape-probe"]);
  });
});

it("a builder without a history of its builds cannot name the image for the checks", async () => {
  const step = await play({
    arrange: (docker) => {
      docker.keepsHistory = false;
    },
  });
  expect(step.outcome.failure).toMatchObject({
    kind: "Checks could not run",
    message: containing("keeps no history"),
  });
  expect(changesIn(step)).toEqual([]);
});

it.each([
  [
    "the probe cannot be started",
    (docker: FakeDocker) => void docker.reply("probe", cannotStart("/usr/bin/env")),
  ],
  [
    "the builder cannot name the image",
    (docker: FakeDocker) => {
      docker.keepsHistory = false;
    },
  ],
])("an image that nothing looked at gets no tag, also without a Django check: %s", async (_, arrange) => {
  const step = await play({ request: { checks: ["caddy"] }, arrange });
  expect(step.outcome.failure).toMatchObject({ kind: "Checks could not run" });
  expect(changesIn(step)).toEqual([]);
});

it("a chapter that fails ends what runs next to it", async () => {
  const step = await aStep({
    request: { commands: COMMANDS },
    arrange: (docker) => void docker.reply("probe", GONE),
  });
  const probe = step.docker.hold("probe");
  const commands = step.docker.hold("commands");
  const running = step.run();
  await Promise.all([probe.reached, commands.reached]);
  probe.release();
  await running;
  expect(step.outcome.failure?.kind).toBe("Build failed");
  expect(step.docker.ended).toEqual(["commands"]);
});

it("a build that fails ends Caddy's solve", async () => {
  const step = await aStep(WITH_CADDY);
  const build = step.docker.reply("build", RUN_FAILS).hold("build");
  const caddy = step.docker.hold("caddy");
  const running = step.run();
  await Promise.all([build.reached, caddy.reached]);
  build.release();
  await running;
  expect(step.outcome.failure?.kind).toBe("Build failed");
  expect(step.docker.ended).toEqual(["caddy"]);
});

function containing(message: RegExp | string): unknown {
  return typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message);
}
