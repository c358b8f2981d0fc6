/**
 * The user's image as a bake target, and the solve that builds it. Pure: no I/O, no clock, no environment.
 *
 * The build takes the image nowhere but to where the builder keeps it. The docker driver keeps it in the engine, under a
 * staging name; any other keeps it in its own store.
 */
import { attributes, type BakeTarget, isInline, type Solve } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import { IMAGE, STAGE } from "../docker/steps.ts";
import type { Build, Digest, Request } from "../request/request.ts";
import { builtAttestations, manifestAnnotations, NO_ATTESTATIONS, requireIndex } from "./attestations.ts";
import { areSeveral, type Platforms, platformSlug, platformsOf } from "./platforms.ts";

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
}

/**
 * The build. An engine keeps all platforms as one image, which it pushes as it is. A builder of its own gets a target
 * for each of them, because the metadata of several as one does not name their manifests, and those are compared with
 * what is pushed.
 */
export function planBuild({ request, builder, names }: ImageSource): Solve {
  const platforms = platformsOf(request.build, builder);
  const image: BakeTarget = {
    ...imageTarget(request, names),
    attest: builtAttestations(request, builder),
    "cache-from": names.cacheFrom,
    output: [builtOutput(builder, names)],
    ...inlineCache(names),
  };
  requireIndex(request, builder);
  const targets =
    builder.driver === "docker"
      ? { [IMAGE]: { ...image, ...forAll(request, builder) } }
      : Object.fromEntries(
          targetsOf(platforms).map(([name, platform]) => [
            name,
            {
              ...image,
              annotations: manifestAnnotations(request, builder, platform),
              ...forOne(request, builder, platform),
            },
          ]),
        );
  return {
    file: { target: targets },
    targets: Object.keys(targets),
    allow: request.build.allow,
    secrets: new Map(buildSecrets(request.build).values),
  };
}

/** A stage of a user's Dockerfile, which a check runs in: `run-target`, or the project's own Caddy. */
export interface Stage {
  /** Name of the bake target. */
  readonly name: string;
  /** Empty = the builder's own. */
  readonly platform: string;
  readonly target: BakeTarget;
  /** The docker driver's name for it until the step ends. */
  readonly staging: string;
  readonly allow: readonly string[];
  /** Values of the build's secrets. None of ours is among them. */
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * Another stage of the image's own Dockerfile.
 * @param bases the base images that the image was built from, so that this stage is built from the same ones
 * @param platform empty = the builder's own
 */
export function stageOfImage(
  { request, builder, names }: ImageSource,
  stage: string,
  { bases, platform }: { readonly bases: ReadonlyMap<string, Digest>; readonly platform: string },
): Stage {
  const pinned = [...bases].map(([name, digest]) => [name, `docker-image://${name}@${digest}`]);
  const image = imageTarget(request, names);
  return {
    name: STAGE,
    platform,
    target: {
      ...image,
      ...asBuilt(request, builder),
      target: stage,
      ...forOne(request, builder, platform),
      contexts: { ...Object.fromEntries(pinned), ...image.contexts },
      annotations: [],
      labels: {},
      "cache-from": names.cacheFrom,
    },
    staging: `${names.staging}-stage`,
    allow: request.build.allow,
    secrets: new Map(buildSecrets(request.build).values),
  };
}

/** The solve that builds a stage and keeps it in the builder. */
export function planStage({ name, target, staging, allow, secrets }: Stage, { driver }: Builder): Solve {
  const output =
    driver === "docker"
      ? attributes({ type: "docker", name: staging })
      : attributes({ type: "image", push: "false", "oci-mediatypes": "true" });
  return {
    file: { target: { [name]: { ...target, attest: NO_ATTESTATIONS, output: [output] } } },
    targets: [name],
    allow,
    secrets,
  };
}

/** The targets of a builder of its own, each with its platform: `image`, `image-linux-arm64`. */
export function targetsOf({
  checked,
  emulated,
}: Platforms): readonly (readonly [name: string, platform: string])[] {
  return [...checked, ...emulated].map((platform, index) => [
    index === 0 ? IMAGE : `${IMAGE}-${platformSlug(platform)}`,
    platform,
  ]);
}

/** The image as one of several platforms, or of the only one. */
export function forAll(request: Request, builder: Builder): Pick<BakeTarget, "platforms"> {
  return areSeveral(platformsOf(request.build, builder))
    ? { platforms: request.build.platforms }
    : forFirst(request, builder);
}

/** A target for the first platform that is checked: on a builder with several nodes it need not be the first node's. */
export function forFirst(request: Request, builder: Builder): Pick<BakeTarget, "platforms"> {
  const [first = ""] = platformsOf(request.build, builder).checked;
  return forOne(request, builder, first);
}

/** A target for one of the platforms that the workflow names. The builder's own goes without saying. */
export function forOne(
  { build }: Request,
  { native }: Builder,
  platform: string,
): Pick<BakeTarget, "platforms"> {
  const [first = ""] = native;
  return build.platforms.length === 0 || (platform === first && native.length === 1)
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
export function asBuilt({ build }: Request, builder: Builder): Partial<BakeTarget> {
  return { pull: builder.hasOwnImages ? build.pull : !build.pull, "no-cache": false, "no-cache-filter": [] };
}

/** The part of the image's target that must be the same in every solve, or the bytes would differ. */
export function imageTarget(request: Request, names: ImageNames): BakeTarget {
  const { build } = request;
  return {
    context: build.context,
    dockerfile: build.file,
    ...(build.target === "" ? {} : { target: build.target }),
    args: Object.fromEntries(build.args),
    contexts: Object.fromEntries(build.contexts),
    labels: { ...Object.fromEntries(names.labels), ...Object.fromEntries(build.labels) },
    annotations: build.annotations,
    secret: buildSecrets(build).targets,
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

/** Where the image is kept until the verdict. */
function builtOutput(builder: Builder, { staging, kept }: ImageNames): string {
  if (builder.driver !== "docker")
    return attributes({ type: "image", push: "false", "oci-mediatypes": "true" });
  // The classic store shares its layers with the build cache, and a name that moves on leaves an image behind.
  return attributes({
    type: "docker",
    name: builder.store === "containerd" ? `${staging},${kept}` : staging,
  });
}

/** `cache-to: type=inline` is part of the image itself, so it goes with the image into every solve. */
export function inlineCache(names: ImageNames): Partial<BakeTarget> {
  const inline = names.cacheTo.filter(isInline);
  return inline.length === 0 ? {} : { "cache-to": inline };
}

/** Build secrets go by environment or by the workflow's own file: a value is never written to disk. */
export function buildSecrets(build: Build): { targets: string[]; values: [string, string][] } {
  const values: [string, string][] = [];
  const targets = build.secrets.map((secret, index) => {
    if (secret.from === "file") return attributes({ id: secret.id, src: secret.path });
    const variable = `SHIPSHAPE_BUILD_SECRET_${index}`;
    values.push([variable, secret.value]);
    return attributes({ id: secret.id, env: variable });
  });
  return { targets, values };
}
