/**
 * Where things are: Caddyfiles in the repository, their imports, their paths in the container, and what the
 * project's Dockerfiles say about Caddy and ports. Pure: workspace.ts reads the files.
 */
import { posix } from "node:path";
import { allDirectives, type Caddyfile } from "./caddyfile.ts";

/** Where shipshape looks for a Caddyfile in the build context, in this order. */
export const CANDIDATES = ["Caddyfile", "caddy/Caddyfile", "docker/caddy/Caddyfile", "deploy/Caddyfile"];

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

/** Whether a Dockerfile builds a Caddy image: its last FROM names the image `caddy`. */
export function buildsCaddy(dockerfile: string): boolean {
  const images = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(
    ([, image = ""]) => image,
  );
  return isOfficialCaddy(images.at(-1) ?? "");
}

/** Whether an image is the official one, by its name. */
export function isOfficialCaddy(image: string): boolean {
  return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}

/** The paths of its build context that a Dockerfile copies; patterns and variables are left out. */
export function copiedBy(dockerfile: string): string[] {
  return [...dockerfile.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(.+)$/gim)].flatMap(([, rest = ""]) => {
    if (/--from=/.test(rest)) return [];
    const words = rest
      .trim()
      .replace(/^\[|\]$/g, "")
      .split(/[\s,]+/);
    const paths = words
      .map((word) => word.replace(/^"|"$/g, ""))
      .filter((word) => word !== "" && !word.startsWith("--"));
    return paths.slice(0, -1).filter((path) => !/^[a-z]+:\/\/|[$*?[]/i.test(path));
  });
}

/** The ports that an image listens on, by the EXPOSE of its Dockerfile and by the arguments of its command. */
export function portsIn(dockerfile: string): number[] {
  const text = dockerfile.replace(/\\\r?\n/g, " ");
  const exposed = [...text.matchAll(/^[ \t]*EXPOSE[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
  const commands = [...text.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
  // A variable in EXPOSE may be any port.
  if (exposed.some((rest) => rest.includes("$"))) return [];
  const ports = [
    ...exposed.flatMap((rest) => [...rest.matchAll(/\b(\d{2,5})(?:\/(?:tcp|udp))?\b/g)]),
    ...commands.flatMap((rest) => [...rest.matchAll(/(?::|--?p(?:ort)?[ =",]+)(\d{2,5})\b/g)]),
  ].map(([, port]) => Number(port));
  return [...new Set(ports)].filter((port) => port > 0 && port < 65_536);
}
