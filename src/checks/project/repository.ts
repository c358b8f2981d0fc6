/** Reads the files of the checkout, with limits. */
import { access, constants, readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isInside } from "../../request/paths.ts";

/** The checkout, as far as it is read here. Paths are relative to it. */
export interface Repository {
  /**
   * A text file of the checkout; undefined when there is none that may be read.
   * @param most bytes of a file, where that is less than what any check needs
   */
  read(path: string, most?: number): Promise<string | undefined>;
  /** Files that match a pattern of Go's filepath.Glob: `*`, `?` and `[…]` within one segment. */
  match(pattern: string): Promise<readonly string[]>;
}

/** Larger files are not read. Caddy's JSON has every site of a large setup in it. */
const MAX_BYTES = 1024 * 1024;
const MAX_JSON_BYTES = 16 * MAX_BYTES;

/** The checkout's plain files. A link that leads out of it is not followed. */
export function repositoryAt(workspace: string): Repository {
  let root: Promise<string> | undefined;
  const read = async (file: string, most = limitOf(file)) => {
    const real = await realpath(path.join(workspace, file)).catch(() => undefined);
    if (real === undefined) return undefined;
    root ??= realpath(workspace);
    return isInside(real, await root) ? textOf(real, most) : undefined;
  };
  const match = async (pattern: string) => {
    let found = [""];
    for (const segment of pattern.split("/")) {
      const next = found.map(async (folder) => {
        if (!/[*?[]/.test(segment)) return [path.join(folder, segment)];
        const names = await readdir(path.join(workspace, folder)).catch(() => []);
        return names.filter((name) => path.matchesGlob(name, segment)).map((name) => path.join(folder, name));
      });
      found = (await Promise.all(next)).flat();
    }
    const texts = await Promise.all(found.map((file) => read(file)));
    return found.filter((_, index) => texts[index] !== undefined).sort();
  };
  return { read, match };
}

/**
 * A file that an input names. One of the checkout is read as all of its files are; the workflow may have made one elsewhere.
 * @param file its absolute path
 */
export async function readNamed(file: string, workspace: string): Promise<string | undefined> {
  return isInside(file, workspace)
    ? repositoryAt(workspace).read(path.relative(workspace, file))
    : textOf(file, MAX_BYTES);
}

/**
 * Why `repositoryAt(…).read` gives nothing.
 * @returns the end of a sentence that begins with the file
 */
export async function whyUnread(workspace: string, file: string): Promise<string> {
  const real = await realpath(path.join(workspace, file)).catch(() => undefined);
  if (real === undefined) return "does not exist, or is a link that leads nowhere";
  if (!isInside(real, await realpath(workspace))) return "is a link that leads out of the checkout";
  if (!(await stat(real)).isFile()) return "is not a file";
  const mayRead = await access(real, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!mayRead) return "cannot be read by the runner's user";
  return `is larger than ${limitOf(file) === MAX_JSON_BYTES ? "16 megabytes" : "a megabyte"}`;
}

function limitOf(file: string): number {
  return /\.json$/i.test(file) ? MAX_JSON_BYTES : MAX_BYTES;
}

/** The text of a plain file; undefined when it is larger than the limit, or none that can be read. */
async function textOf(file: string, most: number): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() && found.size <= most ? readFile(file, "utf8").catch(() => undefined) : undefined;
}
