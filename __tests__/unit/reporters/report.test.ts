import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Failure } from "../../../src/failure.ts";
import { Log } from "../../../src/reporters/log.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import { report } from "../../../src/reporters/report.ts";
import { announce } from "../../../src/reporters/say.ts";
import { Trace } from "../../../src/reporters/trace.ts";
import { aBuild, aFinding, aRequest, aResult, aVerdict } from "../samples.ts";
import { aPass } from "./samples.ts";

let folder = "";
let printed = "";
const before = process.env.GITHUB_OUTPUT;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tell-"));
  printed = "";
  for (const name of ["output", "summary"]) writeFileSync(join(folder, name), "");
  process.env.GITHUB_OUTPUT = join(folder, "output");
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  if (before === undefined) delete process.env.GITHUB_OUTPUT;
  else process.env.GITHUB_OUTPUT = before;
  rmSync(folder, { recursive: true });
});

function log(): Log {
  return new Log((text) => {
    printed += text;
  });
}

/** The outputs as the runner reads them. */
function outputs(): Record<string, string> {
  const text = readFileSync(join(folder, "output"), "utf8");
  return Object.fromEntries(
    [...text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n(.*?)\n\2$/gms)].map(([, name, , value]) => [name, value]),
  );
}

function commands(): string[] {
  return printed.split("\n").filter((line) => /^::(error|warning|notice)/.test(line));
}

async function told(outcome: Outcome, summary = join(folder, "summary")): Promise<boolean> {
  return report(outcome, log(), { GITHUB_STEP_SUMMARY: summary });
}

const PASSED = () => aPass({ folder });

