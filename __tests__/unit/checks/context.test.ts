import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Failure, type FailureKind } from "../../../src/failure.ts";
import { keptName, labelsOf, stagingName } from "../../../src/image/names.ts";
import type { GitFacts } from "../../../src/request/git.ts";
import { leaveFolders, makeFolders, makeSite, probeFolder } from "../../../src/ship/prepare.ts";
import { aBuild, aRequest } from "../samples.ts";

const COMMIT: GitFacts = {
  head: "beef",
  parents: [],
  committed: "2026-01-02T03:04:05Z",
  origin: "",
  remoteBranches: [],
};

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(root, "probe", "checks"), { recursive: true });
  mkdirSync(join(root, "probe", "__pycache__"));
  writeFileSync(join(root, "probe", "probe.py"), "print()\n", { mode: 0o755 });
  writeFileSync(join(root, "probe", "checks", "system.py"), "pass\n", { mode: 0o600 });
  writeFileSync(join(root, "probe", "__pycache__", "x.pyc"), "");
  symlinkSync("/etc/hostname", join(root, "probe", "link.py"));
});
afterAll(() => rmSync(root, { recursive: true }));

function make(more: Parameters<typeof aRequest>[0] = {}) {
  return makeFolders({ RUNNER_TEMP: root }, join(root, "probe"), aRequest(more));
}

