import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { parse } from "yaml";
import { NO_OUTPUTS } from "../../../src/collect/merge.ts";

const action = parse(readFileSync(new URL("../../../collect/action.yml", import.meta.url), "utf8"));

it("collect/action.yml names the outputs that are set, and the bundle", () => {
  expect(Object.keys(action.outputs)).toEqual(Object.keys(NO_OUTPUTS));
  expect(action.runs).toEqual({ using: "node24", main: "../dist/collect/index.js" });
});
