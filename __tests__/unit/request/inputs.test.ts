import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { forEachOf } from "../random.ts";
import { CATALOGUE, complaint, folder, INPUTS, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder({ Dockerfile: "", "app/Dockerfile": "" });
});
afterAll(sweep);

const request = (inputs: Record<string, string>, more: NodeJS.ProcessEnv = {}) =>
  read(runner(workspace, inputs, more));
const problem = (inputs: Record<string, string>, more: NodeJS.ProcessEnv = {}) =>
  complaint(runner(workspace, inputs, more));

it("needs nothing but an image", () => {
  expect(request({})).toEqual({
    image: "ghcr.io/acme/shop",
    app: "shop",
    build: {
      context: workspace,
      contextIsRemote: false,
      file: path.join(workspace, "Dockerfile"),
      fileShown: "Dockerfile",
      target: "",
      platforms: [],
      args: new Map(),
      contexts: new Map(),
      secrets: [],
      ssh: [],
      labels: new Map(),
      annotations: [],
      network: "",
      addHosts: new Map(),
      shmSize: "",
      ulimits: [],
      allow: [],
      pull: false,
      noCache: false,
      noCacheFilters: [],
      provenance: "",
      sbom: "",
      builder: "",
      cacheFrom: [],
      cacheTo: [],
    },
    tag: "build-7",
    tags: [],
    push: { push: true },
    load: false,
    existingTag: "auto",
    checks: CATALOGUE,
    failLevel: "WARNING",
    ignore: [],
    timeout: 300,
    commands: { lines: [], target: "", timeout: 1800 },
    checksNetwork: "none",
    caddy: {
      file: "",
      image: "caddy:2",
      imageIsNamed: false,
      dockerfile: "",
      context: "",
      target: "",
      args: new Map(),
      env: new Map(),
    },
    env: new Map(),
    settings: "",
    manage: "",
    python: "",
    summary: true,
    run: { number: 7, attempt: 1, id: "", sha: "", url: "", source: "", event: "push" },
    workspace,
    notices: [],
    warnings: [],
  });
});

it("treats an empty input as not given", () => {
  const empty = Object.fromEntries(INPUTS.filter((name) => name !== "image").map((name) => [name, ""]));
  expect(request(empty)).toEqual(request({}));
});

describe("image", () => {
  it("is required", () => expect(problem({ image: " " })).toContain("`image` is required"));
  it("becomes lower case, with a notice", () => {
    const { image, app, notices } = request({ image: "ghcr.io/Acme/Shop" });
    expect([image, app]).toEqual(["ghcr.io/acme/shop", "shop"]);
    expect(notices).toEqual([expect.stringContaining('"ghcr.io/Acme/Shop" has upper case')]);
  });
  it("may not have a tag", () =>
    expect(problem({ image: "acme/shop:7" })).toMatch(/^`image` "acme\/shop:7" has a tag/));
  it("may not be an option", () => expect(problem({ image: "--push" })).toContain("begins with a dash"));
});

describe("app", () => {
  it.each(["shop", "Shop_2", "a.b-c", "7", "a".repeat(64)])("may be %s", (app) =>
    expect(request({ app }).app).toBe(app),
  );
  it.each(["-shop", ".shop", "_shop", "my shop", "a/b", "läden", "a\nb", "${x}", "a".repeat(65)])(
    "may not be %j",
    (app) => expect(problem({ app })).toMatch(/^`app` ".*" is not allowed\. Use 1 to 64 letters/),
  );
  it("is the last part of the image by default, cut after 64 characters", () =>
    expect(request({ image: `acme/${"a".repeat(70)}` }).app).toBe("a".repeat(64)));
});

