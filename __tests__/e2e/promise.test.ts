/** The promise under hard conditions: builds that make other bytes each time, and disks that are full. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { describe, expect, it, jest } from "@jest/globals";
import { docker, inImage } from "./harness/docker.ts";
import { expectFailure, expectNothingShipped, expectShipped, report } from "./harness/expectations.ts";
import { inDockerfile, stamped } from "./harness/faults.ts";
import { type Overlay, project, replace, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { afterwards, folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

describe("a build that makes other bytes each time", () => {
  it.each(["default", "shipshape-container", "shipshape-remote"])(
    "is released with the very bytes that were checked, also with no-cache (builder: %s)",
    async (builder) => {
      const image = registry.repoName("stamp");
      const other = project("plain", unique(), stamped);
      const stamps: string[] = [];
      for (const number of [1, 2]) {
        const tried = await step({ image, builder, "no-cache": "true" }, { project: other, number });
        await expectShipped(tried, image, `build-${number}`);
        const checked = report(tried).findings.find(({ id }) => id === "shop.I001")?.message ?? "";
        const pinned = tried.outputs.pinned ?? "";
        await docker("pull", "--quiet", pinned);
        expect((await inImage(pinned, "cat", "/stamp")).trim()).toBe(checked);
        await docker("image", "rm", "--force", pinned);
        stamps.push(checked);
      }
      expect(stamps[0]).not.toBe(stamps[1]);
    },
  );

  const builders = ["default", "shipshape-container", "shipshape-remote"];
  const caches = [
    { steps: "that take nothing from the cache", inputs: { "no-cache": "true" } },
    { steps: "that the cache does not have yet", inputs: {} },
  ];
  it.each(builders.flatMap((builder) => caches.map((cache) => ({ builder, ...cache }))))(
    "is released beside one with the same first steps, $steps, that goes on for longer (builder: $builder)",
    async ({ builder, inputs }) => {
      const first = { Dockerfile: replace("WORKDIR", `RUN echo ${randomUUID()}\nWORKDIR`) };
      const ships = async (name: string, ...more: Overlay[]) => {
        const image = registry.repoName(name);
        const options = { project: project("plain", unique(), stamped, first, ...more) };
        await expectShipped(await step({ image, builder, ...inputs }, options), image, "build-7");
      };
      await Promise.all([ships("quick"), ships("slow", inDockerfile("RUN sleep 20"))]);
    },
  );
});

/** A disk of 64 KB, which only root can make. */
const withRoot = process.getuid?.() === 0 ? it : it.skip;

describe("a full disk", () => {
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

  it("under the outputs fails the step: a deploy job must not go on without them", async () => {
    const tried = await step(
      { image: registry.repoName("full"), push: "false" },
      { project: project("plain"), env: { GITHUB_OUTPUT: "/dev/full" } },
    );
    expect(tried.code).toBe(1);
    expect(tried.log).toMatch(/::error::The step's outputs could not be set: .*ENOSPC/);
  });

  it("under the summary is a warning, and the verdict stands", async () => {
    const image = registry.repoName("full");
    const tried = await step(
      { image },
      { project: project("plain"), env: { GITHUB_STEP_SUMMARY: "/dev/full" } },
    );
    await expectShipped(tried, image, "build-7");
    expect(tried.log).toMatch(/::warning::The job summary could not be written: .*ENOSPC/);
  });
});
