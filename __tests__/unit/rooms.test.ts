/** The rules of the house that a compiler does not know: who may import whom, and which rooms are pure. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..");

/** Which rooms the files of a room may import, types included. Every arrow points down this table. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ship: ["reporters", "checks", "publish", "image", "docker", "process", "request", "failure"],
  collect: ["reporters", "checks", "publish", "image", "docker", "process", "request", "failure"],
  reporters: ["checks", "publish", "image", "docker", "request", "failure"],
  checks: ["publish", "image", "docker", "request", "failure"],
  publish: ["image", "docker", "request", "failure"],
  image: ["docker", "request", "failure"],
  docker: ["process", "request", "failure"],
  process: ["failure"],
  request: ["process", "failure"],
  failure: [],
};

const FILES = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .sort();

const text = (file: string) => readFileSync(join(ROOT, "src", file), "utf8");
const roomOf = (file: string) => file.split("/")[0]?.replace(/\.ts$/, "") ?? "";

/** The files of ours that a file imports, types included. */
function importsOf(file: string): string[] {
  return [...text(file).matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    posix.join(posix.dirname(file), path),
  );
}

/** What a file loads at run time: imports that are not of types alone. */
function loads(file: string): string[] {
  return [...text(file).matchAll(/^import (?!type )[\s\S]*?from "([^"]+)";/gm)].map(([, from = ""]) => from);
}

describe("imports go down only", () => {
  it.each(Object.keys(MAY_IMPORT))("%s/ imports only rooms below it", (room) => {
    const up = FILES.filter((file) => roomOf(file) === room).flatMap((file) =>
      importsOf(file)
        .filter((path) => roomOf(path) !== room && !MAY_IMPORT[room]?.includes(roomOf(path)))
        .map((path) => `${file} → ${path}`),
    );
    expect(up).toEqual([]);
  });

  it.each(["", "caddy", "commands", "django"])("checks/project/ is below checks/%s", (above) => {
    const up = FILES.filter((file) => file.startsWith("checks/project/")).flatMap((file) =>
      importsOf(file)
        .filter((path) => posix.dirname(path) === posix.join("checks", above))
        .map((path) => `${file} → ${path}`),
    );
    expect(up).toEqual([]);
  });

  it("knows every room", () => {
    const rooms = new Set(FILES.map(roomOf));
    expect([...rooms].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });
});

/** Modules of Node that only calculate. */
const CALCULATES = ["node:path", "node:crypto"];

/** Files of checks/ that read files, start solves or look at the clock. All others there are pure. */
const EFFECTS_IN_CHECKS =
  /(^|\/)(run|workspace|context|collect-files|exported|repository-paths|checkout|repository|search)\.ts$/;

describe("pure files load no process, no file system, no clock", () => {
  const pure = FILES.filter((file) => roomOf(file) === "checks" && !EFFECTS_IN_CHECKS.test(file));
  /** Files of any room whose first comment says so. */
  const saysSo = FILES.filter((file) => /^\/\*\*(?:(?!\*\/)[\s\S])*\bPure\b/.test(text(file)));

  it("are said to be pure in the rooms below and above the checks too", () =>
    expect(saysSo).toEqual(
      expect.arrayContaining([
        "docker/manifests.ts",
        "image/attestations.ts",
        "image/built-image.ts",
        "image/exports.ts",
        "image/failures.ts",
        "image/platforms.ts",
        "image/target.ts",
        "publish/tag-rule.ts",
        "reporters/summary.ts",
        "reporters/text.ts",
      ]),
    ));

  it.each([...new Set([...pure, ...saysSo])])("%s", (file) => {
    expect(loads(file).filter((from) => from.startsWith("node:") && !CALCULATES.includes(from))).toEqual([]);
    expect(text(file)).not.toMatch(/process\.|Date\.now|performance\./);
  });
});

describe("processes", () => {
  it("are started in process/ alone", () => {
    const starting = (module: string) => FILES.filter((file) => loads(file).includes(module));
    expect(starting("node:child_process")).toEqual(["process/process.ts"]);
    expect(starting("@actions/exec")).toEqual(["process/query.ts"]);
  });
});

describe("the entry bundle", () => {
  it("stays under 600 kB", () => {
    expect(statSync(join(ROOT, "dist", "index.js")).size).toBeLessThan(600_000);
  });
});
