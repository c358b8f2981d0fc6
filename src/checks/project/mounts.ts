/**
 * What compose files mount at the folders of a container (docs.docker.com/reference/compose-file/services, "volumes").
 * Pure.
 */
import { posix } from "node:path";
import { object, text } from "../../request/json.ts";

/** What is mounted at a folder of a container. */
export interface Mount {
  /** Absolute; empty when a variable hides it. */
  readonly target: string;
  /**
   * A named volume, or a folder of the machine: one path for each possible reading. A text where the compose file does not
   * say what is in it: an empty folder in memory, a volume that is made elsewhere, one without a name (which no other
   * service can have), or what a variable hides.
   */
  readonly from:
    | { readonly volume: string }
    | { readonly paths: readonly [string, ...string[]] }
    | "tmpfs"
    | "external"
    | "anonymous"
    | "unknown";
}

/**
 * Volumes whose files may come from elsewhere: they are made outside of the compose file, are a folder of another machine,
 * or a variable is a part of their names.
 */
export function externalVolumes(content: unknown): string[] {
  return Object.entries(object(object(content).volumes)).flatMap(([name, volume]) => {
    const { external, driver_opts: options, name: written } = object(volume);
    // A name with a variable in it may be a new volume for each release.
    const isOwn = external === undefined && options === undefined && !text(written).includes("$");
    return isOwn ? [] : [name];
  });
}

/** Reads both syntaxes: `static:/srv/static:ro`, and the long one with `type`, `source` and `target`. */
export function mountOf(volume: unknown, folder: string, external: ReadonlySet<string>): Mount {
  if (typeof volume === "string") {
    // A colon inside of `${NAME:-x}` does not separate anything.
    const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
    if (second === undefined) return { target: targetOf(first), from: "anonymous" };
    const from = FOLDER.test(first) ? folderSource(first, folder) : volumeSource(first, "", external);
    return { target: targetOf(second), from };
  }
  const { type, source, target, volume: options } = object(volume);
  const name = text(source);
  const from =
    type === "bind"
      ? folderSource(name, folder)
      : type === "volume"
        ? volumeSource(name, text(object(options).subpath), external)
        : type === "tmpfs"
          ? "tmpfs"
          : "unknown";
  return { target: targetOf(text(target)), from };
}

function targetOf(target: string): string {
  return !target.startsWith("/") || target.includes("$") ? "" : normalized(target);
}

/** The folder that compose is called in, as a shell writes it. */
const CALLED_IN = /^\$(PWD|\{PWD\})(?=\/|$)/;
const FOLDER = new RegExp(`^[./~]|${CALLED_IN.source}`);

/** A relative folder is relative to the compose file, or to the folder that compose is called in. */
function folderSource(written: string, folder: string): Mount["from"] {
  const source = written.replace(CALLED_IN, ".");
  if (source === "" || source.includes("$")) return "unknown";
  if (/^[/~]/.test(source)) return { paths: [normalized(source)] };
  return { paths: [normalized(posix.join(folder, source)), normalized(source)] };
}

function volumeSource(name: string, subpath: string, external: ReadonlySet<string>): Mount["from"] {
  if (name === "") return "anonymous";
  if (/\$/.test(name + subpath)) return "unknown";
  if (external.has(name)) return "external";
  return { volume: normalized(posix.join(name, subpath)) };
}

/** A path without a slash at its end. */
export function normalized(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, "$1");
}

/** Whether an absolute path is a folder or inside it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** The name of the volume that a mount uses, without a folder in it; undefined for another kind of mount. */
export function volumeName({ from }: Mount): string | undefined {
  return typeof from !== "string" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}
