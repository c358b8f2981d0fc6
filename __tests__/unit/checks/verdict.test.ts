import { describe, expect, it } from "@jest/globals";
import { answersOf, examined } from "../../../src/checks/django/answers.ts";
import { conclude, countLevels } from "../../../src/checks/verdict.ts";
import { couldNotRunText } from "../../../src/reporters/text.ts";
import { type FailLevel, type IgnoreRule, LEVELS, type Request } from "../../../src/request/request.ts";
import { forEachOf } from "../random.ts";
import { aFinding, aReport, aRequest, probeCheck } from "../samples.ts";

type Terms = Pick<Request, "checks" | "failLevel" | "ignore" | "timeout">;

interface Given {
  readonly terms?: Partial<Terms>;
  readonly places?: Readonly<Record<string, string>>;
  readonly cached?: boolean;
}

function verdict(
  report: Readonly<Record<string, unknown>>,
  { terms = {}, places = {}, cached = false }: Given = {},
) {
  const read = aReport(report);
  const asked = aRequest(terms);
  const answers = answersOf(read, asked, { places: new Map(Object.entries(places)), cached });
  return conclude(answers, asked, examined(read, asked));
}

/** A report whose `system` check has these findings and whose other checks are clean. */
function withFindings(...findings: Record<string, unknown>[]) {
  const made = findings.map((one) => ({ level: "WARNING", id: "x.W1", message: "m", ...one }));
  return {
    checks: { system: probeCheck({ findings: made }), migrations: probeCheck(), static: probeCheck() },
  };
}

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
    ([...LEVELS, "never"] as FailLevel[]).map(
      (failLevel, of) => [level, failLevel, at >= of ? "failed" : "passed"] as const,
    ),
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

describe("settings that cannot be loaded", () => {
  function crash(error: Record<string, unknown>, project: Record<string, unknown> = {}) {
    const check = probeCheck({ status: "settings", error });
    return verdict({
      checks: { system: check, migrations: check, static: check },
      project: {
        root: "/app",
        manage: "/app/manage.py",
        settings: "shop.settings",
        source: "wsgi.py",
        others: [],
        ...project,
      },
    });
  }

  it("make one finding, although they stop every check", () => {
    const { status, findings, checks } = crash({ kind: "exception", type: "ValueError", message: "no" });
    expect(status).toBe("error");
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      level: "CRITICAL",
      id: "settings.crashed",
      message: "Django cannot be set up with shop.settings: ValueError: no",
    });
    expect(checks.map((check) => check.status)).toEqual(["error", "error", "error"]);
  });

  it("name the variable that is missing, and the lines to add", () => {
    const [only] = crash({
      kind: "missing-variable",
      variables: ["DATABASE_URL"],
      type: "KeyError",
      message: "DATABASE_URL",
    }).findings;
    expect(only).toMatchObject({
      id: "settings.missing-variable",
      message:
        "shop.settings needs the environment variable DATABASE_URL, which neither the image nor `env` sets.",
      hint: expect.stringContaining("env: |\n  DATABASE_URL=…"),
    });
  });

  it("name all the variables that are missing, and the lines to add", () => {
    const variables = ["DATABASE_URL", "STRIPE_KEY", "SENTRY_DSN"];
    const [only] = crash({ kind: "missing-variable", variables, type: "KeyError", message: "x" }).findings;
    expect(only).toMatchObject({
      id: "settings.missing-variable",
      message:
        "shop.settings needs the environment variables DATABASE_URL, STRIPE_KEY and SENTRY_DSN, which neither the image nor `env` sets.",
      hint: expect.stringContaining("env: |\n  DATABASE_URL=…\n  STRIPE_KEY=…\n  SENTRY_DSN=…"),
    });
  });

  it("do not name a missing variable when its name is not known", () => {
    expect(crash({ kind: "missing-variable", type: "KeyError", message: "x" }).findings[0]?.id).toBe(
      "settings.crashed",
    );
  });

  it("are shown at the line that crashed, if the repository has that file", () => {
    const check = probeCheck({
      status: "settings",
      error: { kind: "exception", type: "E", message: "m", file: "/app/shop/settings.py", line: 9 },
    });
    const report = { checks: { system: check } };
    expect(
      verdict(report, { places: { "/app/shop/settings.py": "shop/settings.py" } }).findings[0],
    ).toMatchObject({ file: "shop/settings.py", line: 9 });
    expect(verdict(report).findings[0]).toMatchObject({
      file: "",
      line: undefined,
      containerFile: "/app/shop/settings.py:9",
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    [
      "other settings that there are",
      { kind: "missing-module", type: "ModuleNotFoundError", message: "No module named 'debug_toolbar'" },
      { others: [{ settings: "shop.prod", source: "manage.py" }] },
      "shop.prod (manage.py)",
    ],
    [
      "a file that is missing",
      { kind: "missing-file", type: "FileNotFoundError", message: "x" },
      {},
      "a file that is not in the image",
    ],
    [
      "a path of another user",
      { kind: "missing-file", type: "PermissionError", message: "[Errno 13] Permission denied: '/data'" },
      {},
      "USER may not use that path",
    ],
    [
      "a package that does not fit",
      { kind: "exception", type: "TypeError", message: "m", package: "django_push" },
      {},
      "inside the installed package django_push: see that its version fits Django 5.2",
    ],
    [
      "what was asked for and is not there",
      { kind: "exception", type: "E", message: "m", unset: ["PGHOST", "PGUSER"] },
      {},
      "asked for the variables PGHOST and PGUSER, which neither",
    ],
    [
      "what the crashing line reads",
      { kind: "exception", type: "ValueError", message: "m", read: ["PORT"], unset: ["PGHOST"] },
      {},
      "That line reads the variable PORT: see that the value is one that the settings can use.",
    ],
    ["what else may help", { kind: "exception", type: "E", message: "m" }, {}, "input `env`"],
  ])("hint at %s", (_, error, project, hint) => {
    expect(crash(error, project).findings[0]?.hint).toContain(hint);
  });

  it("that end the process are reported with what they printed", () => {
    const error = { kind: "exception", type: "SystemExit", message: "1" };
    const check = probeCheck({ status: "settings", error, output: "starting\n\nSet SHOP_KEY, please\n" });
    expect(verdict({ checks: { system: check } }).findings[0]?.message).toBe(
      "Django cannot be set up with shop.settings: SystemExit: 1, after it printed: starting / Set SHOP_KEY, please",
    );
  });

  it("are reported in a sentence too if nothing names a settings module", () => {
    const message = "Nothing says which settings module production uses. Name it with the input `settings`.";
    const { findings } = crash({ kind: "no-settings", message }, { settings: "" });
    expect(findings[0]?.message).toContain(message);
    expect(findings[0]?.message).not.toContain(": : ");
  });

  it("cannot be ignored", () => {
    const check = probeCheck({ status: "settings", error: { kind: "exception", type: "E", message: "m" } });
    const ignore = [{ text: "settings.crashed", check: "", id: "settings.crashed", paths: "" }];
    expect(verdict({ checks: { system: check } }, { terms: { checks: ["system"], ignore } })).toMatchObject({
      status: "error",
      findings: [{ id: "settings.crashed" }],
    });
  });
});

