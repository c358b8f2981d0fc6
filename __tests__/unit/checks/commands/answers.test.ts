import { describe, expect, it } from "@jest/globals";
import {
  answerOf,
  type CommandRun,
  containerPath,
  failedTests,
  namesOf,
  notRun,
} from "../../../../src/checks/commands/answers.ts";
import { conclude } from "../../../../src/checks/verdict.ts";
import type { Request } from "../../../../src/request/request.ts";
import { aVerdict } from "../../samples.ts";

/** What a command left behind, with the text of its JUnit file. */
type Left = Partial<CommandRun> & { readonly junit?: string };

function aRun({ junit, ...more }: Left = {}): CommandRun {
  return {
    line: "pytest -q",
    exitCode: 0,
    timeout: false,
    seconds: 1.5,
    output: "a\nb\n",
    cwd: "/app",
    ...failedTests(junit, (text) => text.replaceAll("s3cr3t&1", "***")),
    ...more,
  };
}

const JUNIT = `<testsuite><testcase classname="shop.tests.T" name="t" file="shop/tests.py"><failure message="m">shop/tests.py:4: E</failure></testcase></testsuite>`;

function answer(more: Left, places: Record<string, string> = {}) {
  return answerOf("pytest -q", aRun(more), new Map(Object.entries(places)), { target: "", timeout: 1800 });
}

function status(more: Left, failLevel: Request["failLevel"] = "WARNING") {
  return conclude([answer(more)], { failLevel, ignore: [] }, aVerdict()).status;
}

describe("a command's answer", () => {
  it("is clean when it ended with 0", () =>
    expect(answer({})).toMatchObject({
      exitCode: 0,
      findings: [],
      reason: "",
      output: "",
      seconds: 1.5,
      cached: false,
    }));

  it.each([
    [1, "ended with exit code 1."],
    [126, "could not be started"],
    [127, "no such program"],
    [137, "killed"],
  ])("with exit code %d says %s", (exitCode, words) => {
    const { findings, reason, output } = answer({ exitCode });
    expect(reason).toBe("");
    expect(output).toBe("a\nb");
    expect(findings).toMatchObject([
      { id: "run.failed", level: "ERROR", message: expect.stringContaining(words) },
    ]);
  });

  it.each([
    [
      "unittest",
      "======\nFAIL: test_str (bikes.tests.BikeTest.test_str)\n-----\nAssertionError",
      "FAIL: test_str (bikes.tests.BikeTest.test_str)",
    ],
    [
      "pytest",
      "== short test summary info ==\nFAILED bikes/tests.py::test_str - assert 1 == 2",
      "FAILED bikes/tests.py::test_str - assert 1 == 2",
    ],
  ])("names the failed tests of %s, and says how they get their lines", (_, output, name) => {
    const [only] = answer({ exitCode: 1, output }).findings;
    expect(only?.message.split("\n")[1]).toBe(name);
    expect(only?.hint).toContain("$JUNIT_XML");
    expect(answer({ exitCode: 1, output, junit: JUNIT }).findings[0]).toMatchObject({
      hint: "",
      message: "`pytest -q` ended with exit code 1.",
    });
  });

  it("keeps the last 20 lines of a failed command", () => {
    const output = Array.from({ length: 50 }, (_, index) => `line ${index}`).join("\n");
    expect(answer({ exitCode: 1, output }).output.split("\n")).toEqual(
      Array.from({ length: 20 }, (_, index) => `line ${index + 30}`),
    );
  });

  it.each<[Partial<CommandRun>, string]>([
    [{ timeout: true, exitCode: 143 }, "1800 seconds"],
    [{ exitCode: undefined }, "out of memory"],
  ])("could not be had when %j", (more, words) => {
    expect(answer(more)).toMatchObject({ reason: expect.stringContaining(words), findings: [] });
    expect(status(more)).toBe("error");
    expect(status(more, "never")).toBe("error");
  });

  it.each(["DEBUG", "WARNING", "ERROR", "CRITICAL", "never"] as const)(
    "fails at fail-level %s: a failed test has no level",
    (level) => expect(status({ exitCode: 1 }, level)).toBe("failed"),
  );

  it("has a finding for each failed test, at the repository's file where that is the same", () => {
    const found = answer(
      { exitCode: 1, junit: JUNIT },
      { "/app/shop/tests.py": "src/shop/tests.py" },
    ).findings;
    expect(found[1]).toMatchObject({
      id: "junit.failure",
      level: "ERROR",
      object: "shop.tests.T.t",
      message: "m",
      file: "src/shop/tests.py",
      line: 4,
      containerFile: "/app/shop/tests.py:4",
    });
    expect(answer({ exitCode: 1, junit: JUNIT }).findings[1]).toMatchObject({ file: "", line: undefined });
  });

  it("has no secret in its findings, however the file writes it", () => {
    const junit = `<testcase name="t s3cr3t&amp;1"><failure message="key was s3cr3t&#38;1">s3cr3t&amp;1</failure></testcase>`;
    const { findings } = answer({ exitCode: 1, junit });
    expect(findings[1]).toMatchObject({ message: "key was ***", object: "t ***" });
  });

  it("only informs of failures in a command that calls itself a success", () => {
    expect(answer({ junit: JUNIT }).findings).toMatchObject([{ level: "INFO" }]);
    expect(status({ junit: JUNIT })).toBe("passed");
  });

  it("notes a JUnit file that cannot be read, and how many tests there were", () => {
    expect(answer({ junit: "<" }).notes).toEqual([expect.stringContaining("no JUnit XML")]);
    expect(answer({ junit: JUNIT }).notes).toEqual(["1 test, 1 of them failed"]);
  });

  it.each(["KeyError: 'STRIPE_KEY'", "django.core.exceptions.ImproperlyConfigured: Set X"])(
    "says where a missing variable goes: %s",
    (output) => expect(answer({ exitCode: 1, output }).findings[0]?.hint).toContain("input `env`"),
  );
});

