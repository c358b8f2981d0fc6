/** Disks that are full: each ends in a sentence. Outputs and a summary that cannot be written are in __tests__/unit/ship. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, it, jest } from "@jest/globals";
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