function mode(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

async function asked(more: Parameters<typeof aRequest>[0] = {}): Promise<Record<string, unknown>> {
  const { probeContext } = await make(more);
  return JSON.parse(readFileSync(join(probeContext, "probe", "request.json"), "utf8")) as Record<
    string,
    unknown
  >;
}

describe("the step's folders", () => {
  it("hold the probe and its request, without what Python or a link left there", async () => {
    const { probeContext, kept, work } = await make();
    expect(kept.startsWith(join(root, "shipshape-shop-"))).toBe(true);
    expect(work.startsWith(kept)).toBe(true);
    expect(readdirSync(join(probeContext, "probe")).sort()).toEqual(["checks", "probe.py", "request.json"]);
    expect(readdirSync(probeContext).sort()).toEqual(["probe", "room"]);
  });

  it.each([0o022, 0o077, 0o002])(
    "have the same modes under the umask %i, for they are part of the cache's key",
    async (umask) => {
      const before = process.umask(umask);
      try {
        const { probeContext } = await make();
        const modes = [
          "probe",
          "probe/probe.py",
          "probe/checks",
          "probe/checks/system.py",
          "probe/request.json",
          "room",
          "room/.shipshape",
          "room/.shipshape/report",
        ].map((path) => `${path} ${mode(join(probeContext, path))}`);
        expect(modes).toEqual([
          "probe 755",
          "probe/probe.py 644",
          "probe/checks 755",
          "probe/checks/system.py 644",
          "probe/request.json 644",
          "room 755",
          "room/.shipshape 755",
          "room/.shipshape/report 755",
        ]);
      } finally {
        process.umask(before);
      }
    },
  );

  it("are another one for each step", async () => {
    expect((await make()).kept).not.toBe((await make()).kept);
  });

  it("leave nothing but the report", async () => {
    const folders = await make();
    writeFileSync(join(folders.kept, "report.json"), "{}");
    await leaveFolders(folders);
    expect(readdirSync(folders.kept)).toEqual(["report.json"]);
  });
});

describe("what the probe is asked", () => {
  it("is in its request", async () => {
    expect(
      await asked({ checks: ["system"], timeout: 9, settings: "a.b", manage: "/m.py", python: "/p" }),
    ).toEqual({
      schema: 1,
      checks: ["system"],
      timeout: 9,
      settings: "a.b",
      manage: "/m.py",
      python: "/p",
      env: "",
    });
  });

  it.each<[checks: string[], asked: string[]]>([
    [["system", "caddy"], ["system"]],
    [["caddy"], ["settings"]],
  ])("is not about Caddy: %j", async (checks, expected) => {
    expect((await asked({ checks })).checks).toEqual(expected);
  });

  it("has a key of `env` in it, and none of its values", async () => {
    const env = new Map([["TOKEN", "s3cret-value"]]);
    const request = await asked({ env });
    expect(request.env).toMatch(/^[0-9a-f]{48}$/);
    expect(JSON.stringify(request)).not.toContain("s3cret");
  });

  it.each<[string, [string, string][], [string, string][], boolean]>([
    ["the same values", [["A", "1"]], [["A", "1"]], true],
    [
      "the same values in another order",
      [
        ["A", "1"],
        ["B", "2"],
      ],
      [
        ["B", "2"],
        ["A", "1"],
      ],
      true,
    ],
    ["another value", [["A", "1"]], [["A", "2"]], false],
    ["another name", [["A", "1"]], [["B", "1"]], false],
    ["a value that slides into a name", [["A", "1B"]], [["A1", "B"]], false],
    [
      "one more",
      [["A", "1"]],
      [
        ["A", "1"],
        ["B", ""],
      ],
      false,
    ],
  ])("has for %s: %j %j the same key: %s", async (_, one, other, same) => {
    const [a, b] = await Promise.all([asked({ env: new Map(one) }), asked({ env: new Map(other) })]);
    expect(a.env === b.env).toBe(same);
  });
});

it("the checks' environment goes into the site, whatever the names", async () => {
  const env = new Map([
    ["A", "1"],
    ["__proto__", "2"],
  ]);
  const site = await makeSite(aRequest({ env, build: aBuild() }), await make(), COMMIT, {
    env: {},
    say: () => {},
  });
  expect(site.checkEnvironment).toBe('{"A":"1","__proto__":"2"}');
  expect(site.staging).toMatch(/:staging$/);
});

describe("our labels", () => {
  it("say what git knows, so that two builds of one commit have the same", () => {
    expect(Object.fromEntries(labelsOf(aRequest(), COMMIT))).toEqual({
      "org.opencontainers.image.revision": "beef",
      "org.opencontainers.image.source": "https://github.com/acme/shop",
      "org.opencontainers.image.title": "shop",
      "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
    });
    expect(labelsOf(aRequest(), COMMIT)).toEqual(
      labelsOf(aRequest({ run: { id: "2", attempt: 3, number: 9 } }), COMMIT),
    );
  });

  it("leave out what nobody knows", () => {
    expect(Object.fromEntries(labelsOf(aRequest({ run: { sha: "", source: "" } }), undefined))).toEqual({
      "org.opencontainers.image.title": "shop",
    });
  });

  it("take the run's commit where git has none", () => {
    expect(labelsOf(aRequest(), undefined).get("org.opencontainers.image.revision")).toBe("c0ffee");
  });
});

describe("the staging name", () => {
  it.each([
    ["shop", "1001", /^shipshape\/1001-1-shop-[0-9a-f]{6}:staging$/],
    ["My.Shop_2", "1001", /^shipshape\/1001-1-my-shop-2-[0-9a-f]{6}:staging$/],
    ["a---b", "1001", /^shipshape\/1001-1-a-b-[0-9a-f]{6}:staging$/],
    ["shop-", "1001", /^shipshape\/1001-1-shop-[0-9a-f]{6}:staging$/],
    ["shop", "", /^shipshape\/local-1-shop-[0-9a-f]{6}:staging$/],
  ])("of the app %s in run %j is a reference", (app, id, name) => {
    expect(stagingName(aRequest({ app, run: { id } }))).toMatch(name);
  });

  it("is another one each time", () => expect(stagingName(aRequest())).not.toBe(stagingName(aRequest())));
});

describe("the name of the app's latest image", () => {
  it.each([
    ["shop", "https://github.com/acme/shop", "shipshape/kept:acme-shop-shop"],
    ["My.Shop_2", "https://ghe.example:8443/Acme/Mono.Repo", "shipshape/kept:acme-mono-repo-my-shop-2"],
    ["shop", "", "shipshape/kept:shop"],
    ["---", "", "shipshape/kept:app"],
    ["shop", `https://github.com/acme/${"x".repeat(200)}`, `shipshape/kept:${"x".repeat(115)}-shop`],
  ])("of %s in %j is %s", (app, source, name) => {
    expect(keptName(source, app)).toBe(name);
  });
});

it("the probe lies beside the bundle", () => expect(probeFolder("/a/dist/index.js")).toBe("/a/dist/probe"));

describe("a failure", () => {
  it.each<FailureKind>([
    "Invalid input",
    "Build failed",
    "Checks failed",
    "Checks could not run",
    "Publish failed",
    "Cancelled",
  ])("may be: %s", (kind) => {
    const failure = new Failure(kind, "why", { file: "Dockerfile", line: 3 });
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      kind,
      message: "why",
      place: { file: "Dockerfile", line: 3 },
      name: "Failure",
    });
    expect(new Failure(kind, "why").place).toBeUndefined();
  });
});
