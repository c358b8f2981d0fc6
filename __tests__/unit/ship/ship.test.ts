/** The step from the runner's environment to its exit code, as far as no engine is needed. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { ship } from "../../../src/ship/ship.ts";

let root = "";
let printed = "";
const before = process.env.GITHUB_OUTPUT;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ship-"));
  printed = "";
  for (const folder of ["workspace", "temp", "docker/cli-plugins", "action/probe"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "workspace", "Dockerfile"), "FROM scratch\n");
  for (const file of ["output", "summary"]) writeFileSync(join(root, file), "");
  process.env.GITHUB_OUTPUT = join(root, "output");
  // The probe's files lie next to the bundle.
  jest.replaceProperty(process, "argv", ["node", join(root, "action", "index.js")]);
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  if (before === undefined) delete process.env.GITHUB_OUTPUT;
  else process.env.GITHUB_OUTPUT = before;
  rmSync(root, { recursive: true });
});

/** Runs the step with a buildx that writes down that it was called, and fails. */
async function shipped(more: NodeJS.ProcessEnv = {}, signal = new AbortController().signal) {
  const buildx = join(root, "docker", "cli-plugins", "docker-buildx");
  const called = join(root, "called");
  writeFileSync(
    buildx,
    `#!/bin/sh\n: >${called}\n[ "$1" = version ] && echo github.com/docker/buildx v0.29.1 abc && exit 0\n` +
      "echo 'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2\nexit 1\n",
  );
  chmodSync(buildx, 0o755);
  const env = {
    PATH: process.env.PATH,
    HOME: root,
    DOCKER_CONFIG: join(root, "docker"),
    GITHUB_WORKSPACE: join(root, "workspace"),
    GITHUB_RUN_NUMBER: "7",
    GITHUB_STEP_SUMMARY: join(root, "summary"),
    RUNNER_TEMP: join(root, "temp"),
    INPUT_IMAGE: "ghcr.io/acme/shop",
    ...more,
  };
  const code = await ship(env, signal);
  const text = readFileSync(join(root, "output"), "utf8");
  const outputs = Object.fromEntries(
    [...text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n(.*?)\n\2$/gms)].map(([, name, , value]) => [name, value]),
  );
  const errors = printed.split("\n").filter((line) => line.startsWith("::error"));
  const result = JSON.parse(outputs.result ?? "{}");
  return { code, outputs, result, errors, asked: existsSync(called), left: readdirSync(join(root, "temp")) };
}

describe("a step that cannot start", () => {
  it("because of an input: is reported without a call of Docker, and leaves nothing", async () => {
    const { code, outputs, result, errors, asked, left } = await shipped({ INPUT_TAG: "not a tag" });
    expect({ code, asked, left }).toEqual({ code: 1, asked: false, left: [] });
    expect(outputs).toMatchObject({ app: "shop", report: "" });
    expect(result).toMatchObject({ status: "error", stage: "request", app: "shop", pushed: false });
    expect(errors).toEqual([expect.stringMatching(/^::error title=Invalid input.*tag/)]);
    expect(readFileSync(join(root, "summary"), "utf8")).toContain("Invalid input");
  });

  it("because the engine does not answer: says so, and leaves only its report", async () => {
    const { code, outputs, result, errors, asked, left } = await shipped();
    expect({ code, asked }).toEqual({ code: 1, asked: true });
    expect(outputs).toMatchObject({ app: "shop", report: join(root, "temp", left[0] ?? "", "report.json") });
    expect(result).toMatchObject({ status: "error", stage: "build", pushed: false });
    expect(errors).toEqual([
      expect.stringMatching(/^::error title=Build failed.*Cannot connect to the Docker daemon/),
    ]);
    expect(left).toEqual([expect.stringMatching(/^shipshape-shop-/)]);
    expect(readdirSync(join(root, "temp", left[0] ?? ""))).toEqual(["report.json"]);
  });

  it("because of a defect: asks that it is reported, with the stack", async () => {
    const { code, result, errors } = await shipped({ RUNNER_TEMP: join(root, "nowhere") });
    expect(code).toBe(1);
    expect(result.status).toBe("error");
    expect(errors.join()).toMatch(/This is a defect of shipshape; please report it\..*ENOENT/);
  });

  it("because the job was cancelled: says that nothing was pushed", async () => {
    const { code, result, errors } = await shipped({}, AbortSignal.abort());
    expect(code).toBe(1);
    expect(result.status).toBe("cancelled");
    expect(errors.join()).toContain("The step was cancelled; nothing was pushed.");
  });
});
