import { afterAll, describe, expect, it } from "@jest/globals";
import { forEachOf } from "../random.ts";
import { ACTION as action, complaint, folder, INPUTS, read, runner, sweep } from "./world.ts";

afterAll(sweep);

it("offers the inputs that are read", () => {
  const variables = new Set<string>();
  const env = new Proxy(runner(folder(), {}), {
    get(target, variable: string) {
      if (variable.startsWith("INPUT_")) variables.add(variable);
      return target[variable];
    },
  });
  read(env);
  expect([...variables].sort()).toEqual(INPUTS.map((name) => `INPUT_${name.toUpperCase()}`).sort());
});

// What no code reads counts as unknown: an input that is read only in some cases would be refused in the others.
it("reads every input in every case", () => {
  const workspace = folder();
  const all = (value: string) => Object.fromEntries(INPUTS.map((name) => [name, value]));
  const single = INPUTS.flatMap((name) => ["x", "none", "true"].map((value) => ({ [name]: value })));
  forEachOf([all("x"), all("none"), all(""), ...single], (inputs) => {
    expect(complaint(runner(workspace, inputs))).not.toContain("is not an input of this action");
  });
});

it("sets the outputs of the contract", () =>
  expect(Object.keys(action.outputs)).toEqual([
    ...["app", "image", "digest", "tag", "ref", "pinned", "pushed"],
    ...["checks", "metadata", "result", "report", "sarif"],
  ]));

it("runs the bundle on Node 24", () =>
  expect(action.runs).toEqual({ using: "node24", main: "dist/index.js" }));

describe("an input", () => {
  it.each(Object.entries(action.inputs))(
    "%s is described in sentences, and its default is a string",
    (_, input) => {
      expect(input.description).toMatch(/^[A-Z`].*\.$/);
      expect(typeof (input.default ?? "")).toBe("string");
    },
  );

  it.each(Object.entries(action.outputs))("(output) %s is described", (_, output) =>
    expect(output.description).toMatch(/\S/),
  );

  it("is required only if it is the image", () =>
    expect(Object.keys(action.inputs).filter((name) => action.inputs[name]?.required)).toEqual(["image"]));
});

it("has the same defaults as an empty input", () => {
  const workspace = folder();
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, String(input.default ?? "")]),
  );
  const image = { image: "ghcr.io/acme/shop" };
  expect(read(runner(workspace, { ...defaults, ...image }))).toEqual(read(runner(workspace, image)));
});
