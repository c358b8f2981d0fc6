import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import Ajv, { type ValidateFunction } from "ajv";
import type { Finding } from "../../../src/checks/finding.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import { reportOf } from "../../../src/reporters/result.ts";
import { sarifOf } from "../../../src/reporters/sarif.ts";
import { forEachOf, randomStrings } from "../random.ts";
import { aBuild, aBuiltImage, aFinding, aRelease, aRequest, aResult, aVerdict } from "../samples.ts";

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
      readonly automationDetails: { readonly id: string };
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
      readonly results: readonly Result[];
    },
  ];
}
interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
        readonly region?: { readonly startLine: number };
      };
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
/** The standard's own schema (draft 4), as Microsoft's package carries it. */
const isSarif = validator(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

function validator(schema: object): ValidateFunction {
  const ajv = new Ajv({ schemaId: "auto", allErrors: true });
  ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
  return ajv.compile(schema);
}

function told(findings: Partial<Finding>[], more: Partial<Outcome> = {}): Sarif {
  const outcome: Outcome = {
    app: "shop",
    request: aRequest(),
    image: aBuiltImage(),
    verdict: aVerdict({ findings: findings.map(aFinding) }),
    release: aRelease(),
    ...more,
  };
  const sarif = sarifOf(outcome);
  isSarif(sarif);
  expect(isSarif.errors ?? []).toEqual([]);
  return sarif as unknown as Sarif;
}

function results(...findings: Partial<Finding>[]): readonly Result[] {
  return told(findings).runs[0].results;
}

/** Every text in which SARIF knows links. */
function texts(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === "text" ? [String(inner)] : texts(inner)));
}

