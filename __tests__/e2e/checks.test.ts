/** Each way in which a check fails: what the step says, and that nothing reaches the registry. */
import { readFileSync } from "node:fs";
import { describe, expect, it, jest } from "@jest/globals";
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
import { type Overlay, project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

async function check(
  overlay: Overlay,
  inputs: Record<string, string> = {},
): Promise<{ tried: Step; image: string }> {
  const image = registry.repoName("checks");
  return { image, tried: await step({ image, ...inputs }, { project: project("plain", overlay) }) };
}

/** An error or warning annotation at a place of the repository. */
function annotated(tried: Step, file: string, line?: number): boolean {
  return tried.commands.some(
    ({ name, properties }) =>
      ["error", "warning"].includes(name) &&
      properties.file === file &&
      (line === undefined || properties.line === String(line)),
  );
}

interface Case {
  readonly what: string;
  readonly overlay: Overlay;
  readonly checks: readonly string[];
  readonly ids: readonly string[];
  readonly file?: string;
  readonly line?: number;
  readonly object?: string;
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

/** One fault a check: that it comes from the probe to annotation, summary and outputs. All faults are in __tests__/probe. */
describe("a project with one fault", () => {
  it.each<Case>([
    {
      what: "clashing relations",
      overlay: fault.clashingRelations,
      checks: ["system"],
      ids: ["fields.E304"],
      file: "shop/models.py",
    },
    {
      what: "a field without a migration",
      overlay: fault.newField,
      checks: ["migrations"],
      ids: ["migrations.missing"],
      file: "shop/models.py",
    },
    {
      what: "a style sheet that asks for a missing image",
      overlay: fault.missingPng,
      checks: ["static"],
      ids: ["static.missing-reference"],
      file: "shop/static/shop/shop.css",
      line: 10,
    },
  ])("is refused: $what", async ({ overlay, checks, ids, file, line }) => {
    const { tried, image } = await check(overlay);
    const { message } = expectFailure(tried, "Checks failed");
    for (const id of ids) {
      expect(failingIds(tried)).toContain(id);
      expect(summaryText(tried)).toContain(id);
    }
    expect([...new Set(failing(tried).map((one) => one.check))].sort()).toEqual(checks);
    for (const name of checks) expect(message).toContain(name);
    if (file !== undefined)
      expect({ file, annotated: annotated(tried, file, line) }).toEqual({ file, annotated: true });
    expect(result(tried)).toMatchObject({ status: "failed", stage: "checks", pushed: false });
    for (const name of ["system", "migrations", "static"]) {
      expect(result(tried).checks[name]?.status).toBe(checks.includes(name) ? "failed" : "passed");
    }
    await expectNothingShipped(tried, image);
  });

  it("says what the missing migration is, with its operations and the text of the file", async () => {
    const { tried } = await check(fault.newField);
    const missing = finding(tried, "migrations.missing");
    expect(missing).toMatchObject({ check: "migrations", level: "ERROR", file: "shop/models.py" });
    expect(missing.object).toMatch(/^shop/);
    expect(JSON.stringify(report(tried))).toMatch(/Add field weight to product/);
    expect(JSON.stringify(report(tried))).toContain("class Migration(migrations.Migration)");
  });
});

describe("a server that cannot start", () => {
  it("is refused for a typo in MIDDLEWARE, with the name that may be meant", async () => {
    const { tried, image } = await check(fault.middlewareTypo);
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toContain("shipshape.start-crashed");
    expect(finding(tried, "shipshape.start-crashed")).toMatchObject({
      file: "mysite/settings.py",
      line: 22,
      check: "system",
      level: "ERROR",
      hint: expect.stringContaining("Did you mean django.contrib.sessions.middleware?"),
    });
    await expectNothingShipped(tried, image);
  });
});

describe("several faults", () => {
  it("are all reported in one run, whichever check finds them", async () => {
    const { tried, image } = await check({ ...fault.debugOn, ...fault.newField, ...fault.missingPng });
    const { message } = expectFailure(tried, "Checks failed");
    for (const name of ["system", "migrations", "static"]) {
      expect(message).toContain(name);
      expect(result(tried).checks[name]?.status).toBe("failed");
    }
    expect(failingIds(tried)).toEqual(
      expect.arrayContaining(["migrations.missing", "security.W018", "static.missing-reference"]),
    );
    await expectNothingShipped(tried, image);
  });

  it("are all in the SARIF file, at their place", async () => {
    const { tried } = await check({ ...fault.missingPng, ...fault.noAllowedHosts });
    const { findings } = report(tried);
    expect(sarif(tried)).toEqual(
      findings.map(({ id, file, line }) => ({ ruleId: id, uri: file ?? "Dockerfile", line })),
    );
    expect(new Set(findings.map(({ file }) => file))).toContain("shop/static/shop/shop.css");
  });
});

describe("settings that cannot be loaded", () => {
  it("name the missing variable and the input for it", async () => {
    const { tried, image } = await check(fault.needsStripeKey);
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toContain("STRIPE_KEY");
    expect(message).toMatch(/\benv\b/);
    expect(finding(tried, "settings.missing-variable")).toMatchObject({ file: "mysite/settings.py" });
    expect(result(tried)).toMatchObject({ status: "error", stage: "checks" });
    await expectNothingShipped(tried, image);
  });

  it("are fixed by that input", async () => {
    const { tried, image } = await check(fault.needsStripeKey, { env: "STRIPE_KEY=sk_test" });
    await expectShipped(tried, image);
  });

  it("are no pass when they end the process with exit code 0", async () => {
    const { tried, image } = await check(fault.settingsExitHard);
    expectFailure(tried, "Checks could not run");
    await expectNothingShipped(tried, image);
  });

  it("that hang end with the check's time", async () => {
    const { tried, image } = await check(fault.settingsHang, { timeout: "3" });
    const { message } = expectFailure(tried, "Checks could not run");
    expect(message).toContain("3 seconds");
    expect(tried.seconds).toBeLessThan(60);
    await expectNothingShipped(tried, image);
  });
});

describe("one check that comes to no answer", () => {
  it("takes no other with it", async () => {
    const killed = fault.finderThat("import os; os.kill(os.getpid(), 9)");
    const { tried, image } = await check({ ...killed, ...fault.newField }, { timeout: "5" });
    expect(tried.code).toBe(1);
    expect(result(tried).checks).toMatchObject({
      system: { status: "passed" },
      migrations: { status: "failed" },
      static: { status: "error" },
    });
    expect(failingIds(tried)).toContain("migrations.missing");
    await expectNothingShipped(tried, image);
  });
});

describe("the terms of the verdict", () => {
  it("fail-level lets lower findings pass, and still reports them", async () => {
    const { tried, image } = await check(fault.debugOn, { "fail-level": "ERROR" });
    await expectShipped(tried, image);
    expect(finding(tried, "security.W018").level).toBe("WARNING");
  });

  it("fail-level: never reports only", async () => {
    const { tried, image } = await check(fault.newField, { "fail-level": "never" });
    await expectShipped(tried, image);
    expect(failingIds(tried)).toEqual(["migrations.missing"]);
  });

  it.each([
    ["an id", "security.W018"],
    ["a check and an id", "# known\nsystem:security.W018"],
  ])("ignore takes findings off by %s, and counts them", async (_, ignore) => {
    const { tried, image } = await check(fault.debugOn, { ignore });
    await expectShipped(tried, image);
    expect(failingIds(tried)).toEqual([]);
    expect(summaryText(tried)).toContain("security.W018");
  });

  it("ignore with a path takes off only what is there", async () => {
    const ours = await check(fault.missingPng, { ignore: "static.missing-reference shop/static/**" });
    await expectShipped(ours.tried, ours.image);
    const { tried, image } = await check(fault.missingPng, { ignore: "static.missing-reference vendor/**" });
    expectFailure(tried, "Checks failed");
    await expectNothingShipped(tried, image);
  });

  it.each([
    ["only those named", "system\nstatic"],
    ["all but one", "all\n-migrations"],
    ["all but one, in short", "-migrations"],
  ])("checks runs %s", async (_, checks) => {
    const { tried, image } = await check(fault.newField, { checks });
    await expectShipped(tried, image);
    expect(Object.keys(statuses(tried)).sort()).toEqual(["static", "system"]);
  });
});
