/**
 * Request + Builder → what BuildKit is asked to solve. Pure: no I/O, no clock, no environment.
 *
 * The check solve holds the image and, FROM it, the checks. The release solve is the image alone, from the
 * builder's own cache, leaving it. The docker driver needs no second one: there the image was loaded under
 * a staging name, and the engine pushes that.
 */

import { attributes, type BakeTarget, isInline, type Solve } from "../docker/bake.ts";
import { type Builder, canAttest } from "../docker/builder.ts";
import { Failure } from "../failure.ts";
import { platformNamed } from "../request/platforms.ts";
import type { Build, Request } from "../request/request.ts";
import { type Platforms, platformsOf } from "./platforms.ts";
import { isProbeStep } from "./steps.ts";

/** What the plan needs to know of the machine: folders that `ship` made and names that it chose. */
export interface Site {
  /** Folder with `probe/`, `room/` and `commands/`, the context of our own Dockerfiles. */
  readonly probeContext: string;
  /** Folder into which the report is exported. */
  readonly reportFolder: string;
  /** The docker driver's name for the unreleased image. */
  readonly staging: string;
  /** The containerd store's name for the app's latest image, from run to run: it begins with `KEPT`. */
  readonly keptImage: string;
  /** JSON of the checks' environment, a secret of the check solve. */
  readonly checkEnvironment: string;
  /** The same as assignments of a shell, a secret of the command solve. */
  readonly commandEnvironment: string;
  /** Folder into which the commands' answers are exported, one folder each, counted from 1. */
  readonly commandsFolder: string;
  /** Labels that we add where the workflow has not set them. */
  readonly labels: ReadonlyMap<string, string>;
  /** Caches that did not answer are left out. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
}

/** Names of the targets in our bake files. */
export const IMAGE = "image";
export const CHECKS = "checks";
/** The stage of our Dockerfile that runs the probe. */
export const RUN_STAGE = "run";
const CHECK_ENVIRONMENT = "SHIPSHAPE_CHECK_ENV";

/** How the probe is started in the image. */
export type Launch =
  /** By our launcher in the image's own shell, which looks for an interpreter (or takes `python`). */
  | { readonly by: "shell"; readonly python: string }
  /** Without a shell: by an interpreter's full path. */
  /** A guess ends the step where that interpreter has no Django, so that the next one can be tried. */
  | { readonly by: "python"; readonly python: string; readonly guess: boolean };

/** One of the check solves of a step. */
export interface CheckSolve {
  readonly launch: Launch;
  /** The checks run although the builder's cache has their answer. */
  readonly again: boolean;
  /**
   * `asked`: it is built as the workflow says. `built`: the builder has its steps, so nothing of it is asked
   * anew. What is named is not solved at all.
   */
  readonly image: "asked" | "built" | Named;
}

/** An image that is there already, as the context that a Dockerfile of ours is built FROM. */
export interface Named {
  readonly context: `${"docker-image" | "oci-layout"}://${string}`;
}

/**
 * An image that the builder holds: nothing of it is asked for again, for that would be asking for another one.
 *
 * Solves that run at once share their steps, and BuildKit finds nothing in its cache behind a step that was executed as
 * long as any solve has it (moby/buildkit pull request 6955, of July 2026; behind a step without cache it still does not).
 * Two apps with the same first steps would take each other's image out of reach. `pull` makes other steps of the base
 * and of all that follow, with the same keys in the cache; so an image that is asked for again has the steps of no
 * image that is asked for with the same `pull`. Where a base may lie in the builder alone it cannot be pulled.
 */
export function asBuilt({ build }: Request, builder: Builder): Partial<BakeTarget> {
  return { pull: !build.pull && !builder.hasOwnImages, "no-cache": false, "no-cache-filter": [] };
}

/** The solve that builds the image and checks it. Nothing leaves the builder. */
export function planChecks(request: Request, builder: Builder, site: Site, how: CheckSolve): Solve {
  const named = typeof how.image === "object" ? how.image : undefined;
  const images = named ? {} : heldImages(request, builder, site, how);
  const checks: BakeTarget = {
    context: site.probeContext,
    "dockerfile-inline": checksDockerfile(how.launch, request.checksNetwork),
    contexts: { [IMAGE]: named?.context ?? `target:${IMAGE}` },
    secret: [attributes({ id: "shipshape-env", env: CHECK_ENVIRONMENT })],
    attest: NO_ATTESTATIONS,
    // One target carries the caches, and it is this one: with several, an import hits by luck
    // (docker/buildx issues 414 and 3878), and with mode=max it holds the image's steps too. Without these steps it
    // would write a cache over them that has none.
    "cache-from": named ? [] : site.cacheFrom,
    "cache-to": named ? [] : site.cacheTo.filter((entry) => !isInline(entry)),
    ...(how.again || request.checksNetwork === "host" ? { "no-cache-filter": [RUN_STAGE] } : {}),
    ...entitled(request),
    output: [attributes({ type: "local", dest: site.reportFolder })],
  };
  return {
    file: { target: { ...images, [CHECKS]: checks } },
    targets: [...Object.keys(images), CHECKS],
    allow: allowed(request),
    secrets: new Map([...buildSecrets(request.build).values, [CHECK_ENVIRONMENT, site.checkEnvironment]]),
    // The probe ends its checks itself, and may try twice; this is for a probe that is stuck itself.
    limit: { step: isProbeStep, seconds: 3 * request.timeout + 60 },
  };
}

/**
 * The image of the check solve. An engine holds all platforms as one image, which it pushes as it is. A builder of
 * its own gets a target for each of them, because the metadata of several as one does not name their manifests,
 * and those are compared with what is pushed.
 */
function heldImages(
  request: Request,
  builder: Builder,
  site: Site,
  how: CheckSolve,
): Record<string, BakeTarget> {
  const platforms = platformsOf(request.build, builder);
  const image: BakeTarget = {
    ...imageTarget(request, site),
    ...(how.image === "built" ? asBuilt(request, builder) : {}),
    attest: heldAttestations(request, builder),
    annotations:
      builder.driver === "docker" ? request.build.annotations : manifestAnnotations(request, builder),
    output: [heldOutput(builder, site)],
    ...inlineCache(site),
  };
  if (builder.driver === "docker") return { [IMAGE]: { ...image, ...forAll(request, platforms) } };
  const others = platforms.others.map((platform) => [
    imageFor(platform),
    { ...image, annotations: manifestAnnotations(request, builder, platform), platforms: [platform] },
  ]);
  return { [IMAGE]: image, ...Object.fromEntries(others) };
}

/** The target of one more platform's image: `image-linux-arm64`. */
function imageFor(platform: string): string {
  return `${IMAGE}-${platform.replaceAll("/", "-")}`;
}

/** Whether a target of the check solve is the image, or one more platform's. */
export function isImage(target: string): boolean {
  return target === IMAGE || target.startsWith(`${IMAGE}-`);
}

/** The image as one of several platforms. Without them a target is for the builder's own. */
function forAll({ build }: Request, { others }: Platforms): Pick<BakeTarget, "platforms"> {
  return others.length === 0 ? {} : { platforms: build.platforms };
}

/** Where the release solve takes the image. */
export type Destination =
  /** To the registry, all platforms, by digest alone: a tag comes only after the comparison. */
  | { readonly to: "registry" }
  /** Into the local engine under a name; one platform, the builder's own unless another is named. */
  | { readonly to: "engine"; readonly name: string; readonly platform?: string };

/** The solve of the image alone, from the builder's cache, that takes it out of a builder of its own. */
export function planRelease(request: Request, builder: Builder, site: Site, destination: Destination): Solve {
  const { to } = destination;
  const { platform = "" } = to === "engine" ? destination : {};
  const output =
    destination.to === "registry"
      ? attributes({
          type: "image",
          name: request.image,
          "push-by-digest": "true",
          "name-canonical": "true",
          push: "true",
          "oci-mediatypes": "true",
        })
      : attributes({ type: "docker", name: destination.name, "oci-mediatypes": "true" });
  const image: BakeTarget = {
    ...imageTarget(request, site),
    ...(to === "registry" ? forAll(request, platformsOf(request.build, builder)) : {}),
    ...(platform === "" ? {} : { platforms: [platform] }),
    ...asBuilt(request, builder),
    attest: to === "registry" ? askedAttestations(request) : NO_ATTESTATIONS,
    annotations:
      to === "registry" ? request.build.annotations : manifestAnnotations(request, builder, platform),
    output: [output],
    ...inlineCache(site),
  };
  return {
    file: { target: { [IMAGE]: image } },
    targets: [IMAGE],
    allow: request.build.allow,
    secrets: new Map(buildSecrets(request.build).values),
    sends: true,
  };
}

/** The entitlement of a step that uses the machine's network: the target asks, and the call allows it. */
const HOST_NETWORK = "network.host";

/** @throws {Failure} when the checks are to use a network that this builder does not share */
export function demandNetwork({ checksNetwork }: Request, builder: Builder): void {
  if (checksNetwork === "none" || builder.hostNetwork) return;
  throw new Failure(
    "Invalid input",
    `\`checks-network: host\` needs a builder that shares the network of the job's machine, and ${builder.name}, a ` +
      `${builder.driver} builder, does not, or nobody can tell. Use the engine's own builder (leave out docker/setup-buildx-action, or ` +
      "give its step `driver: docker`), or make one that does: give docker/setup-buildx-action\n" +
      "driver-opts: network=host",
  );
}

/** What a target of ours asks for when the checks may use the machine's network. */
export function entitled({ checksNetwork }: Request): Partial<BakeTarget> {
  return checksNetwork === "host" ? { entitlements: [HOST_NETWORK] } : {};
}

/** What the call allows: what the workflow did, and what its checks need. */
export function allowed({ build, checksNetwork }: Request): readonly string[] {
  return checksNetwork === "host" ? [...new Set([...build.allow, HOST_NETWORK])] : build.allow;
}

/** The part of the image's target that must be the same in every solve, or the bytes would differ. */
export function imageTarget(request: Request, site: Site): BakeTarget {
  const { build } = request;
  return {
    context: build.context,
    dockerfile: build.file,
    ...(build.target === "" ? {} : { target: build.target }),
    args: Object.fromEntries(build.args),
    contexts: Object.fromEntries(build.contexts),
    labels: { ...Object.fromEntries(site.labels), ...Object.fromEntries(build.labels) },
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

/** Where the image is held until the verdict. */
function heldOutput(builder: Builder, { staging, keptImage }: Site): string {
  if (builder.driver !== "docker")
    return attributes({ type: "image", push: "false", "oci-mediatypes": "true" });
  // The classic store shares its layers with the build cache, and a name that moves on leaves an image behind.
  return attributes({
    type: "docker",
    name: builder.store === "containerd" ? `${staging},${keptImage}` : staging,
  });
}

export const NO_ATTESTATIONS = ["type=provenance,disabled=true"];

/**
 * Attestations of the check solve. The docker driver's image is pushed as it is, so it carries its own; a
 * builder of its own makes them in the release solve, and the plain manifest is what is compared.
 * @throws {Failure} when the workflow asks for what this builder cannot do
 */
function heldAttestations(request: Request, builder: Builder): readonly string[] {
  if (builder.driver !== "docker") return NO_ATTESTATIONS;
  if (canAttest(builder)) return askedAttestations(request);
  const { provenance, sbom } = request.build;
  for (const [input, value] of [
    ["provenance", provenance],
    ["sbom", sbom],
  ] as const) {
    if (value !== "" && value !== "false")
      throw new Failure(
        "Invalid input",
        `\`${input}: ${value}\` needs a builder that can attest, and the engine's classic image store cannot. ` +
          "Turn on the containerd image store, use a docker-container builder " +
          `(docker/setup-buildx-action), or set \`${input}: false\`.`,
      );
  }
  return NO_ATTESTATIONS;
}

/**
 * The annotations of one platform's manifest alone, empty = the one that is checked. Without attestations or several
 * platforms there is no index to annotate, and BuildKit refuses `index:…` there, and passes over the name of a
 * platform; the manifest's own are part of the bytes that are compared.
 */
export function manifestAnnotations({ build }: Request, builder: Builder, platform = ""): string[] {
  const { checked, others } = platformsOf(build, builder);
  return build.annotations.flatMap((annotation) => {
    const [, levels = "", rest = ""] =
      /^([a-z,-]+(?:\[[^\]]*\])?(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*=.*)$/s.exec(annotation) ?? [];
    if (levels === "") return [annotation];
    const kept = levels
      .split(/,(?![^[]*\])/)
      .filter((level) => level.startsWith("manifest") && !level.startsWith("manifest-descriptor"))
      .flatMap((level) => (others.length === 0 ? level : levelFor(platform || checked, level)));
    return kept.length === 0 ? [] : [`${kept.join(",")}:${rest}`];
  });
}

/** `manifest[linux/arm64]` as `manifest` for that platform, and as nothing for another. */
function levelFor(platform: string, level: string): string[] {
  const named = /\[(.*)\]$/.exec(level)?.[1];
  return named === undefined || platformNamed(named) === platform ? [level.replace(/\[.*/, "")] : [];
}

function askedAttestations(request: Request): readonly string[] {
  const { provenance, sbom } = request.build;
  const asked = [attestation("provenance", provenance === "" ? "mode=min" : provenance)];
  if (sbom !== "" && sbom !== "false") asked.push(attestation("sbom", sbom));
  return asked;
}

function attestation(type: "provenance" | "sbom", value: string): string {
  if (value === "false") return `type=${type},disabled=true`;
  return value === "true" ? `type=${type}` : `type=${type},${value}`;
}

/** `cache-to: type=inline` is part of the image itself, so it goes with the image into every solve. */
export function inlineCache(site: Site): Partial<BakeTarget> {
  const inline = site.cacheTo.filter(isInline);
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

/**
 * Our Dockerfile. Old features only and no syntax line, so that every builder's own frontend takes it.
 * RUN knows no ENTRYPOINT; `--network=none` is written out because on some builders the default is the
 * machine's own network; `--chmod` reaches what lies below `room/`, so that any USER can write its report.
 */
export function checksDockerfile(launch: Launch, network: Request["checksNetwork"]): string {
  const command =
    launch.by === "shell"
      ? ["/bin/sh", "/.shipshape-probe/launch.sh", ...(launch.python === "" ? [] : [launch.python])]
      : [launch.python, "/.shipshape-probe/probe.py", ...(launch.guess ? ["--launched"] : [])];
  return [
    `FROM ${IMAGE} AS ${RUN_STAGE}`,
    "COPY --chmod=1777 room/ /",
    `RUN --network=${network}` +
      " --mount=type=bind,source=probe,target=/.shipshape-probe" +
      " --mount=type=secret,id=shipshape-env,target=/.shipshape-env,mode=0444,required" +
      ` ${JSON.stringify(command)}`,
    "FROM scratch",
    exportReport(RUN_STAGE),
    "",
  ].join("\n");
}

/** Where a container of ours leaves what it has to say; the context's `room/` has this folder. */
export const REPORT = "/.shipshape/report";

/**
 * The line that takes a stage's report out. The path is plain and the folder is two levels deep, for BuildKit's sake:
 * for a pattern it walks the whole image, and for any path all that lies in the parent folder (measured with
 * python:3.13-slim: 1 s, in which nothing else happens).
 */
export function exportReport(stage: string, to = "/"): string {
  return `COPY --from=${stage} ${REPORT}/ ${to}`;
}