describe("the end of a step", () => {
  it("sets the outputs, writes the report, the SARIF file and the summary, and closes the fence", async () => {
    await told(PASSED());
    expect(outputs()).toMatchObject({
      app: "shop",
      tag: "build-7",
      pushed: "true",
      report: `${folder}/report.json`,
      sarif: `${folder}/report.sarif`,
    });
    expect(JSON.parse(readFileSync(join(folder, "report.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toMatchObject({
      schema: 1,
      findings: [],
    });
    expect(readFileSync(join(folder, "summary"), "utf8")).toContain("shop: passed");
    const fence = [...printed.matchAll(/^::stop-commands::(.*)$/gm)].map(([, token]) => token);
    for (const token of fence) expect(printed).toContain(`::${token}::\n`);
  });

  it("adds to what other actions have written into the summary", async () => {
    writeFileSync(join(folder, "summary"), "theirs\n");
    await told(PASSED());
    expect(readFileSync(join(folder, "summary"), "utf8")).toMatch(/^theirs\n## /);
  });

  it("writes no summary when the workflow wants none", async () => {
    await told({ ...PASSED(), request: aRequest({ summary: false }) });
    expect(readFileSync(join(folder, "summary"), "utf8")).toBe("");
  });

  it.each<[string, Partial<Outcome>]>([
    ["passed", {}],
    ["failed", { failure: new Failure("Build failed", "no space left on device") }],
  ])("sets the outputs of a step that %s even if the report file cannot be written", async (_, more) => {
    await told({ ...PASSED(), ...more, folder: join(folder, "gone") });
    expect(outputs()).toMatchObject({ app: "shop", report: "", sarif: "" });
    if (more.failure)
      expect(commands().some((line) => line.startsWith("::error title=Build failed"))).toBe(true);
  });

  it.each<[string, () => string]>([
    ["there is no such folder", () => join(folder, "gone", "output")],
    ["the disk is full", () => "/dev/full"],
  ])("says that a pass counts for nothing when the outputs cannot be set: %s", async (_, file) => {
    expect(await told(PASSED())).toBe(true);
    process.env.GITHUB_OUTPUT = file();
    expect(await told(PASSED())).toBe(false);
    expect(commands().join()).toContain("::error::The step's outputs could not be set");
  });

  it.each<[string, () => string]>([
    ["there is no such folder", () => join(folder, "gone", "summary")],
    ["the disk is full", () => "/dev/full"],
  ])("does not fail when the summary cannot be written: %s", async (_, file) => {
    await told(PASSED(), file());
    expect(outputs().pushed).toBe("true");
    expect(commands().join()).toContain("job summary could not be written");
  });

  it.each([
    "Invalid input",
    "Build failed",
    "Checks failed",
    "Checks could not run",
    "Publish failed",
    "Cancelled",
  ] as const)("tells %s with one error, and every output is set", async (kind) => {
    await told({
      app: "shop",
      failure: new Failure(kind, "why\nand what to do", { file: "Dockerfile", line: 3 }),
    });
    expect(commands()).toEqual([`::error title=${kind},file=Dockerfile,line=3::why%0Aand what to do`]);
    expect(Object.keys(outputs()).sort()).toEqual(
      [
        "app",
        "checks",
        "digest",
        "image",
        "metadata",
        "pinned",
        "pushed",
        "ref",
        "report",
        "result",
        "result_shop",
        "sarif",
        "tag",
      ].sort(),
    );
  });

  it("keeps the runner's limit of annotations, earlier ones included, and writes the failure last", async () => {
    const findings = Array.from({ length: 20 }, (_, n) =>
      aFinding({ level: "ERROR", file: "a.py", line: n + 1, message: `e${n}` }),
    );
    await told({ ...PASSED(), verdict: aVerdict({ findings }), failure: new Failure("Checks failed", "x") });
    const errors = commands().filter((line) => line.startsWith("::error"));
    expect(errors).toHaveLength(10);
    expect(errors.at(-2)).toContain("title=12 more errors");
    expect(errors.at(-1)).toBe("::error title=Checks failed::x");
  });

  it("writes a finding in full once, and folds the annotations, which the runner prints too", async () => {
    const findings = [aFinding({ level: "ERROR", file: "a.py", line: 1, message: "only once" })];
    await told({ ...PASSED(), verdict: aVerdict({ findings }), failure: new Failure("Checks failed", "x") });
    const [before = "", after = ""] = printed.split("::group::Annotations\n");
    expect(before.match(/only once/g)).toHaveLength(1);
    const [folded = "", open = ""] = after.split("::endgroup::\n");
    expect(folded).toContain("only once");
    expect(open).not.toContain("only once");
  });

  it("reports settings that cannot be loaded once, as the failure", async () => {
    const crash = aFinding({ level: "CRITICAL", id: "settings.crashed", message: "broken", file: "s.py" });
    const failure = new Failure("Checks could not run", "broken, and what to do");
    await told({ ...PASSED(), verdict: aVerdict({ status: "error", findings: [crash] }), failure });
    expect(printed.match(/broken/g)).toHaveLength(1);
    expect(readFileSync(join(folder, "summary"), "utf8").match(/broken/g)).toHaveLength(1);
  });

  it("reports the build's warnings about the workflow's own Dockerfile, and about no other", async () => {
    const file = join(folder, "Dockerfile");
    writeFileSync(file, "from a as b\n");
    const trace = new Trace();
    const warning = { message: "FromAsCasing: x", detail: "", url: "", line: 1 };
    trace.hear({ type: "warning", warning: { ...warning, source: "from a as b\n" } });
    trace.hear({ type: "warning", warning: { ...warning, message: "Ours: y", source: "from ours\n" } });
    await told({ ...PASSED(), request: aRequest({ build: aBuild({ file }) }), trace });
    expect(commands()).toEqual(["::warning title=Dockerfile%3A FromAsCasing,file=shop/Dockerfile,line=1::x"]);
    expect(printed).not.toContain("Ours");
    expect(readFileSync(join(folder, "summary"), "utf8")).toContain("FromAsCasing");
  });

  it.each([
    [true, 1, "Image: 4.2 MB compressed in 1 layer\n"],
    [false, 2, "Image: 8.4 MB in 2 layers\n"],
  ])("says how large the image is (packed: %j, layers: %d)", async (packed, count, line) => {
    const all = [...Array(count).fill({ bytes: 4_200_000, by: "COPY . ." }), { bytes: 0, by: "ENV A=b" }];
    await told({ ...PASSED(), layers: { packed, all } });
    expect(printed).toContain(line);
  });

  it("lets the runner obey no command that the image prints", async () => {
    const evil = "x\n::set-output name=tag::evil\n::error::theirs\r\n::error::theirs";
    const finding = aFinding({
      id: "a,b:c\n::error::theirs",
      message: evil,
      hint: evil,
      object: evil,
      file: "a.py\n::error::theirs",
      line: 1,
    });
    await told({
      ...PASSED(),
      verdict: aVerdict({ checks: [aResult({ notes: [evil], reason: evil })], findings: [finding] }),
      failure: new Failure("Checks failed", evil),
    });
    const outside = printed.replace(/^::stop-commands::(\w+)\n.*?^::\1::\n/gms, "");
    expect(outside).not.toMatch(/^::set-output|^::error::theirs/m);
    expect(outputs().tag).toBe("build-7");
  });
});

it("notices and warnings of the request are annotations", () => {
  announce(aRequest({ notices: ["n\n::error::x"], warnings: ["w"] }), log());
  expect(commands()).toEqual(["::notice::n%0A::error::x", "::warning::w"]);
});
