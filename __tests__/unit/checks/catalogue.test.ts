import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { CATALOGUE, CHECK_NAMES, checksOf } from "../../../src/checks/catalogue.ts";

describe("the catalogue", () => {
  it("has a row for every Python file of the probe's checks except the one that only loads the settings", () => {
    const files = readdirSync(new URL("../../../src/probe/checks", import.meta.url)).filter((name) =>
      name.endsWith(".py"),
    );
    expect([...checksOf("django", CHECK_NAMES), "settings"].sort()).toEqual(
      files.map((name) => name.replace(/\.py$/, "")).sort(),
    );
  });

  it.each(CATALOGUE.map((check) => [check.name, check] as const))("has a question for %s", (_, check) => {
    expect(check.name).toMatch(/^[a-z][a-z-]*$/);
    expect(check.question).toMatch(/\?$/);
  });
});
