/**
 * Where things lie: Caddyfiles in the repository, their imports, their places in the container, and the
 * project's own Caddy Dockerfile. Pure; solve/caddyfiles.ts looks at the files.
 */
import { posix } from "node:path";
import { allDirectives, type Caddyfile } from "./caddyfile.ts";

/** Looked for in the build context, in this order. */
export const CANDIDATES = [
  "Caddyfile",
  "caddy/Caddyfile",
  "docker/caddy/Caddyfile",
  "deploy/Caddyfile",
] as const;

/** The folder in the container that stands for the Caddyfile's own: where the image `caddy` has it. */
export const FOLDER = "/etc/caddy";
export const CADDYFILE = `${FOLDER}/Caddyfile`;

/**
 * The files that a Caddyfile may import, as absolute paths in the container; `*` and its like are still in them. A snippet's
 * name looks like a file's.
 * @param valued the text with its variables replaced; undefined when a value is not known
 */
export function importsOf(file: Caddyfile, valued: (text: string) => string | undefined): string[] {
  return [...allDirectives(file)].flatMap(({ name, args: [first] }) => {
    if (name.text !== "import" || name.quoted || first === undefined) return [];
    const pattern = valued(first.text);
    // A placeholder (`{args[0]}`) is known only to Caddy.
    if (pattern === undefined || pattern === "" || /[{}]/.test(pattern)) return [];
    return [posix.resolve(posix.dirname(file.path), pattern)];
  });
}

/**
 * The repo path that a path in the container stands for.
 * @param folder the Caddyfile's folder in the repository; empty for its root
 * @returns undefined where it would lie outside of the repository
 */
export function inRepository(path: string, folder: string): string | undefined {
  const found = posix.join(folder, posix.relative(FOLDER, path));
  return found.startsWith("../") || found === ".." || posix.isAbsolute(found) ? undefined : found;
}

/** Whether the image that a Dockerfile makes is a Caddy: its last FROM names one. */
export function makesCaddy(dockerfile: string): boolean {
  const images = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(
    ([, image = ""]) => image,
  );
  return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(images.at(-1) ?? "");
}

/** Whether a file beside the Caddyfile may be a Dockerfile, by its name. */
export function looksLikeDockerfile(name: string): boolean {
  return /^(Dockerfile|Containerfile)([.-].+)?$|.\.(Dockerfile|Containerfile)$/i.test(name);
}

/** Paths of the build context that a Dockerfile copies, without those of other stages and URLs. */
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

/** Ports that a Dockerfile says its image listens on, by EXPOSE and by the command's own words. */
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
