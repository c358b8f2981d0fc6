import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../../src/checks/finding.ts";
import { sizeText } from "../../../src/docker/words.ts";
import { Failure } from "../../../src/failure.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import {
  checkTexts,
  closingText,
  findingText,
  ignoredTexts,
  placeText,
  settingsText,
  skippedTexts,
  suppliedText,
  unreadText,
} from "../../../src/reporters/text.ts";
import type { Ref, Tag } from "../../../src/request/request.ts";
import { aBuiltImage, aFinding, aRelease, aRequest, aResult, aVerdict, IMAGE, OURS } from "../samples.ts";

it("gives the reason for several skipped checks once", () => {
  const checks = [
    aResult({ name: "system" }),
    aResult({ name: "caddy", status: "skipped", skipped: "there is no Caddyfile" }),
    aResult({ name: "hosts", status: "skipped", skipped: "there is no Caddyfile" }),
    aResult({ name: "other", status: "skipped", skipped: "it is not asked for" }),
  ];
  expect(skippedTexts({ checks })).toEqual([
    "Skipped caddy and hosts: there is no Caddyfile.",
    "Skipped other: it is not asked for.",
  ]);
});

it("says what a failed check left out", () => {
  const why = "it is not known whether shop.wsgi can be loaded";
  expect(skippedTexts({ checks: [aResult({ name: "start", status: "failed", skipped: why })] })).toEqual([
    `Skipped a part of start: ${why}.`,
  ]);
});

describe("a finding", () => {
  it.each<[string, Partial<Finding>, string]>([
    ["with nothing but a message", { message: "m" }, "WARNING  security.W004\n  m"],
    [
      "with everything",
      { message: "m", hint: "h", object: "shop.Order", file: "shop/models.py", line: 12, count: 3 },
      "WARNING  security.W004  shop.Order  shop/models.py:12  (3 times)\n  m\n  HINT: h",
    ],
    [
      "of several lines",
      { message: "a\nb", hint: "c\nd" },
      "WARNING  security.W004\n  a\n  b\n  HINT: c\n  d",
    ],
    [
      "of a file of the image alone",
      { message: "m", containerFile: "/x.py:3" },
      "WARNING  security.W004  /x.py:3 (in the image)\n  m",
    ],
    ["without an id", { message: "m", id: "" }, "WARNING\n  m"],
    [
      "of several platforms",
      { message: "m", count: 2, platforms: ["linux/amd64", "linux/386"] },
      "WARNING  security.W004  (2 times)  (linux/amd64, linux/386)\n  m",
    ],
    [
      "with the migration to write",
      {
        message: "m",
        migration: {
          app: "shop",
          name: "0002",
          path: "/app/m.py",
          operations: ["Add a", "Add b"],
          text: "x = 1\ny = 2\n\n",
        },
      },
      "WARNING  security.W004\n  m\n  Add a\n  Add b\n  /app/m.py:\n    | x = 1\n    | y = 2",
    ],
  ])("%s", (_, more, text) => expect(findingText(aFinding(more))).toBe(text));

  it.each([
    [{ file: "a.py", line: 3, containerFile: "/app/a.py:3" }, "a.py:3"],
    [{ file: "a.py" }, "a.py"],
    [{ containerFile: "/app/a.py" }, "/app/a.py (in the image)"],
    [{}, ""],
  ])("with %j is at %j", (more, place) => expect(placeText(aFinding(more))).toBe(place));
});

describe("the checks", () => {
  it("are a line each, in columns", () => {
    expect(
      checkTexts([
        aResult(),
        aResult({ name: "migrations", findings: 1, status: "failed" }),
        aResult({ name: "static", status: "error", cached: true }),
        aResult({ silenced: 2 }),
        aResult({ name: `python manage.py test ${"x".repeat(60)}` }),
      ]),
    ).toEqual([
      "passed   system      0 findings, 0.4 s",
      "failed   migrations  1 finding, 0.4 s",
      "error    static      0 findings, cached",
      "passed   system      0 findings, 2 silenced by the project, 0.4 s",
      `passed   python manage.py test ${"x".repeat(60)}  0 findings, 0.4 s`,
    ]);
  });

  it("may be none", () => expect(checkTexts([])).toEqual([]));
});

