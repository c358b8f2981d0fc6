/**
 * Which files go into Caddy's container, and what caddy.sh is asked to do with them. Reads the checkout through
 * an interface, so it knows no file system.
 */
import { posix } from "node:path";
import type { FoundCaddyfile } from "../project/checkout.ts";
import type { Repository } from "../project/repository.ts";
import { type Caddyfile, parseCaddyfile } from "./caddyfile.ts";
import { isJsonConfig, JSON_CONFIG, parseJsonConfig } from "./json-config.ts";
import { CADDYFILE, FOLDER, importsOf, inRepository } from "./layout.ts";
import { expand, SHELL_NAME, standIns, usesIn, type Variables } from "./variables.ts";

/** A Caddyfile and what it imports, as they are put into the container. */
export interface CaddyFiles extends FoundCaddyfile, Variables {
  /** The Caddyfile first. */
  readonly files: readonly Caddyfile[];
  /** The first one's path in the container, also when it cannot be read. */
  readonly main: string;
  /** It is a template, by its name: something replaces variables in it before Caddy reads it. */
  readonly rendered: boolean;
  /** Container path → repo path. */
  readonly repoPaths: ReadonlyMap<string, string>;
}

/** Files that one Caddyfile may import. */
const MAX_FILES = 500;

/**
 * Reads a Caddyfile and everything that it imports from the repository. Other imports may be in the image.
 * @param env the values of `caddy-env`
 * @returns `files` is empty when the Caddyfile itself cannot be read
 */
export async function collectFiles(
  found: FoundCaddyfile,
  env: ReadonlyMap<string, string>,
  repository: Repository,
): Promise<CaddyFiles> {
  const folder = posix.dirname(found.path);
  const files: Caddyfile[] = [];
  const isJson = isJsonConfig(found.path);
  const main = isJson ? JSON_CONFIG : CADDYFILE;
  const repoPaths = new Map([[main, found.path]]);
  const expanded = (text: string) => expand(text, (name, fallback) => env.get(name) ?? fallback);
  const queue = [main];
  for (let path = queue.shift(); path !== undefined && files.length < MAX_FILES; path = queue.shift()) {
    const text = await repository.read(repoPaths.get(path) ?? "");
    if (text === undefined) {
      repoPaths.delete(path);
      continue;
    }
    const file = isJson ? parseJsonConfig(text) : parseCaddyfile(path, text);
    files.push(file);
    for (const imported of importsOf(file, expanded)) {
      const pattern = inRepository(imported, folder);
      for (const repoPath of pattern === undefined ? [] : await repository.match(pattern)) {
        const inContainer = containerPath(repoPath, folder);
        if (repoPaths.has(inContainer)) continue;
        repoPaths.set(inContainer, repoPath);
        queue.push(inContainer);
      }
    }
  }
  // Caddy replaces `{$NAME}` only in a Caddyfile.
  const uses = isJson ? [] : usesIn(files);
  const rendered = TEMPLATE.test(found.path);
  return { ...found, main, files, rendered, repoPaths, uses, env, standIns: standIns(uses, env) };
}

/** Names of files that something else makes a Caddyfile of. */
const TEMPLATE = /\.(tmpl|tpl|template|in|j2|jinja2?|erb|envsubst)$/i;

/** A file's path in the container: relative to the Caddyfile it is the same as in the repository. */
function containerPath(repoPath: string, folder: string): string {
  return posix.resolve(FOLDER, posix.relative(posix.join("/", folder), posix.join("/", repoPath)));
}

/** The files of the build context: `caddyfiles/` is copied into the image, `asked/` is what caddy.sh reads. */
export function contextFiles({ files, uses, standIns }: CaddyFiles): ReadonlyMap<string, string> {
  const names = new Set(uses.map(({ name }) => name));
  return new Map([
    ...files.map(({ path, text }) => [`caddyfiles${path}`, text] as const),
    ["asked/variables", lines([...names].filter((name) => SHELL_NAME.test(name)))],
    ["asked/stand-ins", lines([...standIns].map(([name, value]) => `${name} ${value}`))],
    ["asked/files", lines(files.map(({ path }) => path).filter((path) => !isJsonConfig(path)))],
  ]);
}

function lines(items: readonly string[]): string {
  return items.map((item) => `${item}\n`).join("");
}
