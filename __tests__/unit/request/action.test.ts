import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { INPUTS } from "../../../src/request/inputs.ts";
import { folder, read, runner, sweep } from "./world.ts";

interface Metadata {
  readonly inputs: Record<string, { description: string; required?: boolean; default?: unknown }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: Record<string, string>;
}
const action: Metadata = parse(readFileSync(new URL("../../../action.yml", import.meta.url), "utf8"));

afterAll(sweep);

it("offers the inputs that are read", () =>
  expect(Object.keys(action.inputs).sort()).toEqual([...INPUTS].sort()));

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

it("has the defaults that an empty input has", () => {
  const workspace = folder();
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, String(input.default ?? "")]),
  );
  const image = { image: "ghcr.io/acme/shop" };
  expect(read(runner(workspace, { ...defaults, ...image }))).toEqual(read(runner(workspace, image)));
});
