/**
 * Where things are: Caddyfiles in the repository, their imports, and their paths in the container. Pure: workspace.ts reads
 * the files.
 */
import { posix } from "node:path";
import { allDirectives, type Caddyfile } from "./caddyfile.ts";

/** The Caddyfile's folder in the container: the one that the image `caddy` uses. */
export const FOLDER = "/etc/caddy";
export const CADDYFILE = `${FOLDER}/Caddyfile`;

/**
 * The files that a Caddyfile may import, as absolute paths in the container that may be patterns (`*`). The name of a
 * snippet is among them, because it looks like a file's.
 * @param expanded the text with its variables replaced; undefined when a value is not known
 */
export function importsOf(file: Caddyfile, expanded: (text: string) => string | undefined): string[] {
  return [...allDirectives(file)].flatMap(({ name, args: [first] }) => {
    if (name.text !== "import" || name.quoted || first === undefined) return [];
    const pattern = expanded(first.text);
    // Only Caddy knows the value of a placeholder (`{args[0]}`).
    if (pattern === undefined || pattern === "" || /[{}]/.test(pattern)) return [];
    return [posix.resolve(posix.dirname(file.path), pattern)];
  });
}

/**
 * The repo path of a path in the container.
 * @param folder the Caddyfile's folder in the repository; empty for its root
 * @returns undefined when it would be outside of the repository
 */
export function inRepository(path: string, folder: string): string | undefined {
  const found = posix.join(folder, posix.relative(FOLDER, path));
  return found.startsWith("../") || found === ".." || posix.isAbsolute(found) ? undefined : found;
}

/** Whether an image is the official one, by its name. */
export function isOfficialCaddy(image: string): boolean {
  return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}