describe("an image in which there is nothing to check", () => {
  const error = {
    kind: "no-django",
    message: "No Python interpreter with Django was found in the image.",
    tried: [{ path: "/usr/bin/python3", reason: "Django is not installed there" }],
  };
  const nothing = () => verdict({ checks: {}, error, django: null, project: null });

  const SAYS = /no Python interpreter with Django was found in the image/gi;

  it("is an error of every check, with the probe's reason", () => {
    const { status, checks } = nothing();
    expect(status).toBe("error");
    expect(checks).toHaveLength(3);
    for (const check of checks)
      expect(check).toMatchObject({ status: "error", reason: expect.stringMatching(SAYS) });
  });

  it("is reported once, with the interpreters that were tried", () => {
    const text = couldNotRunText(nothing());
    expect(text.match(SAYS)).toHaveLength(1);
    expect(text).toContain("/usr/bin/python3");
    expect(text).not.toContain("..");
    expect(text).toContain("Install Django in the stage that is shipped");
  });
});

function rule(text: string): IgnoreRule {
  const [, check = "", id = "", paths = ""] = /^(?:([a-z]+):)?(\S+)(?:\s+(.*))?$/.exec(text) ?? [];
  return { text, check, id, paths };
}

describe("ignore", () => {
  const places = {
    "/app/shop/vendor/a.css": "shop/vendor/a.css",
    "/app/shop/b.css": "shop/b.css",
    "/app/.hidden/c.css": ".hidden/c.css",
    "/app/shop/vendor/.x/d.css": "shop/vendor/.x/d.css",
  };

  it.each<[string, Record<string, unknown>, boolean]>([
    ["x.W1", {}, true],
    ["x.W2", {}, false],
    ["x.W", {}, false],
    ["x.*", {}, false],
    ["X.W1", {}, false],
    ["system:x.W1", {}, true],
    ["static:x.W1", {}, false],
    ["x.W1 shop/vendor/**", { file: "/app/shop/vendor/a.css" }, true],
    ["x.W1 shop/vendor/*", { file: "/app/shop/vendor/a.css" }, true],
    ["x.W1 shop/*", { file: "/app/shop/vendor/a.css" }, false],
    ["x.W1 shop/**", { file: "/app/shop/vendor/a.css" }, true],
    ["x.W1 **/*.css", { file: "/app/shop/vendor/a.css" }, true],
    ["x.W1 **/*.js", { file: "/app/shop/vendor/a.css" }, false],
    ["x.W1 *.css", { file: "/app/shop/b.css" }, false],
    ["x.W1 shop/{a,b}.css", { file: "/app/shop/b.css" }, true],
    ["x.W1 shop/[ab].css", { file: "/app/shop/b.css" }, true],
    ["x.W1 shop/?.css", { file: "/app/shop/b.css" }, true],
    ["x.W1 shop/b.css", { file: "/app/shop/b.css" }, true],
    ["x.W1 app/shop/b.css", { file: "/app/shop/b.css" }, false],
    ["x.W1 **", { file: "/app/shop/b.css" }, true],
    ["x.W1 .hidden/**", { file: "/app/.hidden/c.css" }, true],
    ["x.W1 shop/vendor/**", { file: "/app/shop/vendor/.x/d.css" }, true],
    ["x.W1 **", { file: "/app/.hidden/c.css" }, true],
    ["x.W1 shop/vendor/", { file: "/app/shop/vendor/a.css" }, false],
    ["x.W1 shop/vendor", { file: "/app/shop/vendor/a.css" }, false],
    ["x.W1 **", {}, false],
    ["x.W1 **", { file: "/usr/lib/python3/x.css" }, false],
    ["system:x.W1 shop/**", { file: "/app/shop/b.css" }, true],
    ["static:x.W1 shop/**", { file: "/app/shop/b.css" }, false],
  ])("%j takes %j: %s", (text, finding, taken) => {
    const { status, findings, ignored } = verdict(withFindings(finding), {
      terms: { ignore: [rule(text)] },
      places,
    });
    expect({ status, left: findings.length, ignored }).toEqual(
      taken
        ? { status: "passed", left: 0, ignored: [{ rule: text, findings: 1 }] }
        : { status: "failed", left: 1, ignored: [{ rule: text, findings: 0 }] },
    );
  });

  it("counts how often a finding was reported", () => {
    const { ignored } = verdict(withFindings({ count: 3 }, { message: "n" }), {
      terms: { ignore: [rule("x.W1")] },
    });
    expect(ignored).toEqual([{ rule: "x.W1", findings: 4 }]);
  });

  it("counts a finding only for the first rule that matches it", () => {
    const { ignored } = verdict(withFindings({}), { terms: { ignore: [rule("x.W1"), rule("system:x.W1")] } });
    expect(ignored).toEqual([
      { rule: "x.W1", findings: 1 },
      { rule: "system:x.W1", findings: 0 },
    ]);
  });

  it("does not count ignored findings in the check's number of findings", () => {
    const { checks } = verdict(withFindings({}, { id: "y.W2" }), { terms: { ignore: [rule("x.W1")] } });
    expect(checks[0]?.findings).toBe(1);
  });
});

