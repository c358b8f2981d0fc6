/**
 * The services of the project's compose files: what they run, what they mount, on which ports
 * (docs.docker.com/reference/compose-file/services). Which files production uses together, and which folder it calls
 * compose in, is not known: so every possible reading counts, and what none of them says is unknown. Pure.
 */
import { posix } from "node:path";
import { type Json, list, object, text, texts } from "../../request/json.ts";
import { externalVolumes, isInside, type Mount, mountOf, normalized } from "./mounts.ts";
import { splitWords } from "./words.ts";

/** What one compose file says about a service. */
export interface Definition {
  /** Repo path of the file. */
  readonly file: string;
  /**
   * The words of `entrypoint` and of `command`, as they are written: `$NAME` is a variable of compose, and `$$NAME` one of
   * the container (`inContainer`). Undefined: those of the image hold.
   */
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  /** Empty where the file names none, as for `workingDir` and `user`. */
  readonly image: string;
  readonly build: ComposeBuild | undefined;
  readonly workingDir: string;
  /** `1000:1000`; as it is written, also with a variable in it. */
  readonly user: string;
  /** Variables whose values the file has itself. */
  readonly environment: ReadonlyMap<string, string>;
  /** It has others, in a file or with values of variables. */
  readonly hidesVariables: boolean;
  /** Repo paths of the files of `env_file`; empty for one whose path has a variable in it. */
  readonly variablesFiles: readonly string[];
  /** Ports of the container, by `expose` and `ports`. */
  readonly ports: readonly number[];
  /** A variable hides one of them. */
  readonly hidesPort: boolean;
  readonly mounts: readonly Mount[];
  /** Compose starts it only if one of them is asked for. */
  readonly profiles: readonly string[];
  /** Compose watches the checkout's files for it. */
  readonly isWatched: boolean;
}

/** How a service's image is built. */
export interface ComposeBuild {
  /** Repo paths of its context, one for each possible reading; none where it is not known. */
  readonly contexts: readonly string[];
  /** The file names a context. */
  readonly namesContext: boolean;
  /** As it is written: relative to the context. Empty = `Dockerfile`. */
  readonly dockerfile: string;
  /** Empty = the last stage. */
  readonly target: string;
}

/** A service, with what all files say about it added up. */
export interface Service {
  readonly name: string;
  /** `container_name`, `hostname` and names in a network: other names that a proxy may use. */
  readonly aliases: readonly string[];
  readonly image: string;
  /** Its image is built from a Dockerfile of the project. */
  readonly isBuilt: boolean;
  readonly mounts: readonly Mount[];
  /** A part of it is written elsewhere (`extends`, `volumes_from`). */
  readonly isPartial: boolean;
  /** Repo path of the first file that has it. */
  readonly file: string;
  /** File by file. */
  readonly definitions: readonly [Definition, ...Definition[]];
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
      const definition = definitionOf(service, path, external);
      services.set(name, {
        name,
        aliases: [...(before?.aliases ?? []), ...aliasesOf(service)],
        image: definition.image || before?.image || "",
        isBuilt: definition.build !== undefined || before?.isBuilt === true,
        mounts: [...(before?.mounts ?? []), ...definition.mounts],
        isPartial:
          service.extends !== undefined || service.volumes_from !== undefined || before?.isPartial === true,
        file: before?.file ?? path,
        definitions: before === undefined ? [definition] : [...before.definitions, definition],
      });
    }
  }
  return [...services.values()];
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
export function mayHaveUnknown(
  path: string,
  { mounts, isPartial }: Pick<Service, "mounts" | "isPartial">,
): boolean {
  return (
    isPartial ||
    mounts.some(({ target, from }) => target === "" || (typeof from === "string" && isInside(path, target)))
  );
}

/** The innermost mount around an absolute path of a service: it hides those around it. */
export function mountAround(path: string, { mounts }: Pick<Service, "mounts">): Mount | undefined {
  return mounts
    .filter(({ target }) => target !== "" && isInside(path, target))
    .sort((a, b) => b.target.length - a.target.length)[0];
}