describe("tag", () => {
  it.each([
    ["build-7", {}, { GITHUB_RUN_NUMBER: "7" }],
    ["build-12345", {}, { GITHUB_RUN_NUMBER: "12345" }],
    ["v1.2.3", { tag: "v1.2.3" }, {}],
    ["v1", { tag: " v1 " }, { GITHUB_RUN_NUMBER: undefined }],
  ])("%s from %j and %j", (tag, inputs, more) => expect(request(inputs, more).tag).toBe(tag));

  it.each([undefined, "", "0", "x", "-7", "7.5", "7\n", "9".repeat(20)])(
    "needs a run number or an input: %j",
    (number) => expect(problem({}, { GITHUB_RUN_NUMBER: number })).toContain("`tag` is not given"),
  );

  it.each(["-v1", "a b", "a:b", "${x}"])("may not be %j", (tag) =>
    expect(problem({ tag })).toContain("`tag`"),
  );
});

describe("tags", () => {
  it.each([
    ["bare", "latest", ["latest"]],
    ["CSV", "latest, v1,v1.2", ["latest", "v1", "v1.2"]],
    ["full refs", "ghcr.io/acme/shop:latest\nghcr.io/acme/shop:v1", ["latest", "v1"]],
    ["full refs in upper case", "GHCR.io/Acme/Shop:latest", ["latest"]],
    ["repeated ones", "latest\nghcr.io/acme/shop:latest", ["latest"]],
    ["the tag itself", "build-7,latest", ["latest"]],
  ])("%s", (_, tags, expected) => expect(request({ tags }).tags).toEqual(expected));

  it.each([
    ["acme/shop", "docker.io/acme/shop:v1"],
    ["docker.io/acme/shop", "acme/shop:v1"],
    ["shop", "docker.io/library/shop:v1"],
    ["localhost:5000/shop", "localhost:5000/shop:v1"],
  ])("for %s may be %s", (image, tags) => expect(request({ image, tags }).tags).toEqual(["v1"]));

  it.each([
    ["ghcr.io/acme/store:v1", 'is in another repository. Only "ghcr.io/acme/shop" is allowed'],
    ["acme/shop:v1", "is in another repository"],
    ["shop:v1", "is in another repository"],
    ["ghcr.io/acme/shop", "has no tag"],
    [`ghcr.io/acme/shop@sha256:${"0".repeat(64)}`, "has a digest"],
    ["-x", "is not a valid tag"],
    // ModischFabrications/CutSolverFrontend#52
    ["ghcr.io/acme/shop:", "has nothing after the colon. Is a variable of the workflow empty?"],
  ])("may not be %s", (tags, sentence) => expect(problem({ tags })).toContain(sentence));
});

describe("booleans", () => {
  const flags = ["load", "summary", "pull", "no-cache"] as const;
  const flagOf = (name: (typeof flags)[number], text: string) => {
    const { load, summary, build } = request({ [name]: text });
    return { load, summary, pull: build.pull, "no-cache": build.noCache }[name];
  };
  it.each(flags)("%s is read as @actions/core reads it", (name) => {
    expect(["true", "True", "TRUE", " true "].map((text) => flagOf(name, text))).not.toContain(false);
    expect(["false", "False", "FALSE"].map((text) => flagOf(name, text))).not.toContain(true);
  });
  it.each(flags)("%s may be nothing else", (name) => {
    forEachOf(["yes", "1", "tRUE", "on"], (text) => {
      expect(problem({ [name]: text })).toBe(
        `\`${name}\` "${text}" is not a boolean. Write \`true\` or \`false\`.`,
      );
    });
  });
});

describe("words", () => {
  it.each([
    ["push", "yes", "Write `auto`, `true` or `false`."],
    ["push", "aut", "Did you mean `auto`?"],
    ["existing-tag", "overwrit", "Did you mean `overwrite`?"],
    ["existing-tag", "keep", "Write `auto`, `fail` or `overwrite`."],
    ["network", "hots", "Did you mean `host`?"],
    ["network", "bridge", "Write `default`, `host` or `none`."],
    ["fail-level", "WARNNIG", "Did you mean `WARNING`?"],
    ["fail-level", "FATAL", "Write `DEBUG`, `INFO`, `WARNING`, `ERROR`, `CRITICAL` or `never`."],
  ])("%s: %s", (name, text, sentence) => {
    const message = problem({ [name]: text });
    expect(message).toContain(`\`${name}\` "${text}" is not allowed.`);
    expect(message).toContain(sentence);
  });

  it.each([
    ["error", "ERROR"],
    ["Critical", "CRITICAL"],
    ["DEBUG", "DEBUG"],
    ["Never", "never"],
  ])("fail-level %s is %s", (text, level) => expect(request({ "fail-level": text }).failLevel).toBe(level));

  it.each(["auto", "fail", "overwrite"])("existing-tag may be %s", (text) =>
    expect(request({ "existing-tag": text }).existingTag).toBe(text),
  );
});

