/** A run that is cancelled: it ends at once, says so, and leaves nothing running. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, jest } from "@jest/globals";
import { stagingNames } from "./harness/docker.ts";
import { expectFailure, expectNothingShipped, result } from "./harness/expectations.ts";
import { inDockerfile, inSettings } from "./harness/faults.ts";
import { processesOf } from "./harness/processes.ts";
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Waits until a command runs on this machine, in a container too; or until it does not. */
async function untilIt(command: string, runs: boolean, seconds: number): Promise<void> {
  for (let left = seconds; processesOf(command).length > 0 !== runs; left -= 0.1) {
    if (left <= 0) throw new Error(`${command} ${runs ? "never ran" : "still runs"}`);
    await sleep(100);
  }
}

/** A command line that no other process on this machine has. It would run for the better part of an hour. */
function nap(): string {
  return `sleep ${3000 + Math.floor(Math.random() * 1e6)}`;
}

const inTheBuild = (nap: string): Overlay => inDockerfile(`RUN ${nap}`);
const inTheChecks = (nap: string): Overlay =>
  inSettings(`import subprocess\nsubprocess.run(${JSON.stringify(nap.split(" "))})`);

// What a cancel reaches on each kind of builder is in __tests__/unit/ship/cancel.test.ts; here are BuildKits of two ages.
describe("a cancelled run", () => {
  it.each([
    ["during the build", "", inTheBuild],
    ["during the build", "shipshape-remote", inTheBuild],
    ["during the checks", "", inTheChecks],
    ["during the checks", "shipshape-container", inTheChecks],
  ])("%s (builder: %j)", async (_, builder, slow) => {
    const image = registry.repoName("cancel");
    const asleep = nap();
    const tried = await step(
      { image, builder },
      { project: project("plain", slow(asleep)), cancelWhen: () => untilIt(asleep, true, 100) },
    );
    // The runner would have killed it after ten seconds.
    expectFailure(tried, "Cancelled");
    expect(result(tried).status).toBe("cancelled");
    await expectNothingShipped(tried, image);
    expect(await stagingNames(tried.outputs.app)).toEqual([]);
    await untilIt(asleep, false, 10);
  });
});
