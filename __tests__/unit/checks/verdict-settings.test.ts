import { describe, expect, it } from "@jest/globals";
import { couldNotRunText } from "../../../src/reporters/text.ts";
import { probeCheck } from "../samples.ts";
import { verdict } from "./samples.ts";

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
      hint: "env: |\n  DATABASE_URL=…",
    }).findings;
    expect(only).toMatchObject({
      id: "settings.missing-variable",
      message:
        "shop.settings needs the environment variable DATABASE_URL, which neither the image nor `env` sets.",
      hint: "env: |\n  DATABASE_URL=…",
    });
  });

  it("name all the variables that are missing", () => {
    const variables = ["DATABASE_URL", "STRIPE_KEY", "SENTRY_DSN"];
    const [only] = crash({ kind: "missing-variable", variables, type: "KeyError", message: "x" }).findings;
    expect(only).toMatchObject({
      id: "settings.missing-variable",
      message:
        "shop.settings needs the environment variables DATABASE_URL, STRIPE_KEY and SENTRY_DSN, which neither the image nor `env` sets.",
    });
  });

  it("name what `env` sets in vain", () => {
    const error = {
      kind: "missing-variable",
      variables: ["STRIPE_KEY"],
      type: "KeyError",
      message: "STRIPE_KEY",
    };
    const check = probeCheck({ status: "settings", error });
    const reads = { complete: true, unread: [{ name: "STRIP_KEY", nearest: "STRIPE_KEY" }] };
    expect(verdict({ checks: { system: check }, reads }).findings[0]?.hint).toContain(
      "`env` sets STRIP_KEY, and nothing has read it: did you mean STRIPE_KEY?",
    );
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

  it("have the probe's advice", () => {
    const error = { kind: "missing-file", type: "FileNotFoundError", message: "x", hint: "Put it there." };
    expect(crash(error).findings[0]?.hint).toBe("Put it there.");
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
    message: "Install Django in the stage that is shipped",
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

  it("is reported once, with the interpreters that were tried, and with the probe's advice", () => {
    const text = couldNotRunText(nothing());
    expect(text.match(SAYS)).toHaveLength(1);
    expect(text).toContain("/usr/bin/python3");
    expect(text).not.toContain("..");
    expect(text).toContain("Install Django in the stage that is shipped");
  });
});
