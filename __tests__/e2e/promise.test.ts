/** The promise under hard conditions: builds that make other bytes each time, and disks that are full. */
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { docker, inImage } from "./harness/docker.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  report,
  result,
} from "./harness/expectations.ts";
import { inDockerfile, stamped } from "./harness/faults.ts";
import { gate } from "./harness/gate.ts";
import { environment } from "./harness/lab.ts";
import { append, type Overlay, type Project, project, replace, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { afterwards, folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

/** The image that was released is the one that the checks ran in. @returns its stamp */
async function expectChecked(tried: Step): Promise<string> {
  const pinned = tried.outputs.pinned ?? "";
  await docker("pull", "--quiet", pinned);
  const stamp = (await inImage(pinned, "cat", "/stamp")).trim();
  await docker("image", "rm", "--force", pinned);
  expect(report(tried).findings.find(({ id }) => id === "shop.I001")?.message).toBe(stamp);
  return stamp;
}

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
        stamps.push(await expectChecked(tried));
      }
      expect(stamps[0]).not.toBe(stamps[1]);
    },
  );

  it.each(["default", "shipshape-container", "shipshape-remote"])(
    "is checked again when another tool has built it in between (builder: %s)",
    async (builder) => {
      const image = registry.repoName("between");
      const other = project("plain", unique(), stamped);
      const inputs = { image, builder };
      const first = await step(inputs, { project: other, number: 1 });
      await expectShipped(first, image, "build-1");
      await docker(
        "buildx",
        "build",
        "--quiet",
        "--builder",
        builder,
        "--no-cache",
        "--output",
        "type=cacheonly",
        other.dir,
      );
      const second = await step(inputs, { project: other, number: 2 });
      await expectShipped(second, image, "build-2");
      expect(await expectChecked(second)).not.toBe(await expectChecked(first));
    },
  );

  it.each([
    { builder: "shipshape-container", steps: "that the cache does not have yet", inputs: {} },
    {
      builder: "shipshape-remote",
      steps: "that take nothing from the cache",
      inputs: { "no-cache": "true" },
    },
  ])(
    "is released while others with the same first steps are built, $steps (builder: $builder)",
    async (one) => {
      const first = firstStep();
      const gates = { third: await gate(), fourth: await gate() };
      const ships = async (name: string, ...more: Overlay[]) => {
        const image = registry.repoName(name);
        const options = { project: project("plain", unique(), stamped, first, ...more) };
        const inputs = { image, builder: one.builder, run: "test -s /stamp", ...one.inputs };
        const tried = await step(inputs, options);
        await expectShipped(tried, image, "build-7");
        await expectChecked(tried);
      };
      // The third app is still in its build while the first two are checked and released, and the fourth after it.
      const early = [ships("first"), ships("second")];
      void Promise.allSettled(early).then(gates.third.open);
      const third = ships("third", inDockerfile(gates.third.instruction));
      void Promise.allSettled([third]).then(gates.fourth.open);
      const fourth = ships("fourth", inDockerfile(gates.fourth.instruction));
      const apps = await Promise.allSettled([...early, third, fourth]);
      expect(apps.filter(({ status }) => status === "rejected")).toEqual([]);
    },
  );
});

/** Makes the first steps of a project its own: no cache has them. */
function firstStep(): Overlay {
  return { Dockerfile: replace("WORKDIR", `RUN echo ${randomUUID()}\nWORKDIR`) };
}

describe("an image that the builder does not find again", () => {
  // Newer BuildKits than the remote builder's look behind a step that a neighbour executed.
  const builder = "shipshape-remote";

  /** Another tool's build that runs the project's first steps again and goes on, which hides the steps behind them. */
  async function neighbour({ dir }: Project): Promise<() => void> {
    const [head = ""] = readFileSync(join(dir, "Dockerfile"), "utf8").split("WORKDIR");
    const context = folder("neighbour");
    const held = await gate();
    writeFileSync(join(context, "Dockerfile"), `${head}${held.instruction}\n`);
    const args = [
      "buildx",
      "build",
      "--builder",
      builder,
      "--pull",
      "--no-cache",
      "--progress",
      "plain",
      context,
    ];
    const build = spawn("docker", args, { env: environment(), stdio: ["ignore", "ignore", "pipe"] });
    afterwards(() => void build.kill());
    let log = "";
    build.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    const ended = once(build, "close").then(() => Promise.reject(new Error(`the neighbour ended:\n${log}`)));
    ended.catch(() => {}); // Later it ends because we end it.
    await Promise.race([held.reached, ended]);
    return () => void build.kill();
  }

  it("is checked as the builder built it again, and that gets the tag", async () => {
    const image = registry.repoName("again");
    const other = project("plain", unique(), stamped, firstStep());
    const leave = await neighbour(other);
    const inputs = { image, builder, run: "cat /stamp", "no-cache": "true" };
    const tried = await step(inputs, { project: other });
    leave();
    await expectShipped(tried, image, "build-7");
    expect(tried.log).toMatch(/built another: sha256:[0-9a-f]{64} is checked before it gets a tag/);
    const stamp = await expectChecked(tried);
    expect(result(tried).checks["cat /stamp"]).toMatchObject({ status: "passed" });
    expect(tried.log.split(stamp).length).toBeGreaterThan(2);
  });

  it("gets no tag when what the builder built again fails", async () => {
    const image = registry.repoName("again");
    const counted = inDockerfile(
      `RUN --mount=type=cache,id=${randomUUID()},target=/counter echo >> /counter/builds && wc -l < /counter/builds > /stamp`,
    );
    const fails = {
      "shop/models.py": append(`

from django.core import checks


@checks.register()
def stamp(app_configs, **kwargs):
    again = open("/stamp").read().strip() != "1"
    return [checks.Error("built again", id="shop.E001")] if again else []
`),
    };
    const other = project("plain", unique(), counted, fails, firstStep());
    const leave = await neighbour(other);
    const tried = await step({ image, builder }, { project: other });
    leave();
    expect(expectFailure(tried, "Checks failed").message).toContain("shop.E001");
    expect(await registry.tags(image)).toEqual([]);
    expect(tried.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(result(tried)).toMatchObject({ status: "failed", stage: "checks" });
  });
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
