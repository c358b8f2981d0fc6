import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder({
    Dockerfile: "",
    ".env": "# note\nA=file\nexport B='x y'\nC=\"1\n2\"\nD=a # b\n",
    "two.env": "A=two\n",
    "bad.env": "hunter 2=x\n",
    "ours.env": "SHIPSHAPE_X=hunter2\n",
    "large.env": `A=${"x".repeat(100_001)}`,
  });
  const outside = path.join(folder({}), "outside.env");
  writeFileSync(outside, "A=hunter2");
  symlinkSync(outside, path.join(workspace, "link.env"));
});
afterAll(sweep);

const SET = { API: "hunter2", EMPTY: "", ACTIONS_RUNTIME_TOKEN: "hunter2" };
const request = (inputs: Record<string, string>) => read(runner(workspace, inputs, SET));
const problem = (inputs: Record<string, string>) => complaint(runner(workspace, inputs, SET));

describe("env", () => {
  it.each<[string, string, Record<string, string>]>([
    ["a value", "A=1", { A: "1" }],
    ["an empty value", "A=", { A: "" }],
    ["a value with =", "A=b=c", { A: "b=c" }],
    ["a value with commas", "A=b,c", { A: "b,c" }],
    ["a value with #", "A=#b # c", { A: "#b # c" }],
    ["blanks in and after a value", "A= b  \nB=c", { A: " b  ", B: "c" }],
    ["quotes are part of the value", "A=\"b\"\nB='c'", { A: '"b"', B: "'c'" }],
    ["templates", "A=${B} %{C} $(D)", { A: "${B} %{C} $(D)" }],
    ["comments and empty lines", "# note\n\n  # note\nA=1", { A: "1" }],
    ["Windows' lines", "A=1\r\nB=2\r\n", { A: "1", B: "2" }],
    ["indented lines", "  A=1\n\tB=2", { A: "1", B: "2" }],
    ["a bare name", "API", { API: "hunter2" }],
    ["a bare name that is set to nothing", "EMPTY", { EMPTY: "" }],
    ["the last of a name", "A=1\nA=2", { A: "2" }],
    ["a name like an object's own", "__proto__=x", JSON.parse('{"__proto__":"x"}')],
  ])("%s", (_, env, expected) => expect(Object.fromEntries(request({ env }).env)).toEqual(expected));

  it.each([
    // `env: ${{ secrets.PASSWORD }}`: GitHub hides what it knows as a secret, and that is not every value.
    ["a bare value", "hunter2abc", "names a variable, which is not set on the runner"],
    ["a bare value in capitals", "HUNTER2ABCDEFGH", "names a variable, which is not set on the runner"],
    ["a bare name after a value", "A=1\nHUNTER2", "names a variable, which is not set on the runner"],
    [
      "the second line of a value",
      "A=1\n\nhunter 2",
      "neither `NAME=VALUE` nor `NAME`; give a value of several lines in an `env-file` (line 3)",
    ],
    ["a name with a dash", "hunter-2=1", "neither `NAME=VALUE`"],
    ["a name with a digit first", "2hunter=1", "neither `NAME=VALUE`"],
    ["a name with a blank", "hunter =1", "neither `NAME=VALUE`"],
    ["no name", "=hunter2", "neither `NAME=VALUE`"],
    ["an export", "export HUNTER=2", "neither `NAME=VALUE`"],
    ["a variable of ours", "SHIPSHAPE_ENV=hunter2", "begins with `SHIPSHAPE_`"],
    ["a bare variable of the runner", "ACTIONS_RUNTIME_TOKEN", "a variable of the runner itself"],
    ["too much", `A=${"hunter2".repeat(15_000)}`, "100000 are allowed"],
  ])("refuses %s and quotes nothing of it", (_, env, sentence) => {
    const message = problem({ env });
    expect(message).toMatch(/^`env` /);
    expect(message).toContain(sentence);
    expect(message).not.toMatch(/hunter/i);
  });

  it("notes that quotes are kept, without the value", () => {
    const { notices } = request({ env: 'A="hunter2"\nB="\nC=it\'s' });
    expect(notices).toEqual(["`env`: the quotes around the value of A are part of the value."]);
  });
});

describe("env-file", () => {
  it("is read as node reads .env files", () =>
    expect(Object.fromEntries(request({ "env-file": ".env" }).env)).toEqual({
      A: "file",
      B: "x y",
      C: "1\n2",
      D: "a",
    }));

  it("may begin with a byte order mark, and its name with two dots", () => {
    writeFileSync(path.join(workspace, "..env"), "\ufeffA=1");
    expect([...request({ "env-file": "..env" }).env]).toEqual([["A", "1"]]);
  });

  it("is overridden by later files, and by env", () => {
    expect(request({ "env-file": "# both\n.env\ntwo.env" }).env.get("A")).toBe("two");
    expect(request({ "env-file": ".env", env: "A=env" }).env.get("A")).toBe("env");
  });

  it.each([
    ["a file that does not exist", "nope.env", '"nope.env" does not exist'],
    ["a folder", ".", '"." does not exist'],
    ["a file outside the workspace", "/etc/passwd", "is outside the workspace"],
    ["a path that leads out of the workspace", "../../../../../../etc/passwd", "is outside the workspace"],
    ["a link out of the workspace", "link.env", "leads out of the workspace"],
    ["a name that is not valid", "bad.env", "has a name that is not allowed"],
    ["a variable of ours", "ours.env", "begins with `SHIPSHAPE_`"],
    ["a large file", "large.env", "is too large"],
  ])("refuses %s", (_, file, sentence) => {
    const message = problem({ "env-file": file });
    expect(message).toContain(sentence);
    expect(message).not.toContain("hunter");
  });
});
