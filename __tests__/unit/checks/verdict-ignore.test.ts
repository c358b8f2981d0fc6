import { describe, expect, it } from "@jest/globals";
import type { IgnoreRule } from "../../../src/request/request.ts";
import { verdict, withFindings } from "./samples.ts";

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

describe("a finding that depends on a value that shipshape or `env` supplied", () => {
  it.each([
    ["shipshape", "INFO"],
    ["user", "INFO"],
    ["project", "WARNING"],
    [undefined, "WARNING"],
  ])("supplied by %s is %s", (supplied, level) => {
    const [finding] = verdict(withFindings({ id: "security.W020", hint: "h", supplied })).findings;
    expect(finding?.level).toBe(level);
    expect(finding?.hint.includes("supplied by shipshape")).toBe(supplied === "shipshape");
    expect(finding?.hint.startsWith("Its value comes from `env`")).toBe(supplied === "user");
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
