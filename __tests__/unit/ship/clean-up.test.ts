/** The end of a step, however it went. */
import { describe, expect, it } from "@jest/globals";
import { CLASSIC, CONTAINERD, STAGING } from "../samples.ts";
import type { FakeDocker } from "./fake-docker.ts";
import { play, refusing } from "./play.ts";
import { A_FINDING, examined, RUN_FAILS } from "./replies.ts";

describe("what fails at the end is a line in the log, and no more", () => {
  it.each([
    ["with the containerd store", CONTAINERD],
    ["with the classic store", CLASSIC],
  ])("a name that cannot be removed, %s", async (_, builder) => {
    const { outcome, said } = await play({ builder, arrange: refusing("remove", "image is being used") });
    expect(outcome.failure).toBeUndefined();
    expect(outcome.release).toMatchObject({ how: "written" });
    expect(said).toContain("The staging image was not removed: image is being used");
  });

  it("a removal that cannot be started", async () => {
    const arrange = (docker: FakeDocker) => {
      docker.registry.answers.remove = () => Promise.reject(new Error("docker is gone"));
    };
    const { outcome, said } = await play({ builder: CONTAINERD, arrange });
    expect(outcome.failure).toBeUndefined();
    expect(said).toContain("The staging image was not removed: Error: docker is gone");
  });

  it("but not that a build which failed had nothing to name", async () => {
    const { outcome, said } = await play({
      builder: CONTAINERD,
      arrange: (docker) => {
        docker.reply("build", RUN_FAILS);
        docker.registry.refusals.remove = { ok: false, reason: `Error response: No such image: ${STAGING}` };
      },
    });
    expect(outcome.failure?.kind).toBe("Build failed");
    expect(said.filter((line) => line.includes("not removed"))).toEqual([]);
  });

  it("and does not hide why the step failed", async () => {
    const { outcome, said } = await play({
      builder: CONTAINERD,
      arrange: (docker) => {
        refusing("remove", "image is being used")(docker);
        docker.reply("probe", examined([A_FINDING]));
      },
    });
    expect(outcome.failure?.kind).toBe("Checks failed");
    expect(said).toContain("The staging image was not removed: image is being used");
  });
});
