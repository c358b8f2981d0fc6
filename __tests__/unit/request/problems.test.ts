import { describe, expect, it } from "@jest/globals";
import { Failure } from "../../../src/failure.ts";
import { either, nearest, Problems, show } from "../../../src/request/problems.ts";

describe("a value in a message", () => {
  it.each([
    ["stands in quotes", "build 7", '"build 7"'],
    ["stays on its line", "a\nb\r\tc", '"a\\nb\\r\\tc"'],
    ["begins no workflow command", "x\n::set-output name=digest::y", '"x\\n::set-output name=digest::y"'],
    ["has no NUL", "a\0b", '"a\\u0000b"'],
    ["has no escape sequence", "\u001b[31mred", '"\\u001b[31mred"'],
    ["has no C1 control", "a\u009bb", '"a\\u009bb"'],
    ["has no right-to-left mark", "a\u202eb", '"a\\u202eb"'],
    ["has no line separator", "a\u2028b", '"a\\u2028b"'],
    ["has no lone surrogate", "a\ud800b", '"a\\ud800b"'],
    ["keeps other languages", "Läden", '"Läden"'],
    [
      "hides the password of a URL",
      "https://me:hunter2@git.example.org/x",
      '"https://***@git.example.org/x"',
    ],
    ["hides the token of a URL", "https://ghp_x@github.com/x", '"https://***@github.com/x"'],
    ["is cut after 80 characters", "a".repeat(81), `"${"a".repeat(80)}…"`],
    ["is not cut at 80", "a".repeat(80), `"${"a".repeat(80)}"`],
    ["is cut between characters", "😀".repeat(90), `"${"😀".repeat(80)}…"`],
  ])("%s", (_, value, expected) => expect(show(value)).toBe(expected));
});

describe("the nearest name", () => {
  const options = ["migrations", "static", "system", "deploy", "build-args", "WARNING"];
  it.each([
    ["a letter swapped", "migratoins", "migrations"],
    ["a letter left out", "migrations".slice(0, -1), "migrations"],
    ["a letter too many", "statics", "static"],
    ["a letter changed", "systam", "system"],
    ["another dash", "build_args", "build-args"],
    ["upper case", "DEPLOY", "deploy"],
    ["lower case", "warning", "WARNING"],
    ["a short form", "warn", undefined],
    ["something else", "banana", undefined],
    ["nothing", "", undefined],
    ["far too long", "x".repeat(5000), undefined],
  ])("for %s", (_, word, expected) => expect(nearest(word, options)).toBe(expected));
});

describe("the list of what is allowed", () => {
  it.each([
    [["a"], "`a`"],
    [["a", "b"], "`a` or `b`"],
    [["a", "b", "c"], "`a`, `b` or `c`"],
  ])("%j", (options, expected) => expect(either(options)).toBe(expected));
});

describe("problems", () => {
  const thrownBy = (problems: Problems) => {
    try {
      problems.throwIfAny();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it("throw nothing when there are none", () => expect(thrownBy(new Problems())).toBeUndefined());

  it("are one sentence when there is one", () => {
    const problems = new Problems();
    problems.add("tag", "is wrong.");
    expect(thrownBy(problems)).toEqual(new Failure("Invalid input", "`tag` is wrong."));
  });

  it("are reported together, one a line", () => {
    const problems = new Problems();
    problems.add("tag", "is wrong.");
    problems.add("tag", "is wrong.");
    expect(problems.take("app", { problem: "is wrong too." })).toBeUndefined();
    expect(problems.take("app", { value: 1 })).toBe(1);
    expect(thrownBy(problems)).toMatchObject({
      kind: "Invalid input",
      message: "2 problems with the inputs:\n- `tag` is wrong.\n- `app` is wrong too.",
    });
  });
});
