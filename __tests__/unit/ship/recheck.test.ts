/** A builder that did not find the image in its cache, and pushed another: that one must pass before it gets the tag. */
import { describe, expect, it } from "@jest/globals";
import { digest, FOREIGN, IMAGE } from "../samples.ts";
import type { FakeDocker } from "./fake-docker.ts";
import { fakeImage, indexOf } from "./fake-image.ts";
import { play, type Scene, TAG, WITH_CADDY } from "./play.ts";
import { A_FINDING, commandsEnd, examined, GONE } from "./replies.ts";

const AGAIN = fakeImage("built again");
const PINNED = `${IMAGE}@${indexOf([AGAIN])}`;
const COMMANDS = { lines: ["pytest"], target: "", timeout: 60 };

/** A step whose builder builds the image again to push it. */
function builtAgain(arrange: (docker: FakeDocker) => void = () => {}, more: Scene = {}): Scene {
  return {
    ...more,
    arrange: (docker) => {
      docker.pushed = () => AGAIN;
      arrange(docker);
    },
  };
}

describe("an image that passes in its turn", () => {
  it("gets the tag, and is the one that is reported", async () => {
    const { outcome, said } = await play(builtAgain());
    expect(outcome.failure).toBeUndefined();
    expect(outcome.release).toMatchObject({ ref: TAG, pinned: PINNED, how: "written" });
    expect(outcome.image).toMatchObject({ digest: AGAIN.digest, pinned: PINNED });
    expect(said.join("\n")).toContain(`${AGAIN.digest} is checked before it gets a tag`);
  });

  it("is checked by its own bytes, before the tag and after another look at it", async () => {
    const { docker } = await play(builtAgain());
    expect(docker.asked).toEqual([
      `look ${TAG}`,
      "build",
      "probe",
      "push by digest",
      `look ${TAG}`,
      `look ${PINNED}`,
      "probe",
      `look ${TAG}`,
      `createTag ${PINNED} ${TAG}`,
      `look ${TAG}`,
    ]);
    const [, again] = docker.solves.filter(({ call }) => call === "probe");
    expect(again?.solve.file.target.checks?.contexts?.image).toMatch(new RegExp(`@${AGAIN.digest}$`));
  });

  it("has the commands run in it, and Caddy is not asked again", async () => {
    const request = { ...WITH_CADDY.request, commands: COMMANDS };
    const { docker, outcome } = await play(builtAgain(undefined, { ...WITH_CADDY, request }));
    expect(outcome.failure).toBeUndefined();
    const count = (name: string) => docker.asked.filter((call) => call === name).length;
    expect([count("probe"), count("commands"), count("caddy")]).toEqual([2, 2, 1]);
    expect(outcome.verdict?.checks.map(({ name }) => name)).toContain("caddy");
  });

  it("is described by its own layers", async () => {
    const { docker, outcome } = await play(builtAgain());
    const [own] = outcome.image?.platforms ?? [];
    expect(outcome.layers?.all).toHaveLength(1);
    expect(await docker.builtBlob(own?.record ?? "", own?.digest ?? FOREIGN)).toBe(AGAIN.manifest);
  });

  it("is the one that is loaded", async () => {
    const again = builtAgain((docker) => void Object.assign(docker, { loaded: () => AGAIN }));
    const { docker, outcome } = await play({ ...again, request: { load: true } });
    expect(outcome.failure).toBeUndefined();
    expect(docker.registry.images.get(TAG)?.digest).toBe(AGAIN.digest);
  });

  it("keeps a tag that another run has given to the same bytes meanwhile", async () => {
    const there = { digest: digest("7"), config: AGAIN.configDigest, platforms: [AGAIN.digest] };
    const { docker, outcome } = await play(
      builtAgain(onRecheck((docker) => void docker.registry.put(TAG, there))),
    );
    expect(outcome.release).toMatchObject({ how: "already there", digest: digest("7") });
    expect(docker.asked.filter((call) => call.startsWith("createTag"))).toEqual([]);
  });
});

describe("an image that does not pass gets no tag", () => {
  it.each<[string, Scene, string, string]>([
    [
      "it has a finding",
      builtAgain((docker) => void docker.reply("probe", examined(), examined([A_FINDING]))),
      "Checks failed",
      "security.W004",
    ],
    [
      "a command fails in it",
      builtAgain((docker) => void docker.reply("commands", commandsEnd(0), commandsEnd(1)), {
        request: { commands: COMMANDS },
      }),
      "Checks failed",
      "`pytest` failed",
    ],
    [
      "it cannot be checked, for the builder is gone",
      builtAgain((docker) => void docker.reply("probe", examined(), GONE)),
      "Publish failed",
      `${PINNED} was pushed in place of what was checked, could not be checked itself, and gets no tag: `,
    ],
    [
      "it cannot be named, for the builder has lost its history",
      builtAgain((docker) => {
        docker.before = (call) => {
          if (call.startsWith("push")) docker.keepsHistory = false;
        };
      }),
      "Checks could not run",
      "keeps no history",
    ],
    [
      "the tag was given to another meanwhile",
      builtAgain(
        onRecheck((docker) => void docker.registry.put(TAG, { digest: FOREIGN, config: digest("9") })),
      ),
      "Publish failed",
      "is not overwritten",
    ],
  ])("because %s", async (_, scene, kind, message) => {
    const { outcome, docker, hasFolder } = await play(scene);
    expect(outcome.failure).toMatchObject({ kind, message: expect.stringContaining(message) });
    expect(outcome).toMatchObject({ publishing: true, image: { pinned: PINNED } });
    expect(outcome.release).toBeUndefined();
    expect(docker.asked.filter((call) => call.startsWith("createTag"))).toEqual([]);
    expect(await hasFolder()).toBe(false);
  });
});

/** An arrangement that something happens while the image is checked for the second time. */
function onRecheck(act: (docker: FakeDocker) => void) {
  return (docker: FakeDocker) => {
    let probes = 0;
    docker.before = (call) => {
      if (call === "probe") probes++;
      if (call === "probe" && probes === 2) act(docker);
    };
  };
}
