import { describe, expect, it } from "@jest/globals";
import { type Examination, unexamined } from "../../../src/checks/django/run.ts";
import { mergePlatforms, type OnPlatform } from "../../../src/checks/platforms.ts";
import type { Answer } from "../../../src/checks/verdict.ts";
import { aFinding, aRequest } from "../samples.ts";

function anAnswer(more: Partial<Answer> = {}): Answer {
  return {
    name: "system",
    findings: [],
    seconds: 1,
    cached: false,
    silenced: 0,
    reason: "",
    output: "",
    notes: [],
    ...more,
  };
}

function on(platform: string, ...answers: Answer[]): OnPlatform {
  const { project } = unexamined(aRequest(), "");
  return { platform, examination: { started: true, answers, project, settings: {}, collected: [] } };
}

const AMD = "linux/amd64";
const ARM = "linux/arm64";

/** What two platforms answered, as one. */
function merged(amd: Partial<Answer>, arm: Partial<Answer>): Answer | undefined {
  return mergePlatforms([on(AMD, anAnswer(amd)), on(ARM, anAnswer(arm))]).answers[0];
}

it("one platform's answers are as they are: no finding names a platform", () => {
  const only = on("", anAnswer({ findings: [aFinding()], reason: "why" }));
  expect(mergePlatforms([only])).toEqual(only.examination);
});

describe("a finding of several platforms", () => {
  const same = aFinding({ message: "m" });

  it("is reported once, with its platforms", () =>
    expect(merged({ findings: [same] }, { findings: [same] })?.findings).toEqual([
      { ...same, platforms: [AMD, ARM] },
    ]));

  it("is counted as often as on the platform that has it most", () =>
    expect(
      merged({ findings: [{ ...same, count: 2 }] }, { findings: [{ ...same, count: 5 }] })?.findings,
    ).toEqual([{ ...same, count: 5, platforms: [AMD, ARM] }]));

  it("names the one platform that it was found on", () =>
    expect(merged({ findings: [] }, { findings: [same] })?.findings).toEqual([
      { ...same, platforms: [ARM] },
    ]));

  it.each([
    ["message", { message: "other" }],
    ["level", { level: "ERROR" as const }],
    ["id", { id: "x.W1" }],
    ["place", { file: "a.py", line: 3 }],
    ["place in the image", { containerFile: "/usr/lib/aarch64-linux-gnu/x.so" }],
  ])("is another one with another %s", (_, more) => {
    const other = { ...same, ...more };
    expect(merged({ findings: [same] }, { findings: [other] })?.findings).toEqual([
      { ...same, platforms: [AMD] },
      { ...other, platforms: [ARM] },
    ]);
  });
});

describe("a check of several platforms", () => {
  it.each<[string, Partial<Answer>, Partial<Answer>, Partial<Answer>]>([
    ["takes as long as the slowest", { seconds: 1 }, { seconds: 7 }, { seconds: 7 }],
    ["is cached when all are", { cached: true }, { cached: true }, { cached: true }],
    ["is not cached when one is not", { cached: true }, { cached: false }, { cached: false }],
    ["has the most silenced messages", { silenced: 3 }, { silenced: 1 }, { silenced: 3 }],
    ["has each note once", { notes: ["a", "b"] }, { notes: ["b", "c"] }, { notes: ["a", "b", "c"] }],
    [
      "leaves out what it left out on one",
      {},
      { skipped: "it was late" },
      { skipped: "on linux/arm64: it was late" },
    ],
    ["ran when it ran on all", {}, {}, { reason: "", output: "" }],
    [
      "names the platform on which it could not run",
      {},
      { reason: "it was late", output: "the end" },
      { reason: "on linux/arm64: it was late", output: "the end" },
    ],
    [
      "names the first of them",
      { reason: "it was late", output: "a" },
      { reason: "it crashed", output: "b" },
      { reason: "on linux/amd64: it was late", output: "a" },
    ],
  ])("%s", (_, amd, arm, both) => expect(merged(amd, arm)).toMatchObject(both));

  it("has the finding that says why it could not run", () => {
    const stopped = aFinding({ id: "settings.crashed" });
    expect(merged({}, { reason: "why", stopped })).toMatchObject({ stopped });
    expect(merged({}, {})).not.toHaveProperty("stopped");
  });

  it("keeps the findings of the platform on which it ran", () =>
    expect(merged({ findings: [aFinding()] }, { reason: "it was late" })).toMatchObject({
      reason: "on linux/arm64: it was late",
      findings: [{ platforms: [AMD] }],
    }));
});

it("the checks come in their order, with the first platform's project and settings", () => {
  const own: Examination = {
    ...unexamined(aRequest(), ""),
    answers: [anAnswer(), anAnswer({ name: "static" })],
    settings: { DEBUG: { value: false, supplied: "image", default_of: "", without: undefined } },
  };
  const both = mergePlatforms([
    { platform: AMD, examination: own },
    on(ARM, anAnswer({ name: "static", seconds: 9 }), anAnswer()),
  ]);
  expect(both).toMatchObject({ project: own.project, settings: own.settings });
  expect(both.answers.map(({ name, seconds }) => [name, seconds])).toEqual([
    ["system", 1],
    ["static", 9],
  ]);
});
