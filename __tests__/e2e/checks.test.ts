/** What the checks find, and what the terms of the verdict make of it: from the probe to the registry. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failing,
  failingIds,
  finding,
  report,
  result,
  statuses,
  summaryText,
} from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Error and warning annotations, as `file:line`. */
function annotated(tried: Step): string[] {
  return tried.commands
    .filter(({ name, properties }) => ["error", "warning"].includes(name) && properties.file !== undefined)
    .map(({ properties }) => `${properties.file}:${properties.line}`);
}

/** The results of the SARIF file: rule and place of each. */
function sarif(tried: Step): { ruleId: string; uri: string; line: number | undefined }[] {
  const { runs } = JSON.parse(readFileSync(tried.outputs.sarif ?? "", "utf8")) as {
    runs: { results: { ruleId: string; locations: { physicalLocation: Physical }[] }[] }[];
  };
  type Physical = { artifactLocation: { uri: string }; region?: { startLine: number } };
  return runs.flatMap(({ results }) =>
    results.map(({ ruleId, locations }) => ({
      ruleId,
      uri: locations[0]?.physicalLocation.artifactLocation.uri ?? "",
      line: locations[0]?.physicalLocation.region?.startLine,
    })),
  );
}

/** One fault a check. All faults are in __tests__/probe. */
describe("a project with a fault for each check", () => {
  const image = registry.repoName("checks");
  const faulty = project(
    "plain",
    fault.debugOn,
    fault.noAllowedHosts,
    fault.newField,
    fault.missingPng,
    fault.programMissing,
  );
  let tried: Step;
  beforeAll(async () => {
    tried = await step({ image }, { project: faulty });
  });

  it("is refused with all of them, whichever check finds them", async () => {
    const { message } = expectFailure(tried, "Checks failed");
    const ids = [
      "security.W018",
      "security.W020",
      "migrations.missing",
      "static.missing-reference",
      "start.program-missing",
    ];
    const found = failing(tried).map(({ check, id }) => `${check} ${id}`);
    expect(found.sort()).toEqual([
      "migrations migrations.missing",
      "start start.program-missing",
      "static static.missing-reference",
      "system security.W018",
      "system security.W020",
    ]);
    for (const id of ids) {
      expect(message).toContain(id);
      expect(summaryText(tried)).toContain(id);
    }
    expect(statuses(tried)).toEqual({
      system: "failed",
      migrations: "failed",
      static: "failed",
      start: "failed",
    });
    expect(result(tried)).toMatchObject({ status: "failed", stage: "checks", pushed: false });
    await expectNothingShipped(tried, image);
  });

  it("has them annotated at their lines", () => {
    expect(annotated(tried)).toEqual(
      expect.arrayContaining(["mysite/settings.py:7", "shop/models.py:15", "shop/static/shop/shop.css:10"]),
    );
  });

  it("has them all in the SARIF file, at their place", () => {
    expect(sarif(tried)).toEqual(
      report(tried).findings.map(({ id, file, line }) => ({ ruleId: id, uri: file ?? "Dockerfile", line })),
    );
  });

  it("says what the missing migration is, with its operations and the text of the file", () => {
    const missing = finding(tried, "migrations.missing");
    expect(missing).toMatchObject({ check: "migrations", level: "ERROR", file: "shop/models.py" });
    expect(missing.object).toMatch(/^shop/);
    expect(JSON.stringify(report(tried))).toMatch(/Add field weight to product/);
    expect(JSON.stringify(report(tried))).toContain("class Migration(migrations.Migration)");
  });
});

it("a service of the compose file that cannot start is refused, with its name", async () => {
  const image = registry.repoName("checks");
  const tried = await step({ image, checks: "start" }, { project: project("plain", fault.workerMissing) });
  expectFailure(tried, "Checks failed");
  expect(failing(tried).map(({ check, id }) => `${check} ${id}`)).toEqual(["start start.crashed"]);
  expect(finding(tried, "start.crashed")).toMatchObject({ level: "ERROR", object: "mysite.worker" });
  expect(finding(tried, "start.crashed").message).toContain(
    "gunicorn, which the service worker (compose.yml) starts",
  );
  await expectNothingShipped(tried, image);
});

it("is shipped by the terms of the workflow: its level, what it ignores, and the checks that it leaves out", async () => {
  const image = registry.repoName("checks");
  const tried = await step(
    {
      image,
      checks: "all\n-migrations",
      "fail-level": "ERROR",
      ignore: "# known\nstatic.missing-reference shop/static/**",
    },
    { project: project("plain", fault.debugOn, fault.newField, fault.missingPng) },
  );
  await expectShipped(tried, image);
  expect(statuses(tried)).toEqual({ system: "passed", static: "passed", start: "passed" });
  // Below the level, and reported all the same.
  expect(failingIds(tried)).toEqual(["security.W018"]);
  expect(finding(tried, "security.W018").level).toBe("WARNING");
  expect(summaryText(tried)).toContain("static.missing-reference");
});

it("is only reported with fail-level never: nothing is released, and the step does not fail", async () => {
  const image = registry.repoName("checks");
  const inputs = { image, checks: "system", push: "true", load: "true", "fail-level": "never" };
  const tried = await step(inputs, { project: project("plain", fault.debugOn) });
  expect(tried.code).toBe(0);
  expect(result(tried)).toMatchObject({
    status: "reported",
    stage: "checks",
    checks: { system: { status: "failed" } },
  });
  expect(failingIds(tried)).toEqual(["security.W018"]);
  const titles = tried.commands
    .filter(({ name }) => name !== "notice")
    .map(({ name, properties }) => [name, properties.title]);
  expect(titles).toContainEqual(["warning", "Checks failed: reported, not released"]);
  expect(titles.filter(([name]) => name === "error")).toEqual([]);
  expect(summaryText(tried)).toContain(": reported");
  await expectNothingShipped(tried, image);
});

// The cache answers with no failure, whatever it is: cache.test.ts.
it("settings that hang end with the check's time", async () => {
  const image = registry.repoName("checks");
  const tried = await step({ image, timeout: "3" }, { project: project("plain", fault.settingsHang) });
  expect(expectFailure(tried, "Checks could not run").message).toContain("3 seconds");
  expect(result(tried)).toMatchObject({
    status: "error",
    stage: "checks",
    checks: { system: { status: "error", cached: false } },
  });
  await expectNothingShipped(tried, image);
});
