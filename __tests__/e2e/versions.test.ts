/** The oldest Django and Python that the lab has, and the newest. Those in between are in __tests__/probe. */
import { describe, expect, it, jest } from "@jest/globals";
import { expectFailure, expectShipped, failingIds, result } from "./harness/expectations.ts";
import { missingPng, newField } from "./harness/faults.ts";
import { project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

describe.each([
  ["4.2", "3.11"],
  ["6", "3.14"],
])("Django %s on Python %s", (django, python) => {
  const args = { "build-args": `DJANGO=${django}.*\nPYTHON=${python}` };

  it("ships what is right", async () => {
    const image = registry.repoName("versions");
    const shipped = await step({ image, ...args }, { project: project("plain") });
    await expectShipped(shipped, image);
    expect(result(shipped).django.version.startsWith(`${django}.`)).toBe(true);
    expect(result(shipped).django.python.startsWith(`${python}.`)).toBe(true);
    expect(failingIds(shipped)).toEqual([]);
  });

  it("refuses what is wrong", async () => {
    const image = registry.repoName("versions");
    const tried = await step({ image, ...args }, { project: project("plain", newField, missingPng) });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["migrations.missing", "static.missing-reference"]);
    expect(await registry.tags(image)).toEqual([]);
  });
});
