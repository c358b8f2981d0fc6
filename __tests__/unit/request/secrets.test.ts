import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder({ Dockerfile: "", "keys/deploy.pem": "hunter2" });
});
afterAll(sweep);

const SET = { VERSION: "1.2", EMPTY: "", API: "hunter2", ACTIONS_RUNTIME_TOKEN: "hunter2" };
const request = (inputs: Record<string, string>) => read(runner(workspace, inputs, SET));
const build = (inputs: Record<string, string>) => request(inputs).build;
const problem = (inputs: Record<string, string>) => complaint(runner(workspace, inputs, SET));

describe("secrets", () => {
  it.each([
    ["a value", { secrets: "A=hunter2" }, { id: "A", from: "value", value: "hunter2" }],
    ["a value with = and commas", { secrets: "A=x=,y" }, { id: "A", from: "value", value: "x=,y" }],
    ["a value of lines", { secrets: '"A=x\ny\n"' }, { id: "A", from: "value", value: "x\ny\n" }],
    [
      "a Git token by host",
      { secrets: "GIT_AUTH_TOKEN.github.com=x" },
      { id: "GIT_AUTH_TOKEN.github.com", from: "value", value: "x" },
    ],
    ["a variable", { "secret-envs": "A=API" }, { id: "A", from: "value", value: "hunter2" }],
    [
      "a variable that is set to nothing",
      { "secret-envs": "A=EMPTY" },
      { id: "A", from: "value", value: "" },
    ],
  ])("%s", (_, inputs, secret) => expect(build(inputs).secrets).toEqual([secret]));

  it("a file", () =>
    expect(build({ "secret-files": "A=./keys/deploy.pem" }).secrets).toEqual([
      { id: "A", from: "file", path: path.join(workspace, "keys/deploy.pem") },
    ]));

  it("all three, and the commas of secret-envs", () =>
    expect(
      build({
        secrets: "A=1",
        "secret-envs": "B=API,C=VERSION",
        "secret-files": "D=keys/deploy.pem",
      }).secrets.map(({ id }) => id),
    ).toEqual(["B", "C", "A", "D"]));

  it.each([
    ["no value", { secrets: "TOKEN=" }, "`secrets` has no value for `TOKEN`."],
    ["a blank value", { secrets: "TOKEN= " }, "`secrets` has no value for `TOKEN`."],
    ["no id", { secrets: "=hunter2" }, "without `id=` (number 1)"],
    ["a value alone", { secrets: "hunter2" }, "without `id=` (number 1)"],
    [
      "lines without quotes",
      { secrets: "KEY=-----BEGIN\nhunter2\nhunter2==\n-----END" },
      "items without `id=` (number 2, 4)",
    ],
    ["an id that is not valid", { secrets: "hunter 2=x" }, "has an id that is not allowed (item 1)"],
    ["an open quote", { secrets: '"TOKEN=hunter2' }, "never closed"],
    [
      "a variable that is not set",
      { "secret-envs": "A=HUNTER2" },
      "takes `A` from a variable that is not set",
    ],
    [
      "a value for a variable",
      { "secret-envs": "A=hunter-2" },
      "something other than the name of a variable",
    ],
    ["a variable of the runner", { "secret-envs": "A=ACTIONS_RUNTIME_TOKEN" }, "of the runner itself"],
    [
      "a file that does not exist",
      { "secret-files": "A=hunter2" },
      "takes `A` from a file that does not exist",
    ],
    ["a folder", { "secret-files": "A=keys" }, "takes `A` from a file that does not exist"],
    ["one id twice", { secrets: "A=hunter2", "secret-envs": "A=API" }, "gives `A` twice"],
  ])("refuses %s and quotes no value", (_, inputs, sentence) => {
    const message = problem(inputs);
    expect(message).toContain(sentence);
    expect(message).not.toMatch(/hunter/i);
  });
});
