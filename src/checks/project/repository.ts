/** Reads the files of the checkout, with limits. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isInside } from "../../request/context.ts";

/** The checkout, as far as it is read here. Paths are relative to it. */
export interface Repository {
  /** A text file of the checkout; undefined when there is none that may be read. */
  read(path: string): Promise<string | undefined>;
  /** Files that match a pattern of Go's filepath.Glob: `*`, `?` and `[…]` within one segment. */
  match(pattern: string): Promise<readonly string[]>;
}

/** Larger files are not read. Caddy's JSON has every site of a large setup in it. */
const MAX_BYTES = 1024 * 1024;
const MAX_JSON_BYTES = 16 * MAX_BYTES;

/** The checkout's plain files. A link that leads out of it is not followed. */
export function repositoryAt(workspace: string): Repository {
  const read = async (file: string) => {
    const real = await insideOf(workspace, file);
    return real === undefined ? undefined : textOf(real, /\.json$/i.test(file) ? MAX_JSON_BYTES : MAX_BYTES);
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
    const texts = await Promise.all(found.map(read));
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

/** The real path of a file of the checkout; undefined when it is not there or a link leads out of the checkout. */
export async function insideOf(workspace: string, file: string): Promise<string | undefined> {
  const real = await realpath(path.join(workspace, file)).catch(() => undefined);
  return real !== undefined && isInside(real, await realpath(workspace)) ? real : undefined;
}

/** The text of a plain file; undefined when it is larger than the limit, or none that can be read. */
export async function textOf(file: string, most: number): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() && found.size <= most ? readFile(file, "utf8").catch(() => undefined) : undefined;
}
