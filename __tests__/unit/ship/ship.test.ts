/** The step from the runner's environment to its exit code, as far as no engine is needed. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, jest } from "@jest/globals";
import { ship } from "../../../src/ship/ship.ts";
import { Runner } from "../runner.ts";

const runner = new Runner();

beforeEach(() => {
  for (const folder of ["workspace", "temp", "docker/cli-plugins", "action/probe"])
    mkdirSync(join(runner.folder, folder), { recursive: true });
  writeFileSync(join(runner.folder, "workspace", "Dockerfile"), "FROM scratch\n");
  // The probe's files lie next to the bundle.
  jest.replaceProperty(process, "argv", ["node", join(runner.folder, "action", "index.js")]);
});

/** Runs the step with a buildx that writes down that it was called, and fails. */
async function shipped(more: NodeJS.ProcessEnv = {}, signal = new AbortController().signal) {
  const buildx = join(runner.folder, "docker", "cli-plugins", "docker-buildx");
  const called = join(runner.folder, "called");
  writeFileSync(
    buildx,
    `#!/bin/sh\n: >${called}\n[ "$1" = version ] && echo github.com/docker/buildx v0.29.1 abc && exit 0\n` +
      "echo 'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2\nexit 1\n",
  );
  chmodSync(buildx, 0o755);
  const env = {
    PATH: process.env.PATH,
    HOME: runner.folder,
    DOCKER_CONFIG: join(runner.folder, "docker"),
    GITHUB_WORKSPACE: join(runner.folder, "workspace"),
    GITHUB_RUN_NUMBER: "7",
    GITHUB_STEP_SUMMARY: join(runner.folder, "summary"),
    RUNNER_TEMP: join(runner.folder, "temp"),
    INPUT_IMAGE: "ghcr.io/acme/shop",
    ...more,
  };
  const code = await ship(env, signal);
  const outputs = runner.outputs();
  const errors = runner.printed.split("\n").filter((line) => line.startsWith("::error"));
  const result = JSON.parse(outputs.result ?? "{}");
  return {
    code,
    outputs,
    result,
    errors,
    asked: existsSync(called),
    left: readdirSync(join(runner.folder, "temp")),
  };
}

describe("a step that cannot start", () => {
  it("because of an input: is reported without a call of Docker, and leaves nothing", async () => {
    const { code, outputs, result, errors, asked, left } = await shipped({ INPUT_TAG: "not a tag" });
    expect({ code, asked, left }).toEqual({ code: 1, asked: false, left: [] });
    expect(outputs).toMatchObject({ app: "shop", report: "" });
    expect(result).toMatchObject({ status: "error", stage: "request", app: "shop", pushed: false });
    expect(errors).toEqual([expect.stringMatching(/^::error title=Invalid input.*tag/)]);
    expect(readFileSync(join(runner.folder, "summary"), "utf8")).toContain("Invalid input");
  });

  it("because the engine does not answer: says so, and leaves only its report", async () => {
    const { code, outputs, result, errors, asked, left } = await shipped();
    expect({ code, asked }).toEqual({ code: 1, asked: true });
    expect(outputs).toMatchObject({
      app: "shop",
      report: join(runner.folder, "temp", left[0] ?? "", "report.json"),
    });
    expect(result).toMatchObject({ status: "error", stage: "build", pushed: false });
    expect(errors).toEqual([
      expect.stringMatching(/^::error title=Build failed.*Cannot connect to the Docker daemon/),
    ]);
    expect(left).toEqual([expect.stringMatching(/^shipshape-shop-/)]);
    expect(readdirSync(join(runner.folder, "temp", left[0] ?? ""))).toEqual(["report.json"]);
  });

  it("because RUNNER_TEMP is a file, or is below one: says so", async () => {
    for (const place of ["summary", "summary/below"]) {
      const { code, result, errors } = await shipped({ RUNNER_TEMP: join(runner.folder, place) });
      expect(code).toBe(1);
      expect(result).toMatchObject({ status: "error", stage: "build" });
      expect(errors.join()).toMatch(/^::error title=Build failed.*RUNNER_TEMP.*a file\. Does a step before/);
    }
  });

  it("makes RUNNER_TEMP where it is not there", async () => {
    const { errors, outputs } = await shipped({ RUNNER_TEMP: join(runner.folder, "a/b") });
    expect(errors.join()).toContain("Cannot connect to the Docker daemon");
    expect(outputs.report).toContain(join(runner.folder, "a/b/shipshape-shop-"));
  });

  it("because RUNNER_TEMP cannot be used for another reason: says so, and does not call it a defect", async () => {
    const { code, errors } = await shipped({ RUNNER_TEMP: `${runner.folder}/${"x".repeat(300)}` });
    expect(code).toBe(1);
    expect(errors.join()).toMatch(/RUNNER_TEMP.*ENAMETOOLONG/);
    expect(errors.join()).not.toContain("defect");
  });

  it("because a stranger's checkout lies below the workspace: is refused, and git is not asked there", async () => {
    const workspace = join(runner.folder, "workspace");
    const marker = join(runner.folder, "ran");
    const git = (folder: string, ...args: string[]) =>
      execFileSync("git", ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
        stdio: "pipe",
      });
    const pull = join(workspace, "pr");
    mkdirSync(pull, { recursive: true });
    for (const folder of [workspace, pull]) git(folder, "init", "--quiet");
    git(pull, "commit", "--quiet", "--allow-empty", "-m", "theirs");
    // Whatever git would look for, it would start this.
    git(pull, "config", "core.fsmonitor", `touch ${marker}`);
    git(pull, "config", "filter.x.clean", `touch ${marker}`);
    writeFileSync(join(pull, ".git/info/attributes"), "* filter=x\n");
    writeFileSync(join(pull, "Dockerfile"), "FROM scratch\n");
    const event = join(runner.folder, "event.json");
    writeFileSync(
      event,
      JSON.stringify({
        workflow_run: { head_sha: "1".repeat(40), head_repository: { full_name: "mallory/shop" } },
      }),
    );
    const { code, errors, asked } = await shipped({
      GITHUB_EVENT_NAME: "workflow_run",
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: "acme/shop",
      INPUT_CONTEXT: "pr",
    });
    expect({ code, asked }).toEqual({ code: 1, asked: false });
    expect(errors.join()).toMatch(/Invalid input.*another checkout than the workspace's own/);
    expect(existsSync(marker)).toBe(false);
  });

  it("because the job was cancelled: says that nothing was pushed", async () => {
    const { code, result, errors } = await shipped({}, AbortSignal.abort());
    expect(code).toBe(1);
    expect(result.status).toBe("cancelled");
    expect(errors.join()).toContain("The step was cancelled; nothing was pushed.");
  });
});