describe("run", () => {
  it("takes one command a line, without comments and empty lines", () => {
    const run = "pytest -q\n\n# linters\n  ruff check . # all\n";
    expect(request({ run, "run-target": "dev", "run-timeout": "60" }).commands).toEqual({
      lines: ["pytest -q", "ruff check . # all"],
      target: "dev",
      timeout: 60,
    });
  });

  it.each([
    [{ run: "a\nb\na" }, '`run` has "a" twice'],
    [{ run: "a \\\n  b" }, "ends with a backslash"],
    [
      { run: Array.from({ length: 51 }, (_, index) => `echo ${index}`).join("\n") },
      "has 51 commands. At most 50 are allowed",
    ],
    [{ "run-target": "dev" }, "`run-target` is given, but `run` is not"],
    [{ run: "a", "run-target": "de v" }, '`run-target` "de v" is not allowed'],
    [{ run: "a", "run-timeout": "0" }, '`run-timeout` "0" is not allowed'],
    [{ "checks-network": "bridge" }, '`checks-network` "bridge" is not allowed. Write `none` or `host`.'],
  ])("%j is a problem", (inputs, words) => expect(problem(inputs)).toContain(words));
});

describe("timeout", () => {
  it.each([
    ["1", 1],
    ["300", 300],
    [" 86400 ", 86_400],
  ])("may be %j", (timeout, seconds) => expect(request({ timeout }).timeout).toBe(seconds));
  it.each(["0", "-1", "86401", "1.5", "5m", "1e3", "0x10", "٣"])("may not be %j", (timeout) =>
    expect(problem({ timeout })).toBe(
      `\`timeout\` "${timeout}" is not allowed. Write whole seconds from 1 to 86400.`,
    ),
  );
});

describe("places in the image", () => {
  it.each([
    ["settings", "shop.settings"],
    ["settings", "settings"],
    ["settings", "shop.settings._prod2"],
    ["settings", "läden.settings"],
    ["manage", "/app/manage.py"],
    ["manage", "src/manage.py"],
    ["manage", "/my app/manage.py"],
    ["python", "/usr/local/bin/python3.13"],
  ] as const)("%s may be %s", (name, value) => expect(request({ [name]: value })[name]).toBe(value));

  it.each([
    ["settings", "shop/settings.py"],
    ["settings", "shop."],
    ["settings", ".settings"],
    ["settings", "2shop.settings"],
    ["settings", "shop..settings"],
    ["settings", "shop settings"],
    ["settings", "--pdb"],
    ["settings", "shop\nsettings"],
    ["manage", "--version"],
    ["manage", "/app\n/manage.py"],
    ["manage", "/app\u0007"],
    ["python", "python3"],
    ["python", "-c"],
    ["python", "/"],
    ["python", "/usr/bin/\npython"],
  ])("%s may not be %j", (name, value) => expect(problem({ [name]: value })).toContain(`\`${name}\` "`));
});

it("reports all problems at once, one a line", () => {
  const message = problem({ image: "a b", tag: "-", timeout: "x", cheks: "all", target: "a b", pull: "yes" });
  const lines = message.split("\n");
  expect(lines[0]).toBe("6 problems with the inputs:");
  expect(lines.slice(1).map((line) => /^- `([^`]+)`/.exec(line)?.[1])).toEqual(
    expect.arrayContaining(["image", "tag", "timeout", "cheks", "target", "pull"]),
  );
  expect(lines).toHaveLength(7);
});