describe("a finding that depends on a value that shipshape supplied", () => {
  it.each([
    ["shipshape", "INFO"],
    ["user", "WARNING"],
    ["project", "WARNING"],
    [undefined, "WARNING"],
  ])("supplied by %s is %s", (supplied, level) => {
    const [finding] = verdict(withFindings({ id: "security.W020", hint: "h", supplied })).findings;
    expect(finding?.level).toBe(level);
    expect(finding?.hint.includes("supplied by shipshape")).toBe(level === "INFO");
  });
});

describe("the place of a finding", () => {
  it.each([
    [
      { file: "/app/a.py", line: 3 },
      { file: "a.py", line: 3, containerFile: "/app/a.py:3" },
    ],
    [{ file: "/app/a.py" }, { file: "a.py", line: undefined, containerFile: "/app/a.py" }],
    [
      { file: "/app/b.py", line: 3 },
      { file: "", line: undefined, containerFile: "/app/b.py:3" },
    ],
    [{}, { file: "", line: undefined, containerFile: "" }],
    [{ line: 3 }, { file: "", line: undefined, containerFile: "" }],
  ])("of %j is %j", (finding, place) => {
    expect(verdict(withFindings(finding), { places: { "/app/a.py": "a.py" } }).findings[0]).toMatchObject(
      place,
    );
  });
});

it.each([
  [["ERROR", "WARNING", "ERROR"], "2 ERROR, 1 WARNING"],
  [["INFO", "CRITICAL"], "1 CRITICAL, 1 INFO"],
  [[], ""],
] as const)("the levels %j are counted as %j", (levels, text) => {
  expect(countLevels(levels.map((level) => aFinding({ level })))).toBe(text);
});
