/** Which files go into the container, and what caddy.sh is asked to do with them. Pure but for the repository. */
import type { Staged } from "./answers.ts";
import { type Caddyfile, parseCaddyfile } from "./caddyfile.ts";
import { CADDYFILE, importsOf, inRepository } from "./layout.ts";
import { expand, SHELL_NAME, standIns, usesIn } from "./variables.ts";

/** The checkout, as far as it is read here. Paths are relative to it. */
export interface Repository {
  /** A text file of the checkout; undefined when there is none that may be read. */
  read(path: string): Promise<string | undefined>;
  /** Files that match a pattern of filepath.Glob: `*`, `?` and `[…]` in one segment. */
  match(pattern: string): Promise<readonly string[]>;
}

/** Files that one Caddyfile may import. */
const MOST_FILES = 500;

/**
 * Reads a Caddyfile with all that it imports, as far as the repository has it: the rest may be in the image.
 * @param found its repo path, who named it, and the Caddyfiles that were found beside it
 * @param env the values of `caddy-env`
 */
export async function stage(
  found: { readonly path: string; readonly named: boolean; readonly others: readonly string[] },
  env: ReadonlyMap<string, string>,
  repository: Repository,
): Promise<Staged> {
  const folder = found.path.includes("/") ? found.path.slice(0, found.path.lastIndexOf("/")) : "";
  const files: Caddyfile[] = [];
  const places = new Map([[CADDYFILE, found.path]]);
  const known = (text: string) => expand(text, (name, fallback) => env.get(name) ?? fallback);
  const open = [CADDYFILE];
  for (let path = open.shift(); path !== undefined && files.length < MOST_FILES; path = open.shift()) {
    const text = await repository.read(places.get(path) ?? "");
    if (text === undefined) {
      places.delete(path);
      continue;
    }
    const file = parseCaddyfile(path, text);
    files.push(file);
    for (const pattern of importsOf(file, known)) {
      const wanted = inRepository(pattern, folder);
      for (const repoPath of wanted === undefined ? [] : await repository.match(wanted)) {
        const inContainer = containerPath(repoPath, folder);
        if (places.has(inContainer)) continue;
        places.set(inContainer, repoPath);
        open.push(inContainer);
      }
    }
  }
  const { named, others } = found;
  return { named, others, files, places, standIns: standIns(usesIn(files), new Set(env.keys())) };
}

/** Where a file of the repository lies in the container: as it lies to the Caddyfile. */
function containerPath(repoPath: string, folder: string): string {
  const up = folder === "" ? [] : folder.split("/");
  const path = repoPath.split("/");
  let common = 0;
  while (common < up.length && common < path.length - 1 && up[common] === path[common]) common++;
  const base = CADDYFILE.split("/").slice(0, -1);
  return [...base.slice(0, base.length - (up.length - common)), ...path.slice(common)].join("/");
}

/** The files of the build context: `caddyfiles/` goes into the image, `asked/` is for caddy.sh. */
export function contextOf(staged: Staged): ReadonlyMap<string, string> {
  const names = [...new Set(usesIn(staged.files).map(({ name }) => name))].filter((name) =>
    SHELL_NAME.test(name),
  );
  const paths = staged.files.map(({ path }) => path);
  return new Map([
    ...staged.files.map(({ path, text }) => [`caddyfiles${path}`, text] as const),
    ["asked/variables", lines(names)],
    ["asked/stand-ins", lines(staged.standIns.map(({ name, value }) => `${name} ${value}`))],
    ["asked/files", lines(paths)],
  ]);
}

function lines(items: readonly string[]): string {
  return items.map((item) => `${item}\n`).join("");
}
