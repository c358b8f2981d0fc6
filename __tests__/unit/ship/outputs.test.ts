/** The exit code of a step that passed: it counts only if the outputs could be set. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it, jest } from "@jest/globals";
import { aPass } from "../reporters/samples.ts";
import { Runner } from "../runner.ts";

const { app: _, request: __, ...results } = aPass();

/** What the pipeline throws; empty = it passes. */
let defect = "";

/** A pipeline that passes, of a step that needs nothing. */
class Passes {
  readonly results = results;
  run = async () => {
    if (defect !== "") throw new Error(defect);
  };
  finish = async () => {};
}
jest.unstable_mockModule("../../../src/ship/pipeline.ts", () => ({ Pipeline: Passes }));
jest.unstable_mockModule("../../../src/ship/prepare.ts", () => ({
  prepare: async () => ({ ok: true, step: { setting: {} } }),
  probeFolder: () => "",
}));
const { ship } = await import("../../../src/ship/ship.ts");

const runner = new Runner();

beforeEach(() => writeFileSync(join(runner.folder, "Dockerfile"), ""));

function shipped(summary = ""): Promise<0 | 1> {
  const { folder } = runner;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GITHUB_WORKSPACE: folder,
    GITHUB_RUN_NUMBER: "7",
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: folder,
    INPUT_IMAGE: "ghcr.io/acme/shop",
  };
  return ship(env, new AbortController().signal);
}

it("a step that passed ends with 0", async () => {
  expect(await shipped()).toBe(0);
});

it.each([
  ["there is no such folder", () => join(runner.folder, "nowhere", "output"), "file for them.*is not there"],
  ["the runner names no file", () => "", "names no file for them"],
  ["the disk is full", () => "/dev/full", "ENOSPC"],
])(
  "a step whose outputs cannot be set fails: a deploy job must not go on without them (%s)",
  async (_, file, why) => {
    process.env.GITHUB_OUTPUT = file();
    expect(await shipped()).toBe(1);
    expect(runner.printed).toMatch(new RegExp(`::error::The step's outputs could not be set: .*${why}`));
  },
);

it("a step whose summary cannot be written warns, and its verdict stands", async () => {
  expect(await shipped("/dev/full")).toBe(0);
  expect(runner.printed).toMatch(/::warning::The job summary could not be written: .*ENOSPC/);
});

it("a defect asks that it is reported, with the stack", async () => {
  defect = "boom";
  expect(await shipped()).toBe(1);
  defect = "";
  expect(runner.printed).toMatch(/This is a defect of shipshape; please report it\..*Error: boom/);
});