describe("a command that fails for what it was run with", () => {
  const hint = (line: string, output: string, exitCode = 1, target = "") =>
    answerOf("x", aRun({ line, exitCode, output }), new Map(), { target, timeout: 1800 }).findings[0]?.hint;

  it.each([
    ["pytest", "sh: pytest: not found", 127],
    ["python -m pytest", "No module named pytest", 1],
    ["pytest", "ModuleNotFoundError: No module named 'shop.tests.factories'", 1],
    ["python manage.py behave", "Unknown command: 'behave'", 1],
    ["python manage.py migrat", "Unknown command: 'migrat'.", 1],
  ])("does not name `run-target` as the way out where it is given: %s", (line, output, exitCode) => {
    const said = hint(line, output, exitCode, "test");
    expect(said).not.toContain("with the input `run-target`");
    if (/behave|pytest$/.test(output) || exitCode === 127)
      expect(said).toContain("ENV PATH=/app/.venv/bin:$PATH");
  });

  it.each<[string, string, string]>([
    // WeblateOrg/weblate#15173, RagtagOpen/nomad#542, nipy/nipype#1737
    ["python -m pytest", "/usr/local/bin/python: No module named pytest", "pytest is not installed there"],
    ["pytest -q", "E   ModuleNotFoundError: No module named 'factory'", "factory is not installed there"],
    [
      "python -m coverage run",
      "/usr/bin/python3: No module named coverage",
      "coverage is not installed there",
    ],
    [
      "python manage.py behave",
      "Unknown command: 'behave'\nType 'manage.py help'",
      "behave is not installed there",
    ],
    [
      "pytest --cov=shop",
      "ERROR: usage: pytest\npytest: error: unrecognized arguments: --cov=shop",
      "A plugin of pytest",
    ],
    ["pytest --ds=shop.test", "pytest: error: unrecognized arguments: --ds=shop.test", "A plugin of pytest"],
    ["pytest", "ModuleNotFoundError: No module named 'shop.tests.factories'", "is missing there"],
  ])("names `run-target` to %s", (line, output, words) => {
    expect(hint(line, output)).toContain(words);
    expect(hint(line, output)).toContain("`run-target`");
  });

  it("speaks of the project where its own module is missing", () => {
    const said = hint("pytest", "E   ModuleNotFoundError: No module named 'shop.pricing'");
    expect(said).toContain("The module shop.pricing is missing there. If it is the project's own");
    expect(said).not.toContain("test tools");
  });

  it("repeats Django's own suggestion", () => {
    const said = hint("python manage.py migrat", "Unknown command: 'migrat'. Did you mean migrate?\nType");
    expect(said).toContain("Django has no command migrat under these settings. Did you mean migrate?");
    expect(said).not.toContain("test tools");
  });

  it.each([
    // datamade/how-to#283, mozilla/kitsune#3060, apiaryio/polls-api#78
    ["pytest -q", "E       assert 301 == 200"],
    ["python manage.py test", "AssertionError: 301 != 200"],
    ["pytest", "django: version: 5.2, settings: shop.settings.production (from env)\nFAILED a.py::b"],
    ["pytest", "ValueError: Missing staticfiles manifest entry for 'shop/shop.css'"],
    ["python manage.py test", "DisallowedHost: Invalid HTTP_HOST header: 'testserver'."],
    ["pytest", "ImproperlyConfigured: Requested setting DATABASES, but settings are not configured."],
  ])("names the tests' own settings to %s: %s", (line, output) => {
    expect(hint(line, output)).toContain("`pytest --ds=SETTINGS`");
  });

  it("does not speak of settings where the command runs no tests", () =>
    expect(hint("python check.py", "assert 301 == 200")).toBe(""));
});

describe("the names of the commands", () => {
  it("are the commands, shortened and each once", () => {
    const long = "x".repeat(80);
    const names = namesOf(["pytest -q", `${long}1`, `${long}2`, "a\tb", "static"], ["static"]);
    expect(names).toEqual(["pytest -q", `${"x".repeat(59)}…`, `${"x".repeat(59)}… (2)`, "a b", "static (2)"]);
  });
});

describe("a failed test's file", () => {
  it.each([
    ["shop/tests.py", "/app", "/app/shop/tests.py"],
    ["/app/shop/tests.py", "/elsewhere", "/app/shop/tests.py"],
    ["../x.py", "/app", "/x.py"],
    ["x.py", "", "/x.py"],
    ["", "/app", ""],
  ])("%j in %j is %j", (file, cwd, path) => {
    const failure = { kind: "failure", test: "t", message: "m", file, line: 1 } as const;
    expect(containerPath(failure, aRun({ cwd }))).toBe(path);
  });
});

it("commands that could not be run at all have one reason each", () => {
  expect(notRun(["a", "b"], "why")).toMatchObject([
    { name: "a", reason: "why", findings: [] },
    { name: "b", reason: "for the same reason as `a`", findings: [] },
  ]);
});
