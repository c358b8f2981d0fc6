import { describe, expect, it } from "@jest/globals";
import { byWeight, type Finding, reaches } from "../../../src/checks/finding.ts";
import { LEVELS } from "../../../src/request/request.ts";
import { forEachOf } from "../random.ts";
import { aFinding } from "../samples.ts";

describe("the threshold", () => {
  const pairs = LEVELS.flatMap((level, at) =>
    LEVELS.map((threshold, of) => [level, threshold, at >= of] as const),
  );

  it("is reached by its own level and by each worse one", () => {
    forEachOf(pairs, ([level, threshold, yes]) => {
      expect(reaches(level, threshold)).toBe(yes);
    });
  });
  it("`never` counts what WARNING counts", () => {
    forEachOf(LEVELS, (level) => {
      expect(reaches(level, "never")).toBe(reaches(level, "WARNING"));
    });
  });
});

describe("the order of findings", () => {
  it.each<[string, Partial<Finding>, Partial<Finding>]>([
    ["the worse level", { level: "CRITICAL", check: "z" }, { level: "ERROR", check: "a" }],
    ["then the check", { check: "migrations", file: "z" }, { check: "system", file: "a" }],
    ["then the file", { file: "a.py", line: 9 }, { file: "b.py", line: 1 }],
    ["then the line", { file: "a.py", line: 9, id: "z" }, { file: "a.py", line: 10, id: "a" }],
    ["a file's own finding before those of its lines", { file: "a.py" }, { file: "a.py", line: 1 }],
    ["then the id", { id: "a.W1", message: "z" }, { id: "b.W1", message: "a" }],
    ["then the message", { message: "a" }, { message: "b" }],
  ])("has %s first", (_, first, second) => {
    expect(byWeight(aFinding(first), aFinding(second))).toBeLessThan(0);
    expect(byWeight(aFinding(second), aFinding(first))).toBeGreaterThan(0);
  });

  it("is the same whatever came first", () => expect(byWeight(aFinding(), aFinding())).toBe(0));
});
