import { describe, expect, it } from "@jest/globals";
import { countLevels } from "../../../src/checks/verdict.ts";
import { type FailLevel, LEVELS } from "../../../src/request/request.ts";
import { forEachOf } from "../random.ts";
import { aFinding, probeCheck } from "../samples.ts";
import { type Given, verdict, withFindings } from "./samples.ts";

function statuses(report: Readonly<Record<string, unknown>>, given: Given = {}) {
  const { status, checks } = verdict(report, given);
  return { status, checks: Object.fromEntries(checks.map((check) => [check.name, check.status])) };
}

describe("the verdict", () => {
  it("is a pass when every check completed and found nothing", () => {
    expect(verdict({})).toMatchObject({
      status: "passed",
      findings: [],
      ignored: [],
      django: { version: "5.2.8", python: "3.13.5", settings: "shop.settings", manage: "/app/manage.py" },
      settingsSource: "wsgi.py",
    });
  });

  const levels = LEVELS.flatMap((level, at) =>
    ([...LEVELS, "never"] as FailLevel[]).map((failLevel) => {
      // `never` judges as WARNING does. What follows from the verdict is the step's matter.
      const of = LEVELS.indexOf(failLevel === "never" ? "WARNING" : failLevel);
      return [level, failLevel, at >= of ? "failed" : "passed"] as const;
    }),
  );

  it("fails for a finding of the fail-level or a worse one, and for no other", () => {
    forEachOf(levels, ([level, failLevel, status]) => {
      expect(statuses(withFindings({ level }), { terms: { failLevel } })).toEqual({
        status,
        checks: { system: status, migrations: "passed", static: "passed" },
      });
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      "crashed",
      { status: "crashed", error: { type: "ValueError", message: "no", file: "/app/x.py", line: 3 } },
      "it crashed: ValueError: no (/app/x.py:3)",
    ],
    ["crashed without a word", { status: "crashed" }, "it crashed"],
    ["took too long", { status: "timeout" }, "it was not done after 300 seconds"],
    [
      "ended its process",
      { status: "exited", error: { message: "exit code 3" } },
      "its process ended by itself: exit code 3",
    ],
    [
      "ended its process without a word",
      { status: "exited" },
      "its process ended by itself: no reason was given",
    ],
    ["had no settings", { status: "settings" }, "Django could not be set up"],
    ["has an unknown status", { status: "passed" }, "it crashed"],
  ])("is an error when a check %s", (_, check, reason) => {
    const { status, checks } = verdict({
      checks: { system: probeCheck(check), migrations: probeCheck(), static: probeCheck() },
    });
    expect(status).toBe("error");
    expect(checks[0]).toMatchObject({
      name: "system",
      status: "error",
      reason: expect.stringContaining(reason),
    });
    expect(checks[1]).toMatchObject({ status: "passed", reason: "" });
  });

  it("is skipped, and not passed, where a check could not judge something", () => {
    const skipped = "it is not known whether shop.wsgi can be loaded.";
    const { status, checks } = verdict(
      { checks: { start: probeCheck({ skipped }) } },
      { terms: { checks: ["start"] } },
    );
    expect(status).toBe("passed");
    expect(checks[0]).toMatchObject({ status: "skipped", skipped: skipped.slice(0, -1) });
  });

  it.each([
    [{ message: "boom" }, "boom"],
    [{ type: "ValueError" }, "ValueError"],
  ])("describes a crash with what is known about it: %j", (error, words) => {
    const { checks } = verdict(
      { checks: { system: probeCheck({ status: "crashed", error }) } },
      { terms: { checks: ["system"] } },
    );
    expect(checks[0]?.reason).toBe(`it crashed: ${words}`);
  });

  it("is an error when the report lacks a check that was asked for", () => {
    const { status, checks } = verdict({ checks: { system: probeCheck(), static: probeCheck() } });
    expect(status).toBe("error");
    expect(checks[1]).toMatchObject({
      name: "migrations",
      status: "error",
      reason: "it wrote no report",
      findings: 0,
    });
  });

  it.each(["__proto__", "constructor", "toString"])(
    "is an error for a check named %s that did not run",
    (name) => {
      expect(verdict({}, { terms: { checks: [name] } }).status).toBe("error");
    },
  );

  it("does not depend on checks that were not asked for", () => {
    const checks = {
      system: probeCheck(),
      migrations: probeCheck({ status: "crashed" }),
      static: probeCheck({ findings: [{ level: "ERROR", id: "a", message: "b" }] }),
    };
    expect(verdict({ checks }, { terms: { checks: ["system"] } })).toMatchObject({
      status: "passed",
      findings: [],
    });
  });

  it("is not changed by a settings crash of a check that was not asked for", () => {
    const checks = {
      system: probeCheck(),
      other: probeCheck({ status: "settings", error: { kind: "exception", type: "X", message: "y" } }),
    };
    expect(verdict({ checks }, { terms: { checks: ["system"] } })).toMatchObject({
      status: "passed",
      findings: [],
    });
  });

  it("is a failure when one check failed and another could not run, because the findings count", () => {
    const checks = {
      system: probeCheck({ findings: [{ level: "ERROR", id: "a", message: "b" }] }),
      migrations: probeCheck({ status: "timeout" }),
      static: probeCheck(),
    };
    expect(statuses({ checks })).toEqual({
      status: "failed",
      checks: { system: "failed", migrations: "error", static: "passed" },
    });
  });

  it("is an error with fail-level never too, when a check could not run", () => {
    expect(
      verdict(
        { checks: { system: probeCheck({ status: "timeout" }) } },
        { terms: { failLevel: "never", checks: ["system"] } },
      ).status,
    ).toBe("error");
  });

  it("has the seconds, the silenced messages and the notes of each check, and whether it was cached", () => {
    const checks = { system: probeCheck({ seconds: 2.5, silenced: 3, notes: ["n"] }) };
    expect(verdict({ checks }, { terms: { checks: ["system"] }, cached: true }).checks).toEqual([
      {
        name: "system",
        status: "passed",
        findings: 0,
        seconds: 2.5,
        cached: true,
        silenced: 3,
        reason: "",
        output: "",
        notes: ["n"],
      },
    ]);
  });

  it("keeps the end of the output of a check that could not run", () => {
    expect(
      verdict({ checks: { system: probeCheck({ status: "exited", output: "bye" }) } }).checks[0]?.output,
    ).toBe("bye");
    expect(verdict({ checks: { system: probeCheck({ output: "hello" }) } }).checks[0]?.output).toBe("");
  });

  it("names the time limit that was too short", () => {
    const checks = { system: probeCheck({ status: "timeout" }) };
    expect(verdict({ checks }, { terms: { timeout: 42 } }).checks[0]?.reason).toContain("42 seconds");
  });

  it("lists the worst findings first", () => {
    const { findings } = verdict(
      withFindings({ level: "INFO" }, { level: "CRITICAL" }, { level: "WARNING" }),
    );
    expect(findings.map(({ level }) => level)).toEqual(["CRITICAL", "WARNING", "INFO"]);
  });
});

it.each([
  [["ERROR", "WARNING", "ERROR"], "2 ERROR, 1 WARNING"],
  [["INFO", "CRITICAL"], "1 CRITICAL, 1 INFO"],
  [[], ""],
] as const)("the levels %j are counted as %j", (levels, text) => {
  expect(countLevels(levels.map((level) => aFinding({ level })))).toBe(text);
});
