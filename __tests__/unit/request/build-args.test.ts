import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { looksSecret } from "../../../src/request/build-args.ts";
import { complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder();
});
afterAll(sweep);

const SET = { VERSION: "1.2", EMPTY: "", ACTIONS_RUNTIME_TOKEN: "hunter2" };
const request = (inputs: Record<string, string>) => read(runner(workspace, inputs, SET));
const build = (inputs: Record<string, string>) => request(inputs).build;
const problem = (inputs: Record<string, string>) => complaint(runner(workspace, inputs, SET));

describe("build-args", () => {
  it.each<[string, string, Record<string, string>]>([
    ["a value", "A=1", { A: "1" }],
    ["an empty value", "A=", { A: "" }],
    ["a value with = and commas", "A=b=c,d", { A: "b=c,d" }],
    ["a value with templates", "A=${B}%{C}", { A: "${B}%{C}" }],
    ["a value with quotes", "A='b'", { A: "'b'" }],
    ["a bracket", "OPEN=[", { OPEN: "[" }],
    ["a brace, and another argument", "OPEN={\nB=3", { OPEN: "{", B: "3" }],
    ["a quoted value of lines", '"A=1\n2"\nB=3', { A: "1\n2", B: "3" }],
    ["a bare name that is set", "VERSION", { VERSION: "1.2" }],
    ["a bare name that is set to nothing", "EMPTY", { EMPTY: "" }],
    ["a bare name that is not set", "NOPE", {}],
    ["a name that is given twice", "A=1\nA=2", { A: "2" }],
    ["BuildKit's own", "BUILDKIT_SYNTAX=docker/dockerfile:1", { BUILDKIT_SYNTAX: "docker/dockerfile:1" }],
  ])("%s", (_, text, args) => expect(Object.fromEntries(build({ "build-args": text }).args)).toEqual(args));

  it.each([
    ["=1", '"" is not a valid name'],
    ["1A=1", '"1A" is not a valid name'],
    ["A B=1", '"A B" is not a valid name'],
    ["--network=host", '"--network" is not a valid name'],
    ["${A}=1", '"${A}" is not a valid name'],
    ["# note", "There are no comments in this list."],
    ["ACTIONS_RUNTIME_TOKEN", "of the runner itself"],
    ["INPUT_SECRETS", "of the runner itself"],
    ['"A=1', "never closed"],
    ['"A=a "rich" one"', "leave out those around the item, or double those in the value"],
  ])("refuses %s", (text, sentence) => expect(problem({ "build-args": text })).toContain(sentence));

  it("warns of one that looks like a secret, without its value", () => {
    const { warnings } = request({ "build-args": "DB_PASSWORD=hunter2\nVERSION=1" });
    expect(warnings).toEqual([
      expect.stringContaining("The build argument DB_PASSWORD looks like a secret."),
    ]);
    expect(warnings[0]).toContain("`RUN --mount=type=secret,id=DB_PASSWORD`");
    expect(warnings[0]).not.toContain("hunter2");
  });

  it("does not warn of one that is empty", () =>
    expect(request({ "build-args": "DB_PASSWORD=" }).warnings).toEqual([]));

  it.each([
    "SECRET_KEY",
    "API_KEY",
    "apikey",
    "GITHUB_TOKEN",
    "PASSWD",
    "AUTH",
    "AWS_CREDENTIALS",
    "my_secret",
  ])("%s looks like a secret", (name) => expect(looksSecret(name)).toBe(true));
  it.each(["PUBLIC_KEY", "STRIPE_PUBLIC_KEY", "KEYBOARD", "TOKENIZER", "AUTHOR", "MONKEY", "VERSION"])(
    "%s does not",
    (name) => expect(looksSecret(name)).toBe(false),
  );
});
