/**
 * What compose files say of the folders that Caddy and Django share. A compose file is read as far as that goes:
 * services, by name, and what they mount (docs.docker.com/reference/compose-file/services, "volumes"). Which files
 * production uses together, and from which folder, nobody says; so all readings count, and what none of them tells is
 * unknown. Pure.
 */
import { posix } from "node:path";
import { list, object, text, texts } from "./json.ts";

/** What is mounted at a folder of a container. */
export interface Mount {
  /** Absolute; empty where a variable hides it. */
  readonly target: string;
  /** A named volume, or folders of the machine: as many as there are readings. Unknown: variables, memory, … */
  readonly from: { readonly volume: string } | { readonly paths: readonly [string, ...string[]] } | "unknown";
}

/** A service, with what all files say of it. */
export interface Service {
  readonly name: string;
  /** `container_name` and `hostname`: other names that a proxy may ask for. */
  readonly aliases: readonly string[];
  readonly image: string;
  /** Its image is built from the project's own Dockerfile. */
  readonly isBuilt: boolean;
  readonly mounts: readonly Mount[];
  /** A part of it stands elsewhere (`extends`, `volumes_from`). */
  readonly isPartial: boolean;
  /** Repo path of the first file that has it. */
  readonly file: string;
}

/** A parsed compose file. */
export interface ComposeFile {
  /** Its repo path. */
  readonly path: string;
  readonly content: unknown;
}

/** Whether a file is a compose file, by its name: `compose.yaml`, `docker-compose.prod.yml`. */
export function looksLikeCompose(name: string): boolean {
  return /^(docker-)?compose([._-].+)?\.ya?ml$/i.test(name);
}

/** The services of all files, by name. */
export function servicesIn(files: readonly ComposeFile[]): readonly Service[] {
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

/** The one service that is Caddy: by its Caddyfile, its image or its name; undefined when that is none, or several. */
export function caddyAmong(services: readonly Service[]): Service | undefined {
  const signs: readonly ((service: Service) => boolean)[] = [
    ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
    hasStockCaddy,
    ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
  ];
  for (const sign of signs) {
    const found = services.filter(sign);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** Whether a service is Caddy's own image, in which there are no files of the project's. */
export function hasStockCaddy({ image, isBuilt }: Service): boolean {
  return !isBuilt && /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}

/** The service that a proxy asks: `web:8000` is `web`. */
export function serviceAt(upstreams: readonly string[], services: readonly Service[]): Service | undefined {
  const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
  const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether what a service has at an absolute path may be something that its files do not tell. */
export function isHidden(path: string, { mounts, isPartial }: Service): boolean {
  return (
    isPartial ||
    mounts.some(({ target, from }) => target === "" || (from === "unknown" && isBelow(path, target)))
  );
}

/** The mount that an absolute path of a service lies in: the innermost, for it hides those around it. */
export function mountAt(path: string, { mounts }: Service): Mount | undefined {
  return mounts
    .filter(({ target }) => target !== "" && isBelow(path, target))
    .sort((a, b) => b.target.length - a.target.length)[0];
}

/** Where an absolute path of a service may lie outside of it, by all mounts around it: `data/static`. */
export function placesOf(path: string, { mounts }: Service): readonly string[] {
  return mounts.flatMap(({ target, from }) => {
    if (from === "unknown" || target === "" || !isBelow(path, target)) return [];
    const rest = posix.relative(target, path);
    if ("volume" in from) return [`volume ${posix.join(from.volume, rest)}`];
    return from.paths.map((folder) => posix.join(folder, rest));
  });
}

/** The name of the volume that a mount is, without a folder in it; undefined for another mount. */
export function volumeOf({ from }: Mount): string | undefined {
  return from !== "unknown" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** Volumes that something else has made, and may fill. */
function externalVolumes(content: unknown): string[] {
  return Object.entries(object(object(content).volumes)).flatMap(([name, volume]) =>
    object(volume).external === undefined ? [] : [name],
  );
}

/** Both forms: `static:/srv/static:ro`, and the one with `type`, `source` and `target`. */
function mountOf(volume: unknown, folder: string, external: ReadonlySet<string>): Mount {
  if (typeof volume === "string") {
    // The colons of `${NAME:-x}` part nothing.
    const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
    // One path alone is a volume without a name, which nobody else has.
    if (second === undefined) return { target: targetOf(first), from: "unknown" };
    const from = /^[./~]/.test(first) ? pathsOf(first, folder) : volumeNamed(first, "", external);
    return { target: targetOf(second), from };
  }
  const { type, source, target, volume: more } = object(volume);
  const name = text(source);
  const from =
    type === "bind"
      ? pathsOf(name, folder)
      : type === "volume"
        ? volumeNamed(name, text(object(more).subpath), external)
        : "unknown";
  return { target: targetOf(text(target)), from };
}

function targetOf(target: string): string {
  return !target.startsWith("/") || target.includes("$") ? "" : plain(target);
}

/** A relative folder is one of the compose file's, or of the folder that compose is called in. */
function pathsOf(source: string, folder: string): Mount["from"] {
  if (source === "" || source.includes("$")) return "unknown";
  if (/^[/~]/.test(source)) return { paths: [plain(source)] };
  return { paths: [plain(posix.join(folder, source)), plain(source)] };
}

function volumeNamed(name: string, folder: string, external: ReadonlySet<string>): Mount["from"] {
  if (name === "" || /\$/.test(name + folder) || external.has(name)) return "unknown";
  return { volume: plain(posix.join(name, folder)) };
}

function plain(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, "$1");
}
