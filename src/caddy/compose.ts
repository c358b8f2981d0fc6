/**
 * What compose files say of the folders that Caddy and Django share. A compose file is read as far as that goes:
 * services, by name, and what they mount (docs.docker.com/reference/compose-file/services, "volumes"). Pure.
 */
import { posix } from "node:path";
import { list, object, text, texts } from "./json.ts";

/** A folder of a container that comes from outside of it. */
export interface Mount {
  /** The volume's name, or the path on the machine, as the compose file has it. */
  readonly source: string;
  readonly target: string;
}

export interface Service {
  readonly name: string;
  /** `container_name` and `hostname`: other names that a proxy may ask for. */
  readonly aliases: readonly string[];
  readonly image: string;
  readonly mounts: readonly Mount[];
  /** Repo path of the file that has it, the first of several. */
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

/**
 * The services of all files. Which files production uses together nobody says, so what several say of one service is
 * added up; a service that has parts elsewhere (`extends`) is left out.
 */
export function servicesIn(files: readonly ComposeFile[]): readonly Service[] {
  const services = new Map<string, Service>();
  const unknown = new Set<string>();
  for (const { path, content } of files) {
    for (const [name, value] of Object.entries(object(object(content).services))) {
      const service = object(value);
      if (service.extends !== undefined || service.volumes_from !== undefined) unknown.add(name);
      const before = services.get(name);
      services.set(name, {
        name,
        aliases: [...(before?.aliases ?? []), ...texts([service.container_name, service.hostname])],
        image: text(service.image) || before?.image || "",
        mounts: [...(before?.mounts ?? []), ...list(service.volumes).flatMap(mountOf)],
        file: before?.file ?? path,
      });
    }
  }
  return [...services.values()].filter(({ name }) => !unknown.has(name));
}

/** The one service that is Caddy: by its Caddyfile, its image or its name; undefined when that is none, or several. */
export function caddyAmong(services: readonly Service[]): Service | undefined {
  const signs: readonly ((service: Service) => boolean)[] = [
    ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
    ({ image }) => /(^|\/)caddy([:@]|$)/i.test(image),
    ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
  ];
  for (const sign of signs) {
    const found = services.filter(sign);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The service that a proxy asks: `web:8000` is `web`. */
export function serviceAt(upstreams: readonly string[], services: readonly Service[]): Service | undefined {
  const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
  const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
  return found.length === 1 ? found[0] : undefined;
}

/** Where a path of a container lies outside of it; undefined when nothing is mounted there. */
export function outside(
  path: string,
  { mounts }: Service,
): { readonly mount: Mount; readonly rest: string } | undefined {
  const above = mounts.filter(({ target }) => isBelow(path, target));
  // The innermost hides those around it; and of two files the second one has the last word.
  const mount = above.reduce<Mount | undefined>(
    (best, one) => (best === undefined || one.target.length >= best.target.length ? one : best),
    undefined,
  );
  return mount === undefined ? undefined : { mount, rest: posix.relative(mount.target, path) };
}

function isBelow(path: string, folder: string): boolean {
  const rest = posix.relative(folder, path);
  return rest !== ".." && !rest.startsWith("../");
}

/** Both forms: `static:/srv/static:ro`, and the one with `type`, `source` and `target`. */
function mountOf(volume: unknown): Mount[] {
  if (typeof volume === "string") {
    // The colons of `${NAME:-x}` part nothing.
    const parts = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
    const [source = "", target] = parts;
    return target === undefined ? [] : mounted(source, target);
  }
  const { type, source, target, volume: more } = object(volume);
  if (type !== "volume" && type !== "bind") return [];
  return mounted(posix.join(text(source), text(object(more).subpath)), text(target));
}

function mounted(source: string, target: string): Mount[] {
  if (source === "" || !target.startsWith("/") || target.includes("$")) return [];
  const isPath = /^[./~]/.test(source);
  const plain = posix.normalize(source).replace(/(.)\/$/, "$1");
  const shown = isPath && !/^[./~]/.test(plain) ? `./${plain}` : plain;
  return [{ source: shown, target: posix.normalize(target).replace(/(.)\/$/, "$1") }];
}
