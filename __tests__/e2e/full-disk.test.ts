/** Disks that are full: each ends in a sentence. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { expectFailure, expectNothingShipped } from "./harness/expectations.ts";
import { inDockerfile } from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { afterwards, folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

/** A disk of 64 KB, which only root can make. */
const withRoot = process.getuid?.() === 0 ? it : it.skip;

withRoot("under RUNNER_TEMP ends the step with a sentence, and nothing is shipped", async () => {
  const disk = folder("disk");
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
  afterwards(() => void execFileSync("umount", [disk]));
  const image = registry.repoName("full");
  const tried = await step({ image }, { project: project("plain"), env: { RUNNER_TEMP: disk } });
  expect(expectFailure(tried, "Build failed").message).toMatch(/The runner's disk is full: free space/);
  await expectNothingShipped(tried, image);
  expect(readdirSync(disk)).toEqual([]);
});

it("in a step of the build is named, with what to do", async () => {
  const image = registry.repoName("full");
  const tried = await step(
    { image, "shm-size": "64k" },
    { project: project("plain", unique(), inDockerfile("RUN head -c 1000000 /dev/zero > /dev/shm/large")) },
  );
  expect(expectFailure(tried, "Build failed").message).toMatch(/The disk is full: free space/);
  await expectNothingShipped(tried, image);
});

describe("under the files of the runner", () => {
  it("the step fails although the image passed, for a deploy job must not go on without its outputs; without the summary it would only warn", async () => {
    const inputs = { image: registry.repoName("full"), push: "false", checks: "system" };
    const env = { GITHUB_OUTPUT: "/dev/full", GITHUB_STEP_SUMMARY: "/dev/full" };
    const tried = await step(inputs, { project: project("plain", await onDjango()), env });
    expect(tried.log).toMatch(/::warning::The job summary could not be written: .*ENOSPC/);
    expect(tried.log).toMatch(/::error::The step's outputs could not be set: .*ENOSPC/);
    expect(tried.log).toMatch(/^Not pushed/m);
    expect(tried.code).toBe(1);
  });
});
