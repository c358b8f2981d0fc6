/** Builds that fail, and what they say; secrets of the build; an engine that is not there. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { stagingNames } from "./harness/docker.ts";
import { expectFailure, expectNothingShipped, expectShipped, result } from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const SECRET = "tok_9f2c7e51b0a84d36";

describe("a build that fails", () => {
  it.each<[string, Overlay, number, RegExp]>([
    ["an unknown instruction", fault.dockerfileTypo, 3, /COPPY/],
    ["a RUN that fails", fault.failingRun, 4, /exit code:? 42[\s\S]*about to fail/],
    ["a COPY of what is not there", fault.missingCopySource, 3, /requirements\.lock/],
    ["an owner that COPY --link cannot look up", fault.linkedOwner, 3, /give `--chown` numbers/],
    ["a base image that is not there", fault.missingBase, 2, /0\.1-never-was/],
    ["a secret that is not given", fault.usesSecrets("token"), 7, /token/],
  ])("is blamed on the Dockerfile's own line: %s", async (_, overlay, line, words) => {
    const image = registry.repoName("build");
    const tried = await step({ image }, { project: project("plain", overlay) });
    const error = expectFailure(tried, "Build failed");
    expect(error).toMatchObject({ file: "Dockerfile", line: String(line) });
    expect(error.message).toMatch(words);
    expect(result(tried)).toMatchObject({ status: "error", stage: "build", digest: "" });
    await expectNothingShipped(tried, image);
  });

  it("is blamed on the right file by the repository's own path, when the Dockerfile is somewhere else and the checkout is in a folder of the workspace, and prints no secret", async () => {
    const image = registry.repoName("build");
    const moved = project({
      "docker/web.Dockerfile":
        "FROM python:3.13-slim\nRUN --mount=type=secret,id=token cat /run/secrets/nothing\n",
      "src/manage.py": "",
    });
    const inputs = {
      image,
      context: "shop/src",
      file: "shop/docker/web.Dockerfile",
      secrets: `token=${SECRET}`,
    };
    const tried = await step(inputs, { project: moved, checkoutIn: "shop" });
    expect(expectFailure(tried, "Build failed")).toMatchObject({ file: "docker/web.Dockerfile", line: "2" });
    expect(tried.log + tried.summary + JSON.stringify(tried.outputs)).not.toContain(SECRET);
  });

  it("names the target that the Dockerfile does not have", async () => {
    const image = registry.repoName("build");
    const tried = await step({ image, target: "prodution" }, { project: project("plain") });
    expect(expectFailure(tried, "Build failed").message).toContain("prodution");
    await expectNothingShipped(tried, image);
  });
});

describe("secrets", () => {
  it("of the build and of the checks reach what they are for, and no log, output, layer or report", async () => {
    const given = { value: `${SECRET}-v`, variable: `${SECRET}-e`, file: `${SECRET}-f` };
    const image = registry.repoName("secret");
    const shop = project(
      "plain",
      await onDjango(),
      fault.usesSecrets(...Object.keys(given)),
      fault.asksForSecrets,
      fault.wantsNoNetwork,
      { "token.txt": given.file, ".dockerignore": ".git\ntoken.txt\n" },
    );
    const inputs = {
      image,
      provenance: "mode=max",
      secrets: `value=${given.value}`,
      "secret-envs": "variable=MY_TOKEN",
      "secret-files": "file=token.txt",
      env: `KEY=${SECRET}-k`,
      checks: "system",
      run: fault.NOTHING_STOLEN,
    };
    const tried = await step(inputs, { project: shop, env: { MY_TOKEN: given.variable } });
    await expectShipped(tried, image);
    const said = [
      tried.log,
      tried.summary,
      JSON.stringify([tried.outputs, tried.state, tried.exported]),
      readFileSync(tried.outputs.report ?? "", "utf8"),
    ];
    for (const text of said) expect(text).not.toContain(SECRET);
    // The sums prove that the search can find something, and that the build had the secrets.
    const sums = Object.values(given).map((value) => createHash("sha256").update(value).digest("hex"));
    expect(await registry.holding(image, "build-7", [SECRET, ...sums])).toEqual(sums);
  });
});

describe("without an engine", () => {
  it("says that there is no docker", async () => {
    const bare = folder("path");
    mkdirSync(join(bare, "bin"));
    symlinkSync(process.execPath, join(bare, "bin", "node"));
    const image = registry.repoName("engine");
    const tried = await step({ image }, { project: project("plain"), env: { PATH: join(bare, "bin") } });
    expect(expectFailure(tried, "Build failed").message).toMatch(/docker/i);
    // The buildx plugin may well be there without it: nothing is to be built that could not be pushed.
    expect(result(tried).digest).toBe("");
    expect(await stagingNames(tried.runId)).toEqual([]);
  });

  it("says that the engine does not answer", async () => {
    const image = registry.repoName("engine");
    const env = { DOCKER_HOST: `unix://${folder("socket")}/docker.sock` };
    const tried = await step({ image }, { project: project("plain"), env });
    expect(expectFailure(tried, "Build failed").message).toMatch(/Docker engine|DOCKER_HOST/);
  });

  it("says which builder does not exist", async () => {
    const image = registry.repoName("engine");
    const tried = await step({ image, builder: "never-created" }, { project: project("plain") });
    expect(expectFailure(tried, "Build failed").message).toContain("never-created");
  });
});
