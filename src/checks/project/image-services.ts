/** Which services of the compose files run the image of this build, and which of them in production. Pure. */
import { posix } from "node:path";
import { type DockerStage, envOf, type Instruction, stageOf, stagesOf } from "../../request/dockerfile.ts";
import { sameRepository, split } from "../../request/reference.ts";
import type { Request } from "../../request/request.ts";
import { bringsCode, mayHideCode } from "./code-mounts.ts";
import type { ComposeBuild, Definition, Service } from "./compose.ts";
import { isDeveloped, NOT_PRODUCTION } from "./development.ts";

/** The image of this build, as compose files name it. */
export interface ThisImage {
  /** `ghcr.io/acme/shop`. */
  readonly repository: string;
  /** Repo path of the build context; `.` for the root. One that is outside of the checkout is no service's. */
  readonly context: string;
  /** Repo path of the Dockerfile. */
  readonly dockerfile: string;
  /** Empty = the last stage. */
  readonly target: string;
  /** Of the Dockerfile; empty where it cannot be read. */
  readonly stages: readonly DockerStage[];
  /** Names of ENV. */
  readonly variables: ReadonlySet<string>;
}

/** A service that runs the image in production, as one compose file says. */
export interface ImageService extends Definition {
  readonly name: string;
}

/** How compose files name the image that this request builds. */
export function thisImage(
  { image, build, workspace }: Pick<Request, "image" | "build" | "workspace">,
  dockerfile: readonly Instruction[],
): ThisImage {
  return {
    repository: image,
    context: build.contextIsRemote ? "../" : posix.relative(workspace, build.context),
    dockerfile: posix.relative(workspace, build.file),
    target: build.target,
    stages: stagesOf(dockerfile),
    variables: new Set(envOf(dockerfile)),
  };
}

/**
 * The services that run this image in production. One counts only if it is built from the stage that is released, or has
 * the image's name; no mount may hide the code; and nothing about it is of development: its file, its name, its tag, its
 * command, its variables. `up` does not start a service with a profile. All others are left out.
 * @returns one for each file that says so; where a file names neither image nor build, those of the other files hold
 */
export function servicesOfImage(services: readonly Service[], image: ThisImage): readonly ImageService[] {
  return services.flatMap((service) =>
    readingsOf(service, image)
      .filter((readings) => readings.every((reading) => runs(reading, image) === true))
      .flatMap(([reading]) => (reading === undefined ? [] : [{ ...reading, name: service.name }])),
  );
}

/** What the files of production say about a service of any image; nothing where something hides what it runs. */
export function productionOf(service: Service, image: ThisImage): readonly Definition[] {
  return readingsOf(service, image).flatMap(([reading]) => reading ?? []);
}

/**
 * What each file of production says about a service. Where it names neither image nor build, what another file says is added,
 * in each possible way.
 */
function readingsOf(service: Service, image: ThisImage): readonly (readonly Definition[])[] {
  if (service.isPartial || NOT_PRODUCTION.test(service.name)) return [];
  const all = service.definitions.filter(isProduction);
  return all.flatMap((one) => {
    const others = all.filter((other) => other !== one && (other.image !== "" || other.build !== undefined));
    const isWhole = one.image !== "" || one.build?.namesContext === true || others.length === 0;
    const readings = isWhole ? [one] : others.map((other) => together(other, one));
    return readings.some((reading) => isDeveloped(reading) || hidesCode(reading, image)) ? [] : [readings];
  });
}

/** Whether a service runs the image, by all of its files; undefined when they do not say. */
export function runsImage({ definitions }: Service, image: ThisImage): boolean | undefined {
  const answers = definitions
    .filter((one) => one.image !== "" || one.build !== undefined)
    .map((one) => runs(one, image));
  if (answers.includes(true)) return true;
  return answers.length === 0 || answers.includes(undefined) ? undefined : false;
}

/** Whether a file is not one of development. */
export function isProduction({ file }: Definition): boolean {
  return !NOT_PRODUCTION.test(file.replace(/\.ya?ml$/i, ""));
}

/** As compose merges two files: the second replaces what it says itself, and adds to lists. */
function together(first: Definition, second: Definition): Definition {
  return {
    ...first,
    file: second.file,
    entrypoint: second.entrypoint ?? first.entrypoint,
    command: second.command ?? first.command,
    build: second.build === undefined ? first.build : builtTogether(first.build, second.build),
    workingDir: second.workingDir || first.workingDir,
    user: second.user || first.user,
    environment: new Map([...first.environment, ...second.environment]),
    ports: [...first.ports, ...second.ports],
    hidesVariables: first.hidesVariables || second.hidesVariables,
    variablesFiles: [...first.variablesFiles, ...second.variablesFiles],
    hidesPort: first.hidesPort || second.hidesPort,
    mounts: [...first.mounts, ...second.mounts],
    profiles: [...first.profiles, ...second.profiles],
    isWatched: first.isWatched || second.isWatched,
  };
}

function builtTogether(first: ComposeBuild | undefined, second: ComposeBuild): ComposeBuild {
  if (first === undefined) return second;
  return {
    ...(second.namesContext ? second : first),
    dockerfile: second.dockerfile || first.dockerfile,
    target: second.target || first.target,
  };
}

function runs({ image, build }: Definition, ours: ThisImage): boolean | undefined {
  // Compose gives the image that it builds the name of `image`.
  if (build !== undefined) return builds(build, ours);
  const { name } = split(image);
  if (name === "" || name.includes("$")) return undefined;
  return sameRepository(name, ours.repository);
}

function builds(
  { contexts, dockerfile, target }: ComposeBuild,
  { context, dockerfile: file, ...ours }: ThisImage,
): boolean | undefined {
  if (contexts.length === 0) return undefined;
  const isOurs = contexts.some(
    (one) =>
      one === posix.normalize(context) &&
      posix.join(one, dockerfile || "Dockerfile") === posix.normalize(file),
  );
  if (!isOurs) return false;
  // Another stage of the same Dockerfile may be Django as well, or anything.
  if (target === ours.target) return true;
  const stage = stageOf(ours.stages, target);
  return stage !== undefined && stage === stageOf(ours.stages, ours.target) ? true : undefined;
}

function hidesCode({ mounts }: Definition, { context }: ThisImage): boolean {
  return mounts.some((mount) => bringsCode(mount, context) || mayHideCode(mount));
}