/** What code scanning demands beyond the schema (docs.github.com, "SARIF support for code scanning"). */
function expectUploadable(sarif: Sarif): void {
  const [run] = sarif.runs;
  for (const rule of run.tool.driver.rules)
    for (const text of [rule.id, rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
      expect(text).not.toBe("");
  for (const result of run.results) {
    expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(result.message.text).not.toBe("");
    expect(result.locations).toHaveLength(1);
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    expect(artifactLocation.uri).not.toMatch(/^(\/|\w+:|$)/);
    expect(artifactLocation.uriBaseId).toBe("%SRCROOT%");
    // With a line the upload sets it, and warns about any other one. Without a line we must set it.
    expect(result.partialFingerprints.primaryLocationLineHash === undefined).toBe(region !== undefined);
  }
}

describe("the SARIF file", () => {
  it("is written for a verdict without findings, so that the alerts of fixed findings are closed", () => {
    expect(told([]).runs[0]).toMatchObject({
      tool: { driver: { name: "shipshape", rules: [] } },
      results: [],
      invocations: [{ executionSuccessful: true }],
    });
  });

  it("is not written without a verdict, so that a failed build closes no alert", () => {
    expect(sarifOf({ app: "shop", request: aRequest() })).toBeUndefined();
  });

  it("has a category for each app, so that the legs of a matrix do not replace each other's", () => {
    expect(told([]).runs[0].automationDetails.id).toBe("shipshape/shop/");
    expect(told([], { app: "blog" }).runs[0].automationDetails.id).toBe("shipshape/blog/");
  });

  it("is not written when a check could not run, because that would close the check's alerts", () => {
    const stuck = aVerdict({
      checks: [aResult(), aResult({ name: "static", status: "error", reason: "it crashed" })],
    });
    expect(
      sarifOf({ app: "shop", request: aRequest(), image: aBuiltImage(), verdict: stuck }),
    ).toBeUndefined();
  });

  it("is valid and can be uploaded, whatever text the image has", () => {
    forEachOf(
      randomStrings(100, ["<", "](", "[", "\n", "\r", "{0}", "%", "é", "🚢", "\ud800", "\\", '"', ":", "/"]),
      (text) => {
        const sarif = told([
          {
            id: text,
            message: `m${text}`,
            hint: text,
            object: text,
            check: `c${text}`,
            file: `a${text}`,
            line: 1,
          },
          { id: text, message: `n${text}`, hint: text, containerFile: text, check: `c${text}` },
        ]);
        expectUploadable(sarif);
        for (const message of texts(sarif)) expect(message).not.toContain("](");
      },
    );
  });
});

describe("a result", () => {
  it("is at the finding's file and line", () => {
    const [result] = results({
      file: "shop/models.py",
      line: 12,
      message: "m",
      hint: "h",
      object: "shop.Order",
    });
    expect(result).toEqual({
      ruleId: "security.W004",
      ruleIndex: 0,
      level: "warning",
      message: { text: "shop.Order: m\nh" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "shop/models.py", uriBaseId: "%SRCROOT%" },
            region: { startLine: 12 },
          },
          logicalLocations: [{ fullyQualifiedName: "shop.Order" }],
        },
      ],
      occurrenceCount: 1,
      partialFingerprints: { "shipshape/v1": expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
  });

  it("without a place in the repository is put at the Dockerfile, at no line, and names the file in the image", () => {
    const request = aRequest({ build: aBuild({ fileShown: "shop/Dockerfile" }) });
    const verdict = aVerdict({
      findings: [aFinding({ message: "m", containerFile: "/usr/lib/x.py:3" })],
    });
    const sarif = told([], { request, verdict });
    expectUploadable(sarif);
    expect(sarif.runs[0].results[0]).toMatchObject({
      message: { text: "m\nIn the image: /usr/lib/x.py:3" },
      locations: [{ physicalLocation: { artifactLocation: { uri: "shop/Dockerfile" } } }],
    });
    expect(sarif.runs[0].results[0]?.locations[0].physicalLocation.region).toBeUndefined();
  });

  it.each([
    ["DEBUG", "note"],
    ["INFO", "note"],
    ["WARNING", "warning"],
    ["ERROR", "error"],
    ["CRITICAL", "error"],
  ] as const)("of level %s has SARIF's level %s", (level, expected) => {
    expect(results({ level })[0]?.level).toBe(expected);
  });

  it("keeps its fingerprint when only its line moved, and gets another one when anything else differs", () => {
    const base = { file: "a.py", line: 3, object: "o", message: "m", containerFile: "/app/a.py:3" };
    const [first, moved, ...others] = results(
      base,
      { ...base, line: 9, containerFile: "/app/a.py:9" },
      { ...base, file: "b.py" },
      { ...base, object: "p" },
      { ...base, message: "n" },
      { ...base, id: "security.W005" },
      { ...base, check: "static" },
    ).map(({ partialFingerprints }) => partialFingerprints["shipshape/v1"]);
    expect(moved).toBe(first);
    expect(new Set([first, ...others]).size).toBe(6);
  });

  it("in a file that is only in the image keeps its fingerprint too when its line moved", () => {
    const prints = results(
      { containerFile: "/usr/lib/a.py:3" },
      { containerFile: "/usr/lib/a.py:9" },
      { containerFile: "/usr/lib/b.py:9" },
    ).map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(prints[0]).toBe(prints[1]);
    expect(prints[2]).not.toBe(prints[0]);
  });
});

describe("the rules", () => {
  const rules = (...findings: Partial<Finding>[]) => told(findings).runs[0].tool.driver.rules;

  it("are one for each id, with the hints as their help", () => {
    expect(
      rules(
        { id: "a.W1", message: "same", hint: "h1" },
        { id: "a.W1", message: "same", hint: "h2" },
        { id: "b.E1", message: "x", level: "ERROR" },
      ),
    ).toEqual([
      {
        id: "a.W1",
        shortDescription: { text: "same" },
        fullDescription: { text: expect.stringContaining("system checks") },
        help: { text: "h1\n\nh2" },
        defaultConfiguration: { level: "warning" },
        properties: { tags: ["django", "system"] },
      },
      expect.objectContaining({ id: "b.E1", help: { text: expect.stringContaining("system checks") } }),
    ]);
  });

  it("have the check's question as their title if the messages of their findings differ", () => {
    expect(rules({ message: "a" }, { message: "b" })[0]?.shortDescription.text).toMatch(/\?$/);
  });

  it("have the name of the check if the finding has no id", () => {
    expect(rules({ id: "", check: "static" })[0]?.id).toBe("static");
  });
});

it("the report file follows docs/report.schema.json", () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "report.schema.json"), "utf8"),
  );
  // The validator knows draft 7, and the schema uses nothing that draft 2020-12 brought.
  const isReport = validator({ ...schema, $schema: "http://json-schema.org/draft-07/schema#" });
  const full = aFinding({
    hint: "h",
    object: "o",
    file: "a.py",
    line: 1,
    containerFile: "/app/a.py:1",
    migration: { app: "shop", name: "0002", path: "/app/m.py", operations: ["Add"], text: "class" },
    platforms: ["linux/amd64", "linux/386"],
  });
  const verdict = aVerdict({
    findings: [aFinding(), full],
    ignored: [{ rule: "a.W1", findings: 2 }],
    environment: [{ name: "SECRET_KEY", supplied: "shipshape" }],
  });
  for (const outcome of [
    { app: "" },
    { app: "shop", request: aRequest(), image: aBuiltImage(), verdict },
    { app: "shop", request: aRequest(), image: aBuiltImage(), verdict, release: aRelease() },
  ]) {
    isReport(JSON.parse(JSON.stringify(reportOf(outcome))));
    expect(isReport.errors ?? []).toEqual([]);
  }
  expect(isReport({ ...reportOf({ app: "" }), surprise: 1 })).toBe(false);
});
