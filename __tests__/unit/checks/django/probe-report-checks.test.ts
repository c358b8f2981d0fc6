import { describe, expect, it } from "@jest/globals";
import { parseReport } from "../../../../src/checks/django/probe-report.ts";
import { UnreadableReport } from "../../../../src/checks/exported.ts";
import { probeCheck, rawReport } from "../../samples.ts";

function parsed(more: Readonly<Record<string, unknown>> = {}) {
  return parseReport(JSON.stringify(rawReport(more)));
}

function system(more: Readonly<Record<string, unknown>>) {
  const check = parsed({ checks: { system: probeCheck(more) } }).checks.get("system");
  if (check === undefined) throw new Error("no check");
  return check;
}

function finding(more: Readonly<Record<string, unknown>>) {
  const [only] = system({ findings: [{ level: "ERROR", id: "x.E1", message: "m", ...more }] }).findings;
  if (only === undefined) throw new Error("no finding");
  return only;
}

describe("a check of the report", () => {
  it.each(["completed", "settings", "crashed", "timeout", "exited"])("may be %s", (status) => {
    expect(system({ status }).status).toBe(status);
  });

  it.each([undefined, null, "", "passed", "COMPLETED", "completed ", 0, true, [], {}])(
    "with the status %j did not complete",
    (status) => expect(system({ status }).status).toBe("crashed"),
  );

  it.each([
    [1.25, 1.25],
    [0, 0],
    [-1, 0],
    ["3", 0],
    [null, 0],
    [true, 0],
  ])("with the seconds %j took %d", (seconds, took) => expect(system({ seconds }).seconds).toBe(took));

  it.each<[unknown, string[]]>([
    [undefined, []],
    [{ collected: 3 }, []],
    [{ examples: ["admin/css/base.css", "a b.png", "/etc/passwd", "x?y", "***.js"] }, ["admin/css/base.css"]],
    [
      { examples: Array.from({ length: 30 }, (_, index) => `a.${index}`) },
      Array.from({ length: 20 }, (_, index) => `a.${index}`),
    ],
  ])("with the counts %j has such files", (counts, examples) =>
    expect(system({ counts }).counts.examples).toEqual(examples),
  );

  it("takes a number that JSON allows and JavaScript cannot hold for none", () => {
    const text = JSON.stringify(rawReport()).replace('"seconds":0.4', '"seconds":1e999');
    expect(parseReport(text).checks.get("system")?.seconds).toBe(0);
  });

  it.each([
    [null, undefined],
    [undefined, undefined],
    ["text", undefined],
    [
      {},
      {
        kind: "",
        type: "",
        message: "",
        variables: [],
        hint: "",
        traceback: "",
        file: "",
        line: undefined,
      },
    ],
    [
      {
        kind: "exception",
        type: "KeyError",
        message: "X",
        file: "/app/s.py",
        line: 3,
        traceback: "T",
        variables: ["X", "Y"],
        hint: "Give it a value.\nenv: X=…",
      },
      {
        kind: "exception",
        type: "KeyError",
        message: "X",
        file: "/app/s.py",
        line: 3,
        traceback: "T",
        variables: ["X", "Y"],
        hint: "Give it a value.\nenv: X=…",
      },
    ],
  ])("with the error %j has %j", (error, read) => expect(system({ error }).error).toEqual(read));

  it("never loses a finding that would fail the step among thousands that would not", () => {
    const many = Array.from({ length: 5000 }, (_, n) => ({ level: "INFO", id: "x.I1", message: `m${n}` }));
    const levels = (() => {
      try {
        return system({ findings: [...many, { level: "ERROR", id: "x.E1", message: "bad" }] }).findings.map(
          ({ level }) => level,
        );
      } catch (error) {
        // To refuse the report is right, too.
        if (error instanceof UnreadableReport) return ["ERROR"];
        throw error;
      }
    })();
    expect(levels).toContain("ERROR");
  });
});

describe("a finding of the report", () => {
  it.each(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])("may be of the level %s", (level) => {
    expect(finding({ level }).level).toBe(level);
  });

  it.each([undefined, null, "", "warning", "FATAL", 30, {}])("of the level %j is not harmless", (level) => {
    expect(finding({ level }).level).toBe("ERROR");
  });

  it.each([
    [1, 1],
    [0, undefined],
    [-3, undefined],
    [1.5, undefined],
    ["7", undefined],
    [null, undefined],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])("in line %j has the line %j", (line, read) => expect(finding({ line }).line).toBe(read));

  it.each([
    [undefined, 1],
    [3, 3],
    [0, 1],
    [-4, 1],
    ["9", 1],
    [null, 1],
  ])("with the count %j was found %d times", (count, times) => expect(finding({ count }).count).toBe(times));

  it.each(["id", "object", "file"] as const)("has one line and 1000 characters in `%s` at most", (field) => {
    expect(finding({ [field]: "a\r\n::error::b\u0000\u001b[31m\u2028c\u007fd" })[field]).toBe(
      "a ::error::b [31m c d",
    );
    expect(finding({ [field]: "x".repeat(5000) })[field]).toHaveLength(1000);
  });

  it.each(["message", "hint"] as const)(
    "keeps the lines of `%s`, and 100,000 characters at most",
    (field) => {
      expect(finding({ [field]: "a\nb" })[field]).toBe("a\nb");
      expect(finding({ [field]: "x".repeat(200_000) })[field]).toHaveLength(100_000);
    },
  );

  it.each(["id", "message", "hint", "object", "file"] as const)(
    "has no `%s` when it is of another type",
    (field) => {
      for (const value of [7, true, null, [], {}]) expect(finding({ [field]: value })[field]).toBe("");
    },
  );

  it.each([
    [undefined, undefined],
    [null, undefined],
    [{ setting: "DEBUG" }, undefined],
    [{ text: 7 }, undefined],
    [{ text: "class" }, { app: "", name: "", path: "", operations: [], text: "class" }],
  ])("with the details %j has the migration %j", (details, migration) => {
    expect(finding({ details }).details).toEqual(migration);
  });
});
