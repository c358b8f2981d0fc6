/** The promise under hard conditions: builds that make other bytes each time, and images that a builder does not find again. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { docker } from "./harness/docker.ts";
import { expectChecked, expectFailure, expectShipped, result } from "./harness/expectations.ts";
import { inDockerfile, stamped } from "./harness/faults.ts";
import { gate } from "./harness/gate.ts";
import { environment } from "./harness/lab.ts";
import { append, firstStep, type Project, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { afterwards, folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const django = await onDjango();

describe("a build that makes other bytes each time", () => {
  it.each(["default", "shipshape-container", "shipshape-remote"])(
    "is released with the very bytes that were checked when another tool has built it before: with no-cache, and then without (builder: %s)",
    async (builder) => {
      const image = registry.repoName("stamp");
      const other = project("plain", django, unique(), stamped);
      const inputs = { image, builder, checks: "system" };
      const build = ["buildx", "build", "--quiet", "--builder", builder, "--no-cache"];
      const builtByAnother = () => docker(...build, "--output", "type=cacheonly", other.dir);

      // The builder's cache has older records of the same steps each time.
      await builtByAnother();
      const first = await step({ ...inputs, "no-cache": "true" }, { project: other, number: 1 });
      await expectShipped(first, image, "build-1");
      const stamp = await expectChecked(first, image);

      await builtByAnother();
      const second = await step(inputs, { project: other, number: 2 });
      await expectShipped(second, image, "build-2");
      expect(await expectChecked(second, image)).not.toBe(stamp);
    },
  );
});

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
    const other = project("plain", django, unique(), stamped, firstStep());
    const leave = await neighbour(other);
    const inputs = { image, builder, run: "cat /stamp", "no-cache": "true", checks: "system" };
    const tried = await step(inputs, { project: other });
    leave();
    await expectShipped(tried, image, "build-7");
    expect(tried.log).toMatch(/built another: sha256:[0-9a-f]{64} is checked before it gets a tag/);
    const stamp = await expectChecked(tried, image);
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
    const other = project("plain", django, unique(), counted, fails, firstStep());
    const leave = await neighbour(other);
    const tried = await step({ image, builder, checks: "system" }, { project: other });
    leave();
    expect(expectFailure(tried, "Checks failed").message).toContain("shop.E001");
    expect(await registry.tags(image)).toEqual([]);
    expect(tried.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
    expect(result(tried)).toMatchObject({ status: "failed", stage: "checks" });
  });
});
