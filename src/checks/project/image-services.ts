/** Which services of the compose files run the image of this build in production. Pure. */
import { posix } from "node:path";
import type { Request } from "../../request/request.ts";
import type { Definition, Service } from "./compose.ts";
import { isInside, type Mount } from "./mounts.ts";

/** The image of this build, as compose files name it. */
export interface ThisImage {
  /** `ghcr.io/acme/shop`. */
  readonly repository: string;
  /** Repo path of the build context; `.` for the root. */
  readonly context: string;
  /** Repo path of the Dockerfile. */
  readonly dockerfile: string;
  /** Empty = the last stage. */
  readonly target: string;
  /** Absolute paths of the folders in the image that hold the project's code; none where they are not known. */
  readonly code: readonly string[];
}

/** A service that runs the image in production, as one compose file says. */
export interface ImageService extends Definition {
  readonly name: string;
}

/** How compose files name the image that this request builds. */
export function thisImage({ image, build, workspace }: Request): ThisImage {
  return {
    repository: image,
    context: build.contextIsRemote ? "../" : posix.relative(workspace, build.context),
    dockerfile: posix.relative(workspace, build.file),
    target: build.target,
    code: [],
  };
}

/** Files, services and profiles of these names are not production's. */
const NOT_PRODUCTION =
  /(^|[\s/._-])(override|dev|devel|development|devcontainer|local|tests?|testing|pytest|ci|e2e|debug|examples?|sample|demo)([\s/._-]|$)/i;

/**
 * The services that run this image in production. One counts only if its build target is ours or none is named, no mount
 * covers the code, and neither its file, its name nor its profiles are those of development. All others are left out.
 * @returns one for each file that says so; where a file names neither image nor build, those of the other files hold
 */
export function servicesOfImage(services: readonly Service[], image: ThisImage): readonly ImageService[] {
  return services.flatMap((service) => {
    if (service.isPartial || NOT_PRODUCTION.test(service.name)) return [];
    const all = service.definitions.filter(isProduction);
    return all.flatMap((one) => {
      const others = all.filter((other) => other !== one);
      const isWhole = one.image !== "" || one.build !== undefined;
      const readings = isWhole ? [one] : others.map((other) => together(other, one));
      const counts = readings.length > 0 && readings.every((reading) => runs(reading, image));
      return counts ? readings.slice(0, 1).map((reading) => ({ ...reading, name: service.name })) : [];
    });
  });
}

/** Whether a file and its profiles are not those of development. */
export function isProduction({ file, profiles }: Definition): boolean {
  return (
    !NOT_PRODUCTION.test(file.replace(/\.ya?ml$/i, "")) &&
    !profiles.some((profile) => NOT_PRODUCTION.test(profile))
  );
}

/** As compose merges two files: the second replaces what it says itself, and adds to lists. */
function together(first: Definition, second: Definition): Definition {
  return {
    ...first,
    file: second.file,
    entrypoint: second.entrypoint ?? first.entrypoint,
    command: second.command ?? first.command,
    workingDir: second.workingDir || first.workingDir,
    user: second.user || first.user,
    environment: new Map([...first.environment, ...second.environment]),
    ports: [...first.ports, ...second.ports],
    mounts: [...first.mounts, ...second.mounts],
  };
}

function runs({ image, build, mounts }: Definition, ours: ThisImage): boolean {
  if (mounts.some((mount) => covers(mount, ours))) return false;
  // Compose gives the image that it builds the name of `image`.
  if (build !== undefined)
    return (
      (build.target === "" || build.target === ours.target) &&
      build.contexts.some(
        (context) =>
          context === posix.normalize(ours.context) &&
          posix.join(context, build.dockerfile) === posix.normalize(ours.dockerfile),
      )
    );
  return image.replace(/@.*$/, "").replace(/:[^/]*$/, "") === ours.repository;
}

/** Names of folders that hold data and no code. */
const DATA =
  /^(media|static(_?files|_root)?|public|assets|uploads?|files|logs?|data|db|database|tmp|run|certs?|ssl|backups?|secrets?|locale|cache|sockets?)$/i;
/** Folders of the system, in which no project keeps its code. */
const SYSTEM = /^\/(etc|var|run|tmp|dev|data|mnt|secrets)(\/|$)/;

/** Whether a mount may hide code of the image. */
function covers({ target, from }: Mount, { code }: ThisImage): boolean {
  if (target === "" || code.some((folder) => isInside(folder, target))) return true;
  const last = posix.basename(target);
  if (from === "unknown" || "volume" in from || DATA.test(last) || /\.(?!py$)\w+$/.test(last)) return false;
  return code.length === 0 ? !SYSTEM.test(target) : code.some((folder) => isInside(target, folder));
}
