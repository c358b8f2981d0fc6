import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../../src/checks/finding.ts";
import { Failure } from "../../../src/failure.ts";
import { annotationsOf, failureAnnotation, type Used } from "../../../src/reporters/annotations.ts";
import type { Lint, Outcome } from "../../../src/reporters/outcome.ts";
import { aBuiltImage, aFinding, aRequest, aVerdict } from "../samples.ts";
import { CHECKOUT } from "./samples.ts";

const NONE: Used = { error: 0, warning: 0, notice: 0 };

function outcome(findings: Partial<Finding>[], more: Partial<Outcome> = {}): Outcome {
  const verdict = aVerdict({ findings: findings.map((one) => aFinding({ file: "a.py", line: 1, ...one })) });
  return { app: "shop", request: aRequest(), image: aBuiltImage(), verdict, ...more };
}

function many(count: number, more: Partial<Finding>): Partial<Finding>[] {
  return Array.from({ length: count }, (_, n) => ({ line: n + 1, message: `m${n}`, ...more }));
}

const LINT: Lint = {
  message: "FromAsCasing: 'as' and 'FROM' keywords' casing do not match",
  detail: "Match the case",
  url: "https://docs.docker.com/go/dockerfile/rule/from-as-casing/",
  file: "Dockerfile",
  line: 5,
};

describe("a finding's annotation", () => {
  it("is at its line, and has the check and the id as its title", () => {
    expect(annotationsOf(outcome([{ message: "m", hint: "h", object: "shop.Order" }]), NONE)).toEqual([
      {
        type: "error",
        title: "system: security.W004",
        message: "shop.Order: m\nh",
        file: "a.py",
        startLine: 1,
      },
    ]);
  });

  it("says on which of several platforms it was found", () => {
    const [one] = annotationsOf(
      outcome([{ message: "m", hint: "h", platforms: ["linux/amd64", "linux/386"] }]),
      NONE,
    );
    expect(one?.message).toBe("m (linux/amd64, linux/386)\nh");
  });

  it.each([
    ["WARNING", "WARNING", "error"],
    ["WARNING", "ERROR", "warning"],
    ["CRITICAL", "never", "warning"],
    ["INFO", "WARNING", "notice"],
    ["DEBUG", "DEBUG", "error"],
  ] as const)("of level %s where the step fails at %s is of the type %s", (level, failLevel, type) => {
    const [one] = annotationsOf(outcome([{ level }], { request: aRequest({ failLevel }) }), NONE);
    expect(one?.type).toBe(type);
  });

  it("is left out without a place in the repository", () => {
    expect(annotationsOf(outcome([{ file: "", containerFile: "/usr/lib/x.py:3" }]), NONE)).toEqual([]);
  });

  it("has a path from the root of the repository when the checkout is in a folder", () => {
    const checkout = { ...CHECKOUT, folder: "src" };
    expect(
      annotationsOf(outcome([{ file: "src/a.py" }, { file: "other/b.py" }], { checkout }), NONE),
    ).toEqual([expect.objectContaining({ file: "a.py" })]);
  });

  it("is left out when the files are of another commit or another repository", () => {
    expect(annotationsOf(outcome([{}], { checkout: { ...CHECKOUT, annotated: false } }), NONE)).toEqual([]);
  });

  it("keeps the runner's limit of 4,096 characters", () => {
    const [one] = annotationsOf(outcome([{ message: "x".repeat(9000) }]), NONE);
    expect(one?.message.length).toBeLessThan(4096);
  });
});

describe("the Dockerfile's warnings", () => {
  it("are annotated at their line", () => {
    expect(annotationsOf(outcome([], { lint: [LINT] }), NONE)).toEqual([
      {
        type: "warning",
        title: "Dockerfile: FromAsCasing",
        message: `'as' and 'FROM' keywords' casing do not match\nMatch the case\n${LINT.url}`,
        file: "Dockerfile",
        startLine: 5,
      },
    ]);
  });
});

describe("the runner's limit of ten a type", () => {
  const failure = new Failure("Checks failed", "x");

  it.each([
    [10, {}, NONE, 10, undefined],
    [11, {}, NONE, 10, "2 more errors"],
    [9, { failure }, NONE, 9, undefined],
    [10, { failure }, NONE, 9, "2 more errors"],
    [8, { failure }, { ...NONE, error: 2 }, 7, "2 more errors"],
    [5, { failure }, { ...NONE, error: 10 }, 0, undefined],
  ] as const)(
    "%d errors, with %j and %j before: %d, the last one is %j",
    (count, more, used, shown, last) => {
      const told = annotationsOf(outcome(many(count, { level: "ERROR" }), more), used);
      expect(told).toHaveLength(shown);
      expect(told.some(({ title }) => / more /.test(title ?? ""))).toBe(last !== undefined);
      if (last) expect(told.at(-1)?.title).toBe(last);
    },
  );

  it("holds for each type by itself, and keeps the worst", () => {
    const findings = [
      ...many(3, { level: "CRITICAL" }),
      ...many(12, { level: "ERROR" }),
      ...many(12, { level: "INFO" }),
    ];
    const told = annotationsOf(outcome(findings, { lint: [LINT] }), NONE);
    expect(told.filter(({ type }) => type === "error")).toHaveLength(10);
    expect(told.filter(({ type }) => type === "notice")).toHaveLength(10);
    expect(told.filter(({ type }) => type === "warning")).toHaveLength(1);
    expect(told[9]?.title).toBe("6 more errors");
  });
});

describe("the failure's annotation", () => {
  it("is left out for a pass", () => expect(failureAnnotation(outcome([]))).toBeUndefined());

  it("is at the failure's place, from the repository's root", () => {
    const failure = new Failure("Build failed", "why", { file: "src/Dockerfile", line: 3 });
    expect(failureAnnotation({ app: "shop", failure, checkout: { ...CHECKOUT, folder: "src" } })).toEqual({
      type: "error",
      title: "Build failed",
      message: "why",
      file: "Dockerfile",
      startLine: 3,
    });
  });

  it.each([
    ["Checks failed", "warning", "Checks failed: reported, not released"],
    ["Checks could not run", "warning", "Checks could not run: reported, not released"],
    ["Build failed", "error", "Build failed"],
    ["Publish failed", "error", "Publish failed"],
  ] as const)("%s is a %s with `fail-level: never`", (kind, type, title) => {
    const request = aRequest({ failLevel: "never" });
    expect(failureAnnotation(outcome([], { request, failure: new Failure(kind, "why") }))).toMatchObject({
      type,
      title,
    });
  });

  it("is one of the ten of its type", () => {
    const request = aRequest({ failLevel: "never" });
    const all = annotationsOf(
      outcome(many(12, {}), { request, failure: new Failure("Checks failed", "why") }),
      NONE,
    );
    expect(all.map(({ type }) => type)).toEqual(Array(9).fill("warning"));
  });

  it("is at the place where the settings fail to load, which is annotated once", () => {
    const crash = { level: "CRITICAL", id: "settings.crashed", file: "s.py", line: 9 } as const;
    const told = outcome([crash], { failure: new Failure("Checks could not run", "why") });
    expect(failureAnnotation(told)).toMatchObject({ file: "s.py", startLine: 9 });
    expect(annotationsOf(told, NONE)).toEqual([]);
  });
});
