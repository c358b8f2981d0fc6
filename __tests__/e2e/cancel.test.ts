/** A run that is cancelled: it ends at once, says so, and leaves nothing running. */
import { describe, expect, it, jest } from "@jest/globals";
import { stagingNames } from "./harness/docker.ts";
import { expectFailure, expectNothingShipped, result } from "./harness/expectations.ts";
import { inDockerfile, inSettings } from "./harness/faults.ts";
import { processesOf } from "./harness/processes.ts";
import { project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Nothing of it is running any more, soon after the step. */
async function expectGone(command: string): Promise<void> {
  for (let tries = 0; processesOf(command).length > 0 && tries < 50; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(processesOf(command)).toEqual([]);
}

/** A command line that no other process on this machine has. */
function nap(): string {
  return `sleep ${3000 + Math.floor(Math.random() * 1e6)}`;
}

describe.each(["", "shipshape-container", "shipshape-remote"])("a cancelled run (builder: %s)", (builder) => {
  it("during the build", async () => {
    const image = registry.repoName("cancel");
    const asleep = nap();
    const slow = project("plain", inDockerfile(`RUN ${asleep}`));
    const tried = await step({ image, builder }, { project: slow, cancelAfter: /RUN sleep/, timeout: 120 });
    expectFailure(tried, "Cancelled");
    expect(result(tried).status).toBe("cancelled");
    await expectNothingShipped(tried, image);
    expect(await stagingNames(tried.outputs.app)).toEqual([]);
    await expectGone(asleep);
  });

  it("during the checks", async () => {
    const image = registry.repoName("cancel");
    const asleep = nap();
    const slow = project(
      "plain",
      inSettings(`import subprocess\nsubprocess.run(${JSON.stringify(asleep.split(" "))})`),
    );
    const tried = await step({ image, builder }, { project: slow, cancelAfter: 8, timeout: 120 });
    expectFailure(tried, "Cancelled");
    expect(tried.seconds).toBeLessThan(20);
    await expectNothingShipped(tried, image);
    await expectGone(asleep);
  });
});
