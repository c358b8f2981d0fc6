/**
 * Whether each release brings its static files to where they are served from. Docker copies an image's files into a named
 * volume only while that is empty (docs.docker.com/engine/storage/volumes, "Mounting a volume over existing data"). Pure.
 */
import type { Collecting } from "./collecting.ts";
import { mayHaveUnknown, mountAround, type Service, sourcesOf } from "./compose.ts";
import type { ImageService } from "./image-services.ts";
import { type Mount, volumeName } from "./mounts.ts";

/** What the settings say of STATIC_ROOT. */
export interface StaticRoot {
  /** Absolute, without a slash at its end. */
  readonly path: string;
  /** As a message may quote the setting. */
  readonly quoted: string;
  /** Production surely has the same folder. */
  readonly isSure: boolean;
  /** The image has files in it, whoever has put them there: they may be in the repository. */
  readonly isFilled: boolean;
  /** A middleware serves the files out of it. */
  readonly hasMiddleware: boolean;
}

/** What the checkout says. */
export interface StaticFacts {
  /** Undefined where no Dockerfile can be read, and where no finding is possible. */
  readonly collecting: Collecting | undefined;
  /** The services that run the image in production. */
  readonly ours: readonly ImageService[];
  readonly services: readonly Service[];
}

/** A finding, without the check that reports it. */
export interface StaticFinding {
  readonly level: "WARNING" | "INFO";
  readonly message: string;
  readonly hint: string;
  /** Repo path of the compose file; empty where it is not about one. */
  readonly file: string;
}

/** Static files that stay those of the first release: a volume lies over the folder of the image. */
export function staleFiles(
  root: StaticRoot,
  { collecting, ours, services }: StaticFacts,
): StaticFinding | undefined {
  if (collecting === undefined || collecting.atStart || collecting.inBuild === false) return undefined;
  const over = ours.flatMap((service) => {
    const volume = volumeOver(root.path, service);
    return volume === undefined ? [] : [{ service, volume }];
  });
  const [found] = over;
  if (found === undefined) return undefined;
  const { service, volume } = found;
  const isShared = servicesThatShare(root.path, service, services).length > 0;
  // Another file of the same service may have no volume.
  const isEverywhere = ours
    .filter(({ name }) => name === service.name)
    .every((one) => volumeOver(root.path, one));
  const { elsewhere, removesVolumes } = collecting;
  const isCertain =
    collecting.inBuild === true &&
    collecting.startIsKnown &&
    elsewhere === undefined &&
    removesVolumes === undefined &&
    root.isSure &&
    isEverywhere &&
    (isShared || root.hasMiddleware);
  const unless =
    elsewhere !== undefined
      ? `, unless ${elsewhere}, which names collectstatic, runs it at each release`
      : removesVolumes !== undefined
        ? `, unless ${removesVolumes}, which removes volumes, does so at each release`
        : "";
  return {
    level: isCertain ? "WARNING" : "INFO",
    message:
      `The Dockerfile runs collectstatic, but the service \`${service.name}\` in ${service.file} mounts the volume ` +
      `\`${volume}\` over that folder (${root.quoted}). Docker copies the image's files into a volume only while it is ` +
      `empty, so the static files of the first release stay for ever${unless}.`,
    hint:
      "Run `python manage.py collectstatic --noinput` when the container starts, in a service of the compose file, or " +
      "in the job that deploys; or serve the image's own files without a volume.",
    file: service.file,
  };
}

/**
 * A folder that is served and that nothing fills.
 * @param isServed whether something serves it that the compose files do not say: WhiteNoise, a Caddyfile
 */
export function unfilledFiles(
  root: StaticRoot,
  { collecting, ours, services }: StaticFacts,
  isServed: boolean,
): StaticFinding | undefined {
  if (collecting === undefined || collecting.atStart || collecting.elsewhere !== undefined) return undefined;
  const hidden = ours.find((service) => isFolder(mountOver(root.path, service)));
  const isShared = ours.some((service) => servicesThatShare(root.path, service, services).length > 0);
  const isEmpty = (collecting.inBuild === false && !root.isFilled) || hidden !== undefined;
  if (!collecting.startIsKnown || !isEmpty || !(isServed || isShared)) return undefined;
  return {
    level: "INFO",
    message:
      hidden === undefined
        ? `Static files are served from Django's folder (${root.quoted}), and nothing in the repository runs collectstatic.`
        : `Static files are served from a folder of the machine that ${hidden.file} mounts at Django's (${root.quoted}), and nothing in the repository runs collectstatic when a container starts.`,
    hint: "Unless something else fills the folder, each static file is a 404. Run `python manage.py collectstatic --noinput` in the Dockerfile or when the container starts.",
    file: hidden?.file ?? "",
  };
}

function mountOver(path: string, { mounts }: ImageService): Mount | undefined {
  return mayHaveUnknown(path, { mounts, isPartial: false }) ? undefined : mountAround(path, { mounts });
}

function volumeOver(path: string, service: ImageService): string | undefined {
  const mount = mountOver(path, service);
  return mount && volumeName(mount);
}

function isFolder(mount: Mount | undefined): boolean {
  return mount !== undefined && typeof mount.from !== "string" && "paths" in mount.from;
}

/** Other services that have what a service has at a path: nginx, say. */
function servicesThatShare(
  path: string,
  service: ImageService,
  services: readonly Service[],
): readonly Service[] {
  const sources = sourcesOf(path, service);
  return services.filter(
    (other) =>
      other.name !== service.name &&
      other.mounts.some(({ target }) =>
        sourcesOf(target, other).some((shared) => sources.some((source) => overlap(source, shared))),
      ),
  );
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
