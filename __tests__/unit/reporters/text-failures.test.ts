import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../../src/checks/finding.ts";
import { checksFailedText, couldNotRunText } from "../../../src/reporters/text.ts";
import { aFinding, aResult, aVerdict } from "../samples.ts";

describe("checks that failed", () => {
  const failed = (names: string[], findings: Partial<Finding>[]) =>
    checksFailedText(
      aVerdict({
        status: "failed",
        checks: names.map((name) => aResult({ name, status: "failed" })),
        findings: findings.map(aFinding),
      }),
      "WARNING",
    );

  it("are reported with their findings", () => {
    expect(
      failed(
        ["system"],
        [{ level: "ERROR", id: "a.E1", message: "first\nsecond", file: "a.py", line: 1 }, { message: "m" }],
      ),
    ).toBe(
      "The image did not pass system: 1 ERROR, 1 WARNING (fail-level is WARNING). Nothing was pushed.\n" +
        "- ERROR a.E1 at a.py:1: first\n- WARNING security.W004: m\n" +
        "To accept a finding, add its id to `ignore`.",
    );
  });

  it("are not said to be of the image when they are commands, which may run in another stage", () => {
    const verdict = (names: string[]) =>
      aVerdict({
        status: "failed",
        checks: names.map((name) =>
          aResult({
            name,
            status: "failed",
            ...(name === "pytest" ? { exitCode: 1, output: "the end" } : {}),
          }),
        ),
        findings: [
          aFinding({
            check: "pytest",
            id: "run.failed",
            level: "ERROR",
            message: "`pytest` ended with exit code 1.",
            hint: "h",
          }),
          ...(names.length > 1 ? [aFinding()] : []),
        ],
      });
    expect(checksFailedText(verdict(["pytest"]), "WARNING")).toBe(
      "`pytest` failed. Nothing was pushed.\n- ERROR run.failed: `pytest` ended with exit code 1.\n" +
        "- the last lines of `pytest`:\nthe end\nh",
    );
    expect(checksFailedText(verdict(["system", "pytest"]), "WARNING")).toMatch(
      /^The image did not pass system: 1 WARNING \(fail-level is WARNING\)\. `pytest` failed\. Nothing was pushed\.\n/,
    );
  });

  it("point to the hints if there are any", () => {
    expect(failed(["system"], [{ hint: "h" }])).toMatch(
      /The log has hints for them\. To accept a finding, add its id to `ignore`\.$/,
    );
  });

  it.each([
    [["system"], "system"],
    [["system", "static"], "system and static"],
    [["system", "migrations", "static"], "system, migrations and static"],
  ])("%j are %j", (names, text) => expect(failed(names, [])).toContain(`did not pass ${text}:`));

  it("are reported with at most five findings, and how many more there are", () => {
    const text = failed(
      ["system"],
      Array.from({ length: 8 }, (_, n) => ({ message: `m${n}` })),
    );
    expect(text).toContain("m4");
    expect(text).not.toContain("m5");
    expect(text).toContain("- and 3 more");
  });

  it("are not reported with findings below fail-level, which are only counted", () => {
    const text = failed(
      ["system"],
      [{ level: "ERROR", message: "bad" }, { message: "odd" }, { level: "INFO", message: "tip", hint: "h" }],
    );
    expect(text).toContain("did not pass system: 1 ERROR, 1 WARNING (fail-level");
    expect(text).not.toContain("tip");
    expect(text).not.toContain("The log has hints");
    expect(text).toContain("- and 1 more, in the log and the report");
  });

  it("are reported with the checks that could not run", () => {
    const checks = [
      aResult({ status: "failed" }),
      aResult({ name: "static", status: "error", reason: "it crashed" }),
    ];
    expect(checksFailedText(aVerdict({ status: "failed", checks }), "ERROR")).toContain(
      "- static could not run: it crashed",
    );
  });

  it("are reported with long lines cut", () => {
    expect(failed(["system"], [{ message: "x".repeat(5000) }]).length).toBeLessThan(600);
  });
});

describe("checks that could not run", () => {
  it("are each reported with the reason and the end of their output", () => {
    const output = Array.from({ length: 30 }, (_, n) => `line ${n}`).join("\n");
    const text = couldNotRunText(
      aVerdict({
        status: "error",
        checks: [
          aResult(),
          aResult({ name: "static", status: "error", reason: "it crashed", output: `${output}\n` }),
          aResult({ name: "migrations", status: "error", reason: "it was late" }),
        ],
      }),
    );
    expect(text).toMatch(/^static: it crashed\.\nIts last lines:\nline 20\n/);
    expect(text).toMatch(/line 29\nmigrations: it was late\.$/);
  });

  it("are reported once when the settings are the reason", () => {
    const checks = ["system", "static"].map((name) =>
      aResult({ name, status: "error", reason: "the settings could not be loaded" }),
    );
    const findings = [
      aFinding({
        level: "CRITICAL",
        id: "settings.crashed",
        message: "shop.settings could not be loaded: E: m",
        hint: "do this",
        file: "shop/settings.py",
        line: 9,
      }),
    ];
    expect(couldNotRunText(aVerdict({ status: "error", checks, findings }))).toBe(
      "shop.settings could not be loaded: E: m (shop/settings.py:9)\ndo this",
    );
  });

  it("are reported once when there is nothing to check", () => {
    const checks = ["system", "static"].map((name) =>
      aResult({ name, status: "error", reason: "no project" }),
    );
    expect(couldNotRunText(aVerdict({ status: "error", problem: "no project", checks }))).toBe("No project.");
  });

  it("are not taken for a settings crash because an app is called `settings`", () => {
    const checks = [aResult(), aResult({ name: "static", status: "error", reason: "it was late" })];
    const findings = [aFinding({ level: "INFO", id: "settings.I001", message: "nice" })];
    expect(couldNotRunText(aVerdict({ status: "error", checks, findings }))).toContain("it was late");
  });
});