describe("the settings", () => {
  it.each([
    [{}, "Checked shop.settings (named by wsgi.py), Django 5.2.8, Python 3.13.5"],
    [{ settingsSource: "" }, "Checked shop.settings (named by the project), Django 5.2.8, Python 3.13.5"],
    [
      { otherSettings: [{ settings: "shop.dev", source: "manage.py" }] },
      "Checked shop.settings (named by wsgi.py; the project also names shop.dev (manage.py)), Django 5.2.8, Python 3.13.5",
    ],
    [{ django: { version: "", python: "", settings: "", manage: "" } }, ""],
  ])("%j: %j", (more, text) => expect(settingsText(aVerdict(more))).toBe(text));

  it("are reported with the variables that shipshape set for them", () => {
    const environment = [
      { name: "SECRET_KEY", supplied: "shipshape" as const },
      { name: "A", supplied: "image" as const },
      { name: "B", supplied: "user" as const },
      { name: "C", supplied: "nobody" as const },
      { name: "DATABASE_URL", supplied: "shipshape" as const },
    ];
    expect(suppliedText(aVerdict({ environment }))).toContain(
      "SECRET_KEY, DATABASE_URL. Production must set its own.",
    );
    expect(suppliedText(aVerdict())).toBe("");
  });

  it("do not need DJANGO_ENV, which shipshape gives them in any case", () => {
    const environment = [{ name: "DJANGO_ENV", supplied: "shipshape" as const }];
    const text = suppliedText(aVerdict({ environment }));
    expect(text).toContain("Shipshape set DJANGO_ENV to production, to get production's settings");
    expect(text).not.toContain("need");
    const more = [...environment, { name: "SECRET_KEY", supplied: "shipshape" as const }];
    expect(suppliedText(aVerdict({ environment: more }))).toBe(
      "Supplied by shipshape, because the settings need them and neither the image nor `env` sets them: SECRET_KEY. " +
        `Production must set its own. ${text}`,
    );
  });

  it("are reported with what `env` sets in vain; next to commands only what looks like a slip", () => {
    const unread = [
      { name: "PGHOST", nearest: "" },
      { name: "ALLOWED_HOST", nearest: "ALLOWED_HOSTS" },
    ];
    const reads = { complete: true, unread };
    const slip = "`env` sets ALLOWED_HOST, and nothing has read it: did you mean ALLOWED_HOSTS?";
    expect(unreadText(aVerdict({ reads }))).toBe(`\`env\` sets PGHOST, and nothing has read it. ${slip}`);
    const checks = [aResult({ name: "pytest", exitCode: 0 })];
    expect(unreadText(aVerdict({ reads, checks }))).toBe(slip);
    expect(unreadText(aVerdict())).toBe("");
  });
});

describe("the closing lines", () => {
  const passed: Outcome = { app: "shop", request: aRequest(), image: aBuiltImage(), verdict: aVerdict() };

  it.each<[string, Outcome, string[]]>([
    [
      "a release",
      { ...passed, release: aRelease() },
      [`Passed. ${IMAGE}:build-7 is ${OURS}`, `Deploy ${IMAGE}@${OURS}`],
    ],
    [
      "what was there",
      { ...passed, release: aRelease({ how: "already there" }) },
      [`Passed. ${IMAGE}:build-7 was there already: ${OURS}`, `Deploy ${IMAGE}@${OURS}`],
    ],
    [
      "further tags",
      { ...passed, release: aRelease({ tags: ["latest" as Tag, "7" as Tag] }) },
      [`Passed. ${IMAGE}:build-7 is ${OURS}`, "Also tagged: latest, 7", `Deploy ${IMAGE}@${OURS}`],
    ],
    [
      "a pull request",
      { ...passed, request: aRequest({ push: { push: false, why: "a pull request" } }) },
      [`Passed. ${OURS}`, "Not pushed: a pull request"],
    ],
    [
      "several platforms, of which the builder emulates one",
      {
        ...passed,
        release: aRelease(),
        platforms: { checked: ["linux/amd64"], emulated: ["linux/arm64"] },
      },
      [
        `Passed. ${IMAGE}:build-7 is ${OURS}`,
        `Deploy ${IMAGE}@${OURS}`,
        "1 of 2 platforms checked: linux/amd64; not checked, because the builder does not run it natively: linux/arm64",
      ],
    ],
    [
      "several platforms, each on a node of its own",
      {
        ...passed,
        release: aRelease(),
        platforms: { checked: ["linux/amd64", "linux/arm64"], emulated: [] },
      },
      [
        `Passed. ${IMAGE}:build-7 is ${OURS}`,
        `Deploy ${IMAGE}@${OURS}`,
        "2 of 2 platforms checked: linux/amd64, linux/arm64",
      ],
    ],
    [
      "an image that was loaded",
      { ...passed, request: aRequest({ push: { push: false, why: "w" } }), loaded: ["x:y" as Ref] },
      [`Passed. ${OURS}`, "Not pushed: w", "Loaded into the local engine as x:y"],
    ],
    [
      "a failure, which follows as an annotation",
      { ...passed, failure: new Failure("Checks failed", "why") },
      [`Checks failed. Built ${OURS}; not released.`],
    ],
    [
      "a failure before there was an image",
      { app: "shop", failure: new Failure("Build failed", "why") },
      ["Build failed. Nothing was released."],
    ],
    [
      "a failure after the release",
      { ...passed, release: aRelease(), failure: new Failure("Publish failed", "why") },
      [`Publish failed, after ${IMAGE}:build-7 was released at ${OURS}.`],
    ],
  ])("of %s", (_, outcome, lines) => expect(closingText(outcome).split("\n")).toEqual(lines));
});

describe("what was ignored", () => {
  const ignored = [
    { rule: "a.W1", findings: 2 },
    { rule: "b.W1", findings: 0 },
  ];
  it("is reported together with the rules that matched nothing", () => {
    expect(ignoredTexts(aVerdict({ ignored }))).toEqual([
      "ignored by `a.W1`: 2",
      "`ignore: b.W1` matched nothing",
    ]);
  });

  it("is reported without these when a check could not run: it might have found what they are for", () => {
    const checks = [aResult({ status: "error" })];
    expect(ignoredTexts(aVerdict({ ignored, checks }))).toEqual(["ignored by `a.W1`: 2"]);
  });
});

it.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [54_321_000, "54.3 MB"],
  [2e9, "2.0 GB"],
  [5e13, "50000.0 GB"],
])("%d bytes are %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));
