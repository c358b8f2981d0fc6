/** Builds that fail, and what they say; secrets of the build; an engine that is not there. */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { docker, stagingNames } from "./harness/docker.ts";
import { expectFailure, expectNothingShipped, expectShipped, result } from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { afterwards, folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

describe("a build that fails", () => {
  it.each<[string, Overlay, number, RegExp]>([
    ["an unknown instruction", fault.dockerfileTypo, 3, /COPPY/],
    ["a RUN that fails", fault.failingRun, 4, /exit code:? 42/],
    ["a COPY of what is not there", fault.missingCopySource, 3, /requirements\.lock/],
    ["a base image that is not there", fault.missingBase, 2, /0\.1-never-was/],
  ])("is blamed on the Dockerfile's own line: %s", async (_, overlay, line, words) => {
    const image = registry.repoName("build");
    const tried = await step({ image }, { project: project("plain", overlay) });
    const error = expectFailure(tried, "Build failed");
    expect(error).toMatchObject({ file: "Dockerfile", line: String(line) });
    expect(error.message).toMatch(words);
    expect(result(tried)).toMatchObject({ status: "error", stage: "build", digest: "" });
    await expectNothingShipped(tried, image);
  });

  it("shows the end of what the failing RUN printed", async () => {
    const image = registry.repoName("build");
    const tried = await step({ image }, { project: project("plain", fault.failingRun) });
    expectFailure(tried, "Build failed");
    expect(tried.log).toContain("about to fail");
  });

  it("is blamed on the right file, when the Dockerfile is somewhere else", async () => {
    const image = registry.repoName("build");
    const moved = project({
      "docker/web.Dockerfile": "FROM python:3.13-slim\nRUN exit 42\n",
      "src/manage.py": "",
    });
    const tried = await step({ image, context: "src", file: "docker/web.Dockerfile" }, { project: moved });
    expect(expectFailure(tried, "Build failed")).toMatchObject({ file: "docker/web.Dockerfile", line: "2" });
  });

  it("names the target that the Dockerfile does not have", async () => {
    const image = registry.repoName("build");
    const tried = await step({ image, target: "prodution" }, { project: project("plain") });
    expect(expectFailure(tried, "Build failed").message).toContain("prodution");
    await expectNothingShipped(tried, image);
  });

  it("names the Dockerfile that is not there", async () => {
    const image = registry.repoName("build");
    const tried = await step({ image, file: "docker/Dockerfile" }, { project: project("plain") });
    expect(tried.code).toBe(1);
    expect(tried.commands.find(({ name }) => name === "error")?.message).toContain("docker/Dockerfile");
    await expectNothingShipped(tried, image);
  });
});

describe("a secret of the build", () => {
  const SECRET = "tok_9f2c7e51b0a84d36";

  it.each<[string, (dir: string) => Record<string, string>, Record<string, string>]>([
    ["secrets", () => ({ secrets: `token=${SECRET}` }), {}],
    ["secret-envs", () => ({ "secret-envs": "token=MY_TOKEN" }), { MY_TOKEN: SECRET }],
    ["secret-files", () => ({ "secret-files": "token=token.txt" }), {}],
  ])("given by %s reaches the build, and no log, output, layer or report", async (_, inputs, env) => {
    const image = registry.repoName("secret");
    const plain = project("plain", fault.usesSecret, {
      "token.txt": SECRET,
      ".dockerignore": ".git\ntoken.txt\n",
    });
    const given = { image, provenance: "mode=max", "no-cache-filters": "", ...inputs(plain.dir) };
    const tried = await step(given, { project: plain, env });
    await expectShipped(tried, image);
    expect(tried.log).not.toContain(SECRET);
    expect(tried.summary).not.toContain(SECRET);
    expect(JSON.stringify([tried.outputs, tried.state, tried.exported])).not.toContain(SECRET);
    expect(readFileSync(tried.outputs.report ?? "", "utf8")).not.toContain(SECRET);
    expect(await registry.holds(image, "build-7", SECRET)).toBe(false);
    // The proof that the search can find something, and that the build had the secret.
    expect(await registry.holds(image, "build-7", createHash("sha256").update(SECRET).digest("hex"))).toBe(
      true,
    );
  });

  it("that is not given is named", async () => {
    const image = registry.repoName("secret");
    const tried = await step({ image }, { project: project("plain", fault.usesSecret) });
    expect(expectFailure(tried, "Build failed").message).toContain("token");
    await expectNothingShipped(tried, image);
  });

  it("is not printed when the build fails", async () => {
    const image = registry.repoName("secret");
    const plain = project(
      "plain",
      fault.inDockerfile("RUN --mount=type=secret,id=token cat /run/secrets/nothing"),
    );
    const tried = await step({ image, secrets: `token=${SECRET}` }, { project: plain });
    expectFailure(tried, "Build failed");
    expect(tried.log + tried.summary + JSON.stringify(tried.outputs)).not.toContain(SECRET);
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

  it("says that the builder cannot be reached", async () => {
    const builder = `gone-${randomBytes(3).toString("hex")}`;
    await docker("buildx", "create", "--name", builder, "--driver", "remote", "tcp://127.0.0.1:1");
    afterwards(async () => void (await docker("buildx", "rm", "--force", builder)));
    const image = registry.repoName("engine");
    const tried = await step({ image, builder }, { project: project("plain") });
    const { message } = expectFailure(tried, "Build failed");
    expect(message).toContain("The builder does not answer");
    expect(message).toContain("docker buildx ls");
  });

  it("says which builder does not exist", async () => {
    const image = registry.repoName("engine");
    const tried = await step({ image, builder: "never-created" }, { project: project("plain") });
    expect(expectFailure(tried, "Build failed").message).toContain("never-created");
  });
});
