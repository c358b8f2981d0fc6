/**
 * The oldest Django and Python that the lab has, and the newest. Those in between, and what is found on each of them, are
 * in __tests__/probe.
 */
import { expect, it, jest } from "@jest/globals";
import { failingIds, result } from "./harness/expectations.ts";
import { project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

it.each([
  ["4.2", "3.11"],
  ["6", "3.14"],
])("Django %s on Python %s passes what is right", async (django, python) => {
  const image = registry.repoName("versions");
  const inputs = { image, push: "false", "build-args": `DJANGO=${django}.*\nPYTHON=${python}` };
  const checked = await step(inputs, { project: project("plain") });
  expect(checked.code).toBe(0);
  expect(result(checked).django.version.startsWith(`${django}.`)).toBe(true);
  expect(result(checked).django.python.startsWith(`${python}.`)).toBe(true);
  expect(failingIds(checked)).toEqual([]);
});
