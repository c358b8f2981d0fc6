/**
 * The user's image as a bake target, and the solve that builds it. Pure: no I/O, no clock, no environment.
 *
 * The build takes the image nowhere but to where the builder keeps it. The docker driver keeps it in the engine, under a
 * staging name; any other keeps it in its own store.
 */
import { attributes, type BakeTarget, isInline, type Solve } from "../docker/bake.ts";
import { type Builder, isClassic } from "../docker/builder.ts";
import { IMAGE, STAGE } from "../docker/steps.ts";
import type { Build, Digest, Request } from "../request/request.ts";
import { builtAttestations, manifestAnnotations, NO_ATTESTATIONS, requireIndex } from "./attestations.ts";
import { areSeveral, type Platforms, platformSlug } from "./platforms.ts";

/** What belongs to the image and only this machine and moment know. */
export interface ImageNames {
  /** The docker driver's name for the image until the verdict. */
  readonly staging: string;
  /** The containerd store's name for the app's latest image, from run to run: it begins with `KEPT`. */
  readonly kept: string;
  /** Labels that we add where the workflow has not set them. */
  readonly labels: ReadonlyMap<string, string>;
  /** Caches whose server answers. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
}

/** What every solve of the user's image is made from. */
export interface ImageSource {
  readonly request: Request;
  readonly builder: Builder;
  readonly names: ImageNames;
  readonly platforms: Platforms;
}

/**
 * The build. An engine keeps all platforms as one image, which it pushes as it is. A builder of its own gets a target
 * for each of them, because the metadata of several as one does not name their manifests, and those are compared with
 * what is pushed.
 */
export function planBuild(source: ImageSource): Solve {
  const { request, builder, names } = source;
  const image: BakeTarget = {
    ...imageTarget(source),
    ...inlineCache(names),
    attest: builtAttestations(request, builder),
    "cache-from": names.cacheFrom,
    // The classic store shares its layers with the build cache, and a name that moves on leaves an image behind.
    output: [keptIn(builder, isClassic(builder) ? names.staging : `${names.staging},${names.kept}`)],
  };
  requireIndex(source);
  return solveOf(source, builder.driver === "docker" ? asOne(source, image) : oneByOne(source, image));
}

/**
 * A stage of a user's Dockerfile, which a check runs in: `run-target`, or the project's own Caddy. Its secrets are the
 * build's, and none of ours is among them.
 */
export interface Stage extends Pick<Solve, "allow" | "secrets"> {
  /** Name of the bake target. */
  readonly name: string;
  /** Empty = the builder's own. */
  readonly platform: string;
  readonly target: BakeTarget;
  /** The docker driver's name for it until the step ends. */
  readonly staging: string;
}

/**
 * Another stage of the image's own Dockerfile.
 * @param bases the base images that the image was built from, so that this stage is built from the same ones
 * @param platform empty = the builder's own
 */
export function stageOfImage(
  source: ImageSource,
  stage: string,
  { bases, platform }: { readonly bases: ReadonlyMap<string, Digest>; readonly platform: string },
): Stage {
  const { request, names } = source;
  const pinned = [...bases].map(([name, digest]) => [name, `docker-image://${name}@${digest}`]);
  const image = imageTarget(source);
  return {
    name: STAGE,
    platform,
    target: {
      ...image,
      ...asBuilt(source),
      target: stage,
      ...forOne(source, platform),
      contexts: { ...Object.fromEntries(pinned), ...image.contexts },
      annotations: [],
      labels: {},
      "cache-from": names.cacheFrom,
    },
    staging: `${names.staging}-stage`,
    ...grantsOf(request.build),
  };
}

/** The solve that builds a stage and keeps it in the builder. */
export function planStage({ name, target, staging, allow, secrets }: Stage, builder: Builder): Solve {
  const image = { ...target, attest: NO_ATTESTATIONS, output: [keptIn(builder, staging)] };
  return { file: { target: { [name]: image } }, targets: [name], allow, secrets };
}

/** Where an image stays: in the engine under its names, or in the store of a builder of its own. */
function keptIn({ driver }: Builder, name: string): string {
  return driver === "docker"
    ? attributes({ type: "docker", name })
    : attributes({ type: "image", push: "false", "oci-mediatypes": "true" });
}

type Named = readonly [name: string, platform: string];

/** The targets of a builder of its own, each with its platform: `image`, `image-linux-arm64`. */
export function targetsOf({ checked, emulated }: Platforms): readonly [Named, ...Named[]] {
  const [first, ...others] = checked;
  return [
    [IMAGE, first],
    ...[...others, ...emulated].map((one): Named => [`${IMAGE}-${platformSlug(one)}`, one]),
  ];
}

/** The image as a target for each of its platforms. */
export function oneByOne(source: ImageSource, image: BakeTarget): Readonly<Record<string, BakeTarget>> {
  return Object.fromEntries(
    targetsOf(source.platforms).map(([name, platform]) => [name, ofPlatform(source, image, platform)]),
  );
}

/** The image as one target for all of its platforms. */
export function asOne(source: ImageSource, image: BakeTarget): Readonly<Record<string, BakeTarget>> {
  const { request, platforms } = source;
  const all = areSeveral(platforms)
    ? { platforms: request.build.platforms }
    : forOne(source, platforms.checked[0]);
  return { [IMAGE]: { ...image, ...all } };
}

/** The image of one platform, with the annotations of its manifest. */
export function ofPlatform(source: ImageSource, image: BakeTarget, platform: string): BakeTarget {
  return { ...image, ...forOne(source, platform), annotations: manifestAnnotations(source, platform) };
}

/**
 * A target for one of the platforms that the workflow names. The builder's own goes without saying, but on a builder with
 * several nodes it need not be the first node's.
 */
function forOne({ request, builder: { native } }: ImageSource, platform: string): Partial<BakeTarget> {
  return request.build.platforms.length === 0 || (native.length === 1 && platform === native[0])
    ? {}
    : { platforms: [platform] };
}

/**
 * Options to solve an image that was built once more, from the builder's cache: nothing is asked for anew.
 *
 * While a solve that executed a step is still running, BuildKit hides the cache behind that step from other solves
 * (moby/buildkit pull request 6955; still so behind steps without cache). Two apps with the same first steps would make
 * each other build again. Flipping `pull` changes the digests of the steps and not their cache keys, so this solve shares
 * no running step with a build. A builder that may have base images of its own could not pull them, so
 * there `pull` stays as the workflow has it.
 */
export function asBuilt({ request: { build }, builder }: ImageSource): Partial<BakeTarget> {
  return { pull: builder.hasOwnImages ? build.pull : !build.pull, "no-cache": false, "no-cache-filter": [] };
}

/** The image's target as the builder has solved it before. */
export function solvedAgain(source: ImageSource): BakeTarget {
  return { ...imageTarget(source), ...asBuilt(source), ...inlineCache(source.names) };
}

/** The part of the image's target that must be the same in every solve, or the bytes would differ. */
function imageTarget({ request: { build }, names }: ImageSource): BakeTarget {
  return {
    context: build.context,
    dockerfile: build.file,
    ...(build.target === "" ? {} : { target: build.target }),
    args: Object.fromEntries(build.args),
    contexts: Object.fromEntries(build.contexts),
    labels: { ...Object.fromEntries(names.labels), ...Object.fromEntries(build.labels) },
    annotations: build.annotations,
    secret: build.secrets.map((secret, index) =>
      secret.from === "file"
        ? attributes({ id: secret.id, src: secret.path })
        : attributes({ id: secret.id, env: secretVariable(index) }),
    ),
    ssh: build.ssh,
    ...(build.network === "" ? {} : { network: build.network }),
    "extra-hosts": Object.fromEntries(build.addHosts),
    ...(build.shmSize === "" ? {} : { "shm-size": build.shmSize }),
    ulimits: build.ulimits,
    entitlements: build.allow,
    pull: build.pull,
    "no-cache": build.noCache,
    "no-cache-filter": build.noCacheFilters,
  };
}

/** `cache-to: type=inline` is part of the image itself, so it goes with the image into every solve. */
function inlineCache(names: ImageNames): Partial<BakeTarget> {
  const inline = names.cacheTo.filter(isInline);
  return inline.length === 0 ? {} : { "cache-to": inline };
}

/** The solve of targets of the image. */
export function solveOf({ request }: ImageSource, target: Readonly<Record<string, BakeTarget>>): Solve {
  return { file: { target }, targets: Object.keys(target), ...grantsOf(request.build) };
}

/** What the workflow gives the build. A secret goes by environment or by the workflow's own file, and never to disk. */
export function grantsOf({ allow, secrets }: Build): Pick<Solve, "allow" | "secrets"> {
  const values = secrets.flatMap((secret, index): [string, string][] =>
    secret.from === "file" ? [] : [[secretVariable(index), secret.value]],
  );
  return { allow, secrets: new Map(values) };
}

function secretVariable(index: number): string {
  return `SHIPSHAPE_BUILD_SECRET_${index}`;
}
