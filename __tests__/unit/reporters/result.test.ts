import { describe, expect, it } from "@jest/globals";
import { Failure, type FailureKind } from "../../../src/failure.ts";
import type { Platforms } from "../../../src/image/platforms.ts";
import { appIn, type Outcome, stageOf, statusOf } from "../../../src/reporters/outcome.ts";
import { outputName, outputsOf, reportOf, resultOf } from "../../../src/reporters/result.ts";
import type { Tag } from "../../../src/request/request.ts";
import { aBuiltImage, aFinding, aRelease, aRequest, aResult, aVerdict, IMAGE, OURS } from "../samples.ts";
import { aPass } from "./samples.ts";

const PASSED = aPass();

const NO_FILES = { report: "", sarif: "" };

const FAILED: Outcome = {
  app: "shop",
  request: aRequest(),
  image: aBuiltImage(),
  verdict: aVerdict({
    status: "failed",
    checks: [aResult({ status: "failed", findings: 2 })],
    findings: [aFinding()],
  }),
  failure: new Failure("Checks failed", "2 WARNING"),
};

function broken(kind: FailureKind, outcome: Partial<Outcome> = {}): Outcome {
  return { app: "shop", request: aRequest(), ...outcome, failure: new Failure(kind, "why") };
}

const STORIES: readonly (readonly [string, Outcome, string, string])[] = [
  ["a pass that was released", PASSED, "passed", "publish"],
  [
    "a pass that was there already",
    { ...PASSED, release: aRelease({ how: "already there" }) },
    "passed",
    "publish",
  ],
  [
    "a pass that was not pushed",
    { app: "shop", request: aRequest(), image: aBuiltImage(), verdict: aVerdict() },
    "passed",
    "publish",
  ],
  ["failed checks", FAILED, "failed", "checks"],
  ["an invalid request", { app: "", failure: new Failure("Invalid input", "why") }, "error", "request"],
  [
    "an invalid request of a known app",
    { app: "shop", failure: new Failure("Invalid input", "why") },
    "error",
    "request",
  ],
  ["an input that the builder cannot do", broken("Invalid input"), "error", "request"],
  ["a build that failed", broken("Build failed"), "error", "build"],
  [
    "checks that could not be started",
    broken("Checks could not run", { image: aBuiltImage() }),
    "error",
    "checks",
  ],
  [
    "checks that came to no answer",
    broken("Checks could not run", { image: aBuiltImage(), verdict: aVerdict({ status: "error" }) }),
    "error",
    "checks",
  ],
  [
    "a publish that failed",
    broken("Publish failed", { image: aBuiltImage(), verdict: aVerdict() }),
    "error",
    "publish",
  ],
  [
    "a cancel before the request",
    { app: "shop", failure: new Failure("Cancelled", "why") },
    "cancelled",
    "request",
  ],
  ["a cancel in the build", broken("Cancelled"), "cancelled", "build"],
  [
    "a cancel in the publish",
    broken("Cancelled", { image: aBuiltImage(), verdict: aVerdict() }),
    "cancelled",
    "publish",
  ],
  [
    "a load that failed after the release",
    { ...PASSED, failure: new Failure("Publish failed", "why") },
    "error",
    "publish",
  ],
];

describe.each(STORIES)("%s", (_, outcome, status, stage) => {
  it(`has the status ${status} and the stage ${stage}`, () => {
    expect([statusOf(outcome), stageOf(outcome)]).toEqual([status, stage]);
  });

  it("sets every output of the contract", () => {
    const outputs = outputsOf(outcome, { report: "/tmp/report.json", sarif: "/tmp/report.sarif" });
    const names = [
      "app",
      "image",
      "digest",
      "tag",
      "ref",
      "pinned",
      "pushed",
      "checks",
      "metadata",
      "result",
      "report",
      "sarif",
    ];
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(names));
    expect(Object.keys(outputs)).toHaveLength(names.length + (outcome.app === "" ? 0 : 1));
    for (const value of Object.values(outputs)) expect(typeof value).toBe("string");
  });

  it("names a tag only when it was released", () => {
    const { tag, ref, pinned, pushed } = outputsOf(outcome, NO_FILES);
    const release = outcome.release;
    expect({ tag, ref, pinned, pushed }).toEqual(
      release
        ? { tag: release.tag, ref: release.ref, pinned: release.pinned, pushed: "true" }
        : { tag: "", ref: "", pinned: "", pushed: "false" },
    );
  });

  it("has a result of schema 1", () => {
    const result = JSON.parse(outputsOf(outcome, NO_FILES).result ?? "") as Record<string, unknown>;
    expect(result).toMatchObject({
      schema: 1,
      app: outcome.app,
      status,
      stage,
      image: outcome.request ? IMAGE : "",
      tag: outcome.release?.tag ?? "",
      digest: outcome.release?.digest ?? outcome.image?.digest ?? "",
      pushed: outcome.release !== undefined,
      run: expect.any(Object),
      django: expect.any(Object),
      checks: expect.any(Object),
    });
    expect(result.error).toEqual(
      outcome.failure && { kind: outcome.failure.kind, message: outcome.failure.message },
    );
    expect(result).toEqual(resultOf(outcome));
  });

  it("has a report file with the result and the findings", () => {
    expect(reportOf(outcome)).toMatchObject({ ...resultOf(outcome), findings: expect.any(Array) });
  });
});

