/** The inputs of `collect`: texts that should be results, and the names of the expected apps. */
import { constants } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { objectOrNone, parseJson } from "../request/json.ts";
import type { Source } from "./merge.ts";

/** The largest report that is read. A report has some kilobytes; with thousands of findings it has a megabyte. */
const MOST_BYTES = 64 * 1024 * 1024;
const DEEPEST = 5;

/** An input cannot be used. The message says what to write. */
export class Unusable extends Error {}

/**
 * The results in a job's outputs: those named `result` or `result_…`.
 * @param text `toJSON(needs.ship.outputs)`
 * @throws {Unusable}
 */
export function resultsIn(text: string): Source[] {
  const value = parseJson(text);
  if (value === undefined)
    throw new Unusable("`results` is not JSON. Write `results: ${{ toJSON(needs.ship.outputs) }}`.");
  const outputs = objectOrNone(value);
  if (outputs === undefined)
    throw new Unusable("`results` must be a job's outputs: `${{ toJSON(needs.ship.outputs) }}`.");
  return Object.entries(outputs).flatMap(([name, value]) => {
    if (!/^result(_|$)/.test(name)) {
      if (typeof value === "object" && value !== null && "outputs" in value)
        throw new Unusable(
          `\`results\` holds the job \`${name}\` and not its outputs: write \`\${{ toJSON(needs.${name}.outputs) }}\`.`,
        );
      return [];
    }
    // Legs that did not run have empty outputs.
    if (value === "") return [];
    return [{ from: `Output ${name}`, text: typeof value === "string" ? value : JSON.stringify(value) }];
  });
}

/**
 * Reads every `report.json` below a folder.
 * @throws {Unusable}
 */
export async function reportsIn(folder: string, workspace: string): Promise<Source[]> {
  const root = resolve(workspace, folder);
  const paths = await filesIn(root, DEEPEST).catch((error: NodeJS.ErrnoException) => {
    // download-artifact makes no folder if it finds no artifact. Then every app is missing.
    if (error.code === "ENOENT") return [];
    throw new Unusable(
      `\`path: ${folder}\` cannot be read (${error.code}). Is it the folder that download-artifact made?`,
    );
  });
  const reports = paths.filter((path) => /(^|\/)report\.json$/.test(path)).sort();
  return Promise.all(
    reports.map(async (path) => ({ from: `File ${relative(root, path)}`, text: await textOf(path) })),
  );
}

/** Plain files below a folder; links are not followed. */
async function filesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    return entry.isDirectory() && depth > 0 ? filesIn(path, depth - 1) : [];
  });
  return (await Promise.all(found)).flat();
}

/** @throws {Unusable} when it cannot be read, or is too large for a report */
async function textOf(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw new Unusable(`${path} has ${size} bytes, which is too large for a report.`);
    return await file.readFile("utf8");
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? error}).`);
  } finally {
    await file?.close();
  }
}

/**
 * Reads names: one a line, separated by commas, or as a JSON list.
 * @throws {Unusable}
 */
export function namesIn(text: string): string[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith("["))
    return trimmed
      .split(/[\n,]/)
      .map((name) => name.trim())
      .filter((name) => name !== "");
  const list = parseJson(trimmed);
  if (Array.isArray(list) && list.every((name) => typeof name === "string")) return list;
  throw new Unusable(
    '`expect` must be names, one a line or separated by commas, or a JSON list: `["shop", "blog"]`.',
  );
}
