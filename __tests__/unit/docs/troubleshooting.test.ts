/** docs/troubleshooting.md is keyed by texts of errors: here they are compared with the code that writes them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ADVICE } from "../../../src/image/failures.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const page = read("docs/troubleshooting.md");

/** Texts of a part of the page: the code in the first column of its tables. */
function keysIn(text: string): string[] {
  const cells = [...text.matchAll(/^\| (.+?) \|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , key = ""]) => key.trim()));
}

/** What others write (the engine, BuildKit, registries, programs) is in this chapter; all else is ours. */
const THEIRS = /^### In the words of the engine[\s\S]*?(?=^### )/m;
const theirs = keysIn(THEIRS.exec(page)?.[0] ?? "");
const ours = keysIn(page.replace(THEIRS, ""));

/** Words of others that stand in our chapters too, since a registry says them at a push. */
const ALSO_THEIRS = [
  "401 Unauthorized",
  "unknown flag: --prefer-index",
  "connection refused",
  "no such host",
];

/** Our messages as one text: pieces that are joined with `+` put together, and `…` for what is filled in. */
const messages = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(ts|py|sh)$/.test(file))
  .map((file) => read(`src/${file}`))
  .join("\n")
  .replace(/["'`]\s*\+?\s*\n\s*["'`]/g, "")
  .replaceAll("\\`", "`");

describe("docs/troubleshooting.md", () => {
  it("has a chapter for each kind of failure", () => {
    const type = /export type FailureKind =([^;]+);/.exec(read("src/failure.ts"))?.[1] ?? "";
    const kinds = [...type.matchAll(/"([^"]+)"/g)].map(([, kind]) => kind);
    expect(kinds).not.toEqual([]);
    expect(kinds.filter((kind) => !page.includes(`\n## ${kind}\n`))).toEqual([]);
  });

  it.each(ADVICE.map(([pattern, advice]) => [pattern.source, pattern, advice] as const))(
    "has a text that the advice on /%s/ is for",
    (_, pattern) => {
      expect(theirs.some((key) => pattern.test(key))).toBe(true);
    },
  );

  it.each(ours.filter((key) => !ALSO_THEIRS.includes(key)))("quotes a message of ours: %s", (key) => {
    const pieces = key
      .split("…")
      .map((piece) => piece.replace(/^[\s,:;.]+|[\s,:;.]+$/g, ""))
      .filter((piece) => piece !== "");
    expect(pieces.filter((piece) => !messages.includes(piece))).toEqual([]);
  });
});