describe("the result", () => {
  it("is as in the example of docs/result.md", () => {
    expect(resultOf(PASSED)).toEqual({
      schema: 1,
      app: "shop",
      status: "passed",
      stage: "publish",
      image: IMAGE,
      tag: "build-7",
      ref: `${IMAGE}:build-7`,
      digest: OURS,
      pinned: `${IMAGE}@${OURS}`,
      pushed: true,
      platforms: [],
      run: {
        number: 7,
        attempt: 1,
        sha: "c0ffee",
        url: "https://github.com/acme/shop/actions/runs/1001/attempts/1",
      },
      django: { version: "5.2.8", python: "3.13.5", settings: "shop.settings", manage: "/app/manage.py" },
      checks: { system: { status: "passed", findings: 0, seconds: 0.4, cached: false } },
    });
  });

  it.each<[string, Platforms, unknown]>([
    [
      "one of two",
      { checked: ["linux/amd64"], emulated: ["linux/arm64"] },
      [
        { platform: "linux/amd64", checked: true },
        { platform: "linux/arm64", checked: false },
      ],
    ],
    [
      "both, each on a node of its own",
      { checked: ["linux/amd64", "linux/arm64"], emulated: [] },
      [
        { platform: "linux/amd64", checked: true },
        { platform: "linux/arm64", checked: true },
      ],
    ],
    ["one that the builder does not name", { checked: [""], emulated: [] }, []],
  ])("says which platforms were checked: %s", (_, platforms, all) =>
    expect(resultOf({ ...PASSED, platforms }).platforms).toEqual(all),
  );

  it("has the tag that the image got, not the one that was asked for", () => {
    const release = aRelease({ tag: "build-7-2" as Tag });
    expect(resultOf({ ...PASSED, release })).toMatchObject({ tag: "build-7-2" });
  });
});

describe("a finding in the report file", () => {
  function told(more: Parameters<typeof aFinding>[0]) {
    return (
      reportOf({ ...FAILED, verdict: aVerdict({ findings: [aFinding(more)] }) }).findings as unknown[]
    )[0];
  }

  it("leaves empty fields out", () => {
    expect(told({})).toEqual({
      check: "system",
      level: "WARNING",
      id: "security.W004",
      message: expect.any(String),
      count: 1,
    });
  });

  it("has every field that is set", () => {
    const full = aFinding({
      hint: "h",
      object: "shop.Order",
      file: "shop/models.py",
      line: 12,
      containerFile: "/app/shop/models.py:12",
      count: 3,
      migration: { app: "shop", name: "0002_x", path: "/app/p.py", operations: ["Add"], text: "class" },
      platforms: ["linux/amd64", "linux/386"],
    });
    expect(told(full)).toEqual(full);
  });
});

describe("the name of an output", () => {
  it.each([
    ["shop", "shop"],
    ["my-shop.v2", "my_shop_v2"],
    ["Shop_1", "Shop_1"],
    ["ü", "_"],
  ])("of %s is %s", (app, name) => {
    expect(outputName(app)).toBe(name);
    expect(outputsOf({ app }, NO_FILES)).toHaveProperty([`result_${name}`]);
  });
});

describe("the app's name before the inputs are validated", () => {
  it.each<[string | undefined, string | undefined, string]>([
    ["ghcr.io/acme/shop", undefined, "shop"],
    ["ghcr.io/acme/shop", "web", "web"],
    ["ghcr.io/acme/shop", "  web  ", "web"],
    ["ghcr.io/acme/shop", "", "shop"],
    ["ghcr.io/acme/shop:latest", undefined, "shop"],
    [`ghcr.io/acme/shop@${OURS}`, undefined, "shop"],
    ["localhost:5000/shop", undefined, "shop"],
    ["shop", undefined, "shop"],
    ["  ghcr.io/acme/shop\n", undefined, "shop"],
    ["ghcr.io/acme/Shop", undefined, "shop"],
    ["", undefined, ""],
    [undefined, undefined, ""],
    ["ghcr.io/acme/", undefined, ""],
    ["ghcr.io/acme/sh op", undefined, ""],
    ["x", "a\nb::set", ""],
    ["x", "-web", ""],
    ["x", "a".repeat(65), ""],
    ["x", "__proto__", ""],
  ])("of image %j and app %j is %j", (image, app, name) => {
    expect(appIn({ INPUT_IMAGE: image, INPUT_APP: app })).toBe(name);
  });
});
