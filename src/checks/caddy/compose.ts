/**
 * The folders that Caddy and Django share, by the project's compose files. Of a compose file this reads the
 * services and what they mount (docs.docker.com/reference/compose-file/services, "volumes"). Which files
 * production uses together, and which folder it calls compose in, is not known: so every possible reading counts,
 * and what none of them says is unknown. Pure.
 */
import { posix } from "node:path";
import { list, object, text, texts } from "../../request/json.ts";
import { isOfficialCaddy } from "./layout.ts";

/** What is mounted at a folder of a container. */
export interface Mount {
  /** Absolute; empty when a variable hides it. */
  readonly target: string;
  /**
   * A named volume, or a folder of the machine: one path for each possible reading. `unknown` when the compose
   * file does not say what is in it (a variable, a tmpfs, an external volume).
   */
  readonly from: { readonly volume: string } | { readonly paths: readonly [string, ...string[]] } | "unknown";
}

/** A service, with what all files say about it added up. */
export interface Service {
  readonly name: string;
  /** `container_name` and `hostname`: other names that a proxy may use. */
  readonly aliases: readonly string[];
  readonly image: string;
  /** Its image is built from a Dockerfile of the project. */
  readonly isBuilt: boolean;
  readonly mounts: readonly Mount[];
  /** A part of it is written elsewhere (`extends`, `volumes_from`). */
  readonly isPartial: boolean;
  /** Repo path of the first file that has it. */
  readonly file: string;
}

/** Whether a file is a compose file, by its name: `compose.yaml`, `docker-compose.prod.yml`. */
export function looksLikeCompose(name: string): boolean {
  return /^(docker-)?compose([._-].+)?\.ya?ml$/i.test(name);
}

/** The services of all compose files, by their repo paths and what was parsed. */
export function servicesIn(files: readonly { path: string; content: unknown }[]): readonly Service[] {
  const external = new Set(files.flatMap(({ content }) => externalVolumes(content)));
  const services = new Map<string, Service>();
  for (const { path, content } of files) {
    for (const [name, value] of Object.entries(object(object(content).services))) {
      const service = object(value);
      const before = services.get(name);
      const mounts = list(service.volumes).map((volume) => mountOf(volume, posix.dirname(path), external));
      services.set(name, {
        name,
        aliases: [...(before?.aliases ?? []), ...texts([service.container_name, service.hostname])],
        image: text(service.image) || before?.image || "",
        isBuilt: service.build !== undefined || before?.isBuilt === true,
        mounts: [...(before?.mounts ?? []), ...mounts],
        isPartial:
          service.extends !== undefined || service.volumes_from !== undefined || before?.isPartial === true,
        file: before?.file ?? path,
      });
    }
  }
  return [...services.values()];
}

/**
 * The one service that is Caddy, by its Caddyfile, else its image, else its name; undefined when no service is, or
 * several are.
 */
export function caddyService(services: readonly Service[]): Service | undefined {
  const signs: readonly ((service: Service) => boolean)[] = [
    ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
    usesStockCaddy,
    ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
  ];
  for (const sign of signs) {
    const found = services.filter(sign);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** Whether a service runs the official image `caddy`, in which there are no files of the project. */
export function usesStockCaddy({ image, isBuilt }: Service): boolean {
  return !isBuilt && isOfficialCaddy(image);
}

/** The one service that a proxy's upstreams lead to: `web:8000` is `web`; undefined when that is not clear. */
export function upstreamService(
  upstreams: readonly string[],
  services: readonly Service[],
): Service | undefined {
  const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
  const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a service may have something at an absolute path that its compose files do not say. */
export function mayHaveUnknown(path: string, { mounts, isPartial }: Service): boolean {
  return (
    isPartial ||
    mounts.some(({ target, from }) => target === "" || (from === "unknown" && isInside(path, target)))
  );
}

/** The innermost mount around an absolute path of a service: it hides those around it. */
export function mountAround(path: string, { mounts }: Service): Mount | undefined {
  return mounts
    .filter(({ target }) => target !== "" && isInside(path, target))
    .sort((a, b) => b.target.length - a.target.length)[0];
}

/**
 * Where the files at an absolute path of a service may come from, by all mounts around it.
 * @returns `volume data/static`, `deploy/static`
 */
export function sourcesOf(path: string, { mounts }: Service): readonly string[] {
  return mounts.flatMap(({ target, from }) => {
    if (from === "unknown" || target === "" || !isInside(path, target)) return [];
    const rest = posix.relative(target, path);
    if ("volume" in from) return [`volume ${posix.join(from.volume, rest)}`];
    return from.paths.map((folder) => posix.join(folder, rest));
  });
}

/** The name of the volume that a mount uses, without a folder in it; undefined for another kind of mount. */
export function volumeName({ from }: Mount): string | undefined {
  return from !== "unknown" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** Volumes that are made outside of the compose file, and may be filled there. */
function externalVolumes(content: unknown): string[] {
  return Object.entries(object(object(content).volumes)).flatMap(([name, volume]) =>
    object(volume).external === undefined ? [] : [name],
  );
}

/** Reads both syntaxes: `static:/srv/static:ro`, and the long one with `type`, `source` and `target`. */
function mountOf(volume: unknown, folder: string, external: ReadonlySet<string>): Mount {
  if (typeof volume === "string") {
    // A colon inside of `${NAME:-x}` does not separate anything.
    const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
    // A single path is an anonymous volume, which no other service can have.
    if (second === undefined) return { target: targetOf(first), from: "unknown" };
    const from = /^[./~]/.test(first) ? folderSource(first, folder) : volumeSource(first, "", external);
    return { target: targetOf(second), from };
  }
  const { type, source, target, volume: options } = object(volume);
  const name = text(source);
  const from =
    type === "bind"
      ? folderSource(name, folder)
      : type === "volume"
        ? volumeSource(name, text(object(options).subpath), external)
        : "unknown";
  return { target: targetOf(text(target)), from };
}

function targetOf(target: string): string {
  return !target.startsWith("/") || target.includes("$") ? "" : normalized(target);
}

/** A relative folder is relative to the compose file, or to the folder that compose is called in. */
function folderSource(source: string, folder: string): Mount["from"] {
  if (source === "" || source.includes("$")) return "unknown";
  if (/^[/~]/.test(source)) return { paths: [normalized(source)] };
  return { paths: [normalized(posix.join(folder, source)), normalized(source)] };
}

function volumeSource(name: string, subpath: string, external: ReadonlySet<string>): Mount["from"] {
  if (name === "" || /\$/.test(name + subpath) || external.has(name)) return "unknown";
  return { volume: normalized(posix.join(name, subpath)) };
}

function normalized(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, "$1");
}