/**
 * Where the files at an absolute path of a service may come from, by all mounts around it.
 * @returns `volume data/static`, `deploy/static`
 */
export function sourcesOf(path: string, { mounts }: Pick<Service, "mounts">): readonly string[] {
  return mounts.flatMap(({ target, from }) => {
    if (typeof from === "string" || target === "" || !isInside(path, target)) return [];
    const rest = posix.relative(target, path);
    if ("volume" in from) return [`volume ${posix.join(from.volume, rest)}`];
    return from.paths.map((folder) => posix.join(folder, rest));
  });
}

/** Of one range. */
const MOST_PORTS = 1000;

function definitionOf(service: Json, file: string, external: ReadonlySet<string>): Definition {
  const folder = posix.dirname(file);
  const environment = environmentOf(service.environment);
  const ports = [...list(service.expose), ...list(service.ports)].map(containerPorts);
  return {
    file,
    entrypoint: wordsOf(service.entrypoint),
    command: wordsOf(service.command),
    image: text(service.image),
    build: service.build === undefined ? undefined : buildOf(service.build, folder),
    workingDir: text(service.working_dir),
    user: typeof service.user === "number" ? String(service.user) : text(service.user),
    environment,
    hidesVariables:
      service.env_file !== undefined || environment.size < entriesOf(service.environment).length,
    variablesFiles: [service.env_file ?? []]
      .flat()
      .map((one) => text(typeof one === "object" ? object(one).path : one))
      .map((one) => (one.includes("$") ? "" : posix.join(folder, one))),
    ports: ports.flatMap((port) => port ?? []),
    hidesPort: ports.includes(undefined),
    mounts: list(service.volumes).map((volume) => mountOf(volume, folder, external)),
    profiles: texts(service.profiles),
    isWatched: service.develop !== undefined,
  };
}

function aliasesOf(service: Json): readonly string[] {
  const networks = Object.values(object(service.networks)).flatMap((one) => texts(object(one).aliases));
  return [...texts([service.container_name, service.hostname]), ...networks];
}

/**
 * Compose splits a text into words as a shell does, and runs no shell. An empty text or list takes away what the image has;
 * null leaves it.
 */
function wordsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? splitWords(value) : list(value).map(String);
}

function buildOf(build: unknown, folder: string): ComposeBuild {
  const {
    context,
    dockerfile,
    dockerfile_inline: inline,
    target,
  } = typeof build === "string" ? ({ context: build } as Json) : object(build);
  const written = text(context ?? ".");
  const isKnown =
    inline === undefined && written !== "" && !/\$|:\/\//.test(written + text(dockerfile) + text(target));
  return {
    contexts: isKnown ? [normalized(posix.join(folder, written)), normalized(written)] : [],
    namesContext: context !== undefined,
    dockerfile: text(dockerfile),
    target: text(target),
  };
}

/** A value with a variable in it is not known. */
function environmentOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    entriesOf(value).flatMap(([name, given]) =>
      given === undefined || given === null || typeof given === "object" || String(given).includes("$")
        ? []
        : [[name, String(given)] as const],
    ),
  );
}

/** Both forms: `NAME: value`, and a list of `NAME=value`. */
function entriesOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  return Array.isArray(value)
    ? texts(value).map((line) => [line.replace(/=.*$/s, ""), /=(.*)$/s.exec(line)?.[1]] as const)
    : Object.entries(object(value));
}

/** The container's side: `8000`, `80:8000`, `127.0.0.1:80:8000-8003/tcp`, and the long form's `target`. */
function containerPorts(port: unknown): readonly number[] | undefined {
  const written = String(typeof port === "object" ? object(port).target : port);
  const [, first, last = first] = /(?:^|:)(\d{1,5})(?:-(\d{1,5}))?(?:\/\w+)?$/.exec(written) ?? [];
  const length = Number(last) - Number(first) + 1;
  if (!(length > 0 && length <= MOST_PORTS)) return undefined;
  return Array.from({ length }, (_, index) => Number(first) + index);
}
