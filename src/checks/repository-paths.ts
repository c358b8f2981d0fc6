/**
 * Container path → repo path. A file of the image is a file of the repository only when its content is the
 * same; of several such files the one with the longest common path ending is meant, and when two are
 * equally near, none.
 */
import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";

/** Folders that hold no source of the project, and the most entries that are looked at. */
const NOT_SOURCE = new Set([".git", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"]);
const MOST_ENTRIES = 200_000;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * @param files container path → sha256 of its content
 * @param workspace absolute path of the checkout; its files are read, links are not followed
 * @returns container path → path relative to the workspace, with `/`
 */
export async function findPlaces(
  files: ReadonlyMap<string, string>,
  workspace: string,
): Promise<Map<string, string>> {
  if (files.size === 0) return new Map();
  const names = new Set([...files.keys()].map((path) => basename(path)));
  const candidates = await walk(workspace, names);
  const hashes = new Map<string, Promise<string | undefined>>();
  const hashOf = (path: string) => {
    const known = hashes.get(path) ?? sha256(path);
    hashes.set(path, known);
    return known;
  };
  const places = new Map<string, string>();
  for (const [path, hash] of files) {
    const same: string[] = [];
    for (const candidate of candidates.get(basename(path)) ?? [])
      if ((await hashOf(join(workspace, candidate))) === hash) same.push(candidate);
    const place = nearest(path, same);
    if (place !== undefined) places.set(path, place);
  }
  return places;
}

/**
 * Those of the paths whose last part is the name of a file in the workspace: only these can be found there.
 * @param paths paths in a container
 */
export async function withNamesakes(paths: readonly string[], workspace: string): Promise<string[]> {
  if (paths.length === 0) return [];
  const names = await walk(workspace, new Set(paths.map((path) => basename(path))));
  return paths.filter((path) => names.has(basename(path)));
}

/** Files of the wanted names below `root`, by name, as paths relative to it. */
async function walk(root: string, names: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const folders = [root];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined && seen < MOST_ENTRIES; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    seen += entries.length;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) folders.push(path);
      if (!entry.isFile() || !names.has(entry.name)) continue;
      const shown = relative(root, path).split(sep).join("/");
      found.set(entry.name, [...(found.get(entry.name) ?? []), shown]);
    }
  }
  return found;
}

async function sha256(path: string): Promise<string | undefined> {
  try {
    const stat = await lstat(path);
    if (!stat.isFile() || stat.size > MOST_BYTES) return undefined;
    return createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  } catch {
    return undefined;
  }
}

/** The candidate with the longest common path ending; undefined when there is none or a tie. */
export function nearest(path: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, common: commonEnding(path, candidate) }))
    .sort((a, b) => b.common - a.common);
  const [first, second] = ranked;
  return first !== undefined && first.common > (second?.common ?? 0) ? first.candidate : undefined;
}

function commonEnding(a: string, b: string): number {
  const right = b.split("/").reverse();
  const left = a.split("/").reverse();
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs < 0 ? left.length : differs;
}
