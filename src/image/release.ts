/** Solves of an image that the builder has built before, out of its cache: to push it, load it, or write a cache. Pure. */
import { attributes, type BakeTarget, isInline, type Solve } from "../docker/bake.ts";
import { IMAGE } from "../docker/steps.ts";
import { askedAttestations, manifestAnnotations, NO_ATTESTATIONS } from "./attestations.ts";
import { areSeveral, platformsOf } from "./platforms.ts";
import {
  asBuilt,
  buildSecrets,
  forAll,
  forFirst,
  forOne,
  type ImageSource,
  imageTarget,
  inlineCache,
  type Stage,
  targetsOf,
} from "./target.ts";

/** A push by digest alone: the tag comes only after the comparison. */
function pushOutput(image: string): string {
  return attributes({
    type: "image",
    name: image,
    "push-by-digest": "true",
    "name-canonical": "true",
    push: "true",
    "oci-mediatypes": "true",
  });
}

/**
 * Pushes the image, all platforms, by digest. Where a builder has several nodes, each platform is a target of its own:
 * buildx merges what several nodes push, and gives the result the tag `latest` (buildx 0.29, build/build.go).
 */
export function planPush(source: ImageSource): Solve {
  const { request, builder } = source;
  const platforms = platformsOf(request.build, builder);
  const common = {
    ...again(source),
    attest: askedAttestations(request),
    output: [pushOutput(request.image)],
  };
  const targets = isMerged(source)
    ? Object.fromEntries(
        targetsOf(platforms).map(([name, platform]) => [
          name,
          {
            ...common,
            annotations: manifestAnnotations(request, builder, platform),
            ...forOne(request, builder, platform),
          },
        ]),
      )
    : { [IMAGE]: { ...common, ...forAll(request, builder) } };
  return { ...solveOf(source, targets), sends: true };
}

/** Whether the image's platforms are pushed one by one, and become one index only with the tag. */
export function isMerged({ request, builder }: ImageSource): boolean {
  return builder.nodes > 1 && areSeveral(platformsOf(request.build, builder));
}

/**
 * Takes the image out of the builder into the local engine.
 * @param name its name there
 * @param platform empty = the first one that is checked
 */
export function planLoad(source: ImageSource, name: string, platform = ""): Solve {
  const { request, builder } = source;
  const image: BakeTarget = {
    ...again(source),
    ...(platform === "" ? forFirst(request, builder) : { platforms: [platform] }),
    attest: NO_ATTESTATIONS,
    annotations: manifestAnnotations(request, builder, platform),
    output: [attributes({ type: "docker", name, "oci-mediatypes": "true" })],
  };
  return { ...solveOf(source, { [IMAGE]: image }), sends: true };
}

/** Writes the caches of `cache-to`; undefined when there are none. An inline cache is part of the image. */
export function planCacheExport(source: ImageSource): Solve | undefined {
  const { request, builder, names } = source;
  const entries = names.cacheTo.filter((entry) => !isInline(entry));
  if (entries.length === 0) return undefined;
  const image: BakeTarget = {
    ...again(source),
    ...forAll(request, builder),
    attest: NO_ATTESTATIONS,
    annotations: [],
    "cache-to": entries,
    output: ["type=cacheonly"],
  };
  return { ...solveOf(source, { [IMAGE]: image }), sends: true };
}

/**
 * Makes the builder bring the layers of an image whose steps came from an imported cache: those stay in the cache's
 * registry until a step needs them. Measured with BuildKit 0.33: only a linked target whose own `cache-from` names the
 * cache makes it bring them.
 * @param image the target of that image, as it was built
 * @param context a folder with `room/`, which the leaf copies
 */
export function planLayers(image: Pick<Stage, "target" | "allow" | "secrets">, context: string): Solve {
  const { platforms, "cache-from": cacheFrom = [], ...target } = image.target;
  const forPlatform = platforms === undefined ? {} : { platforms };
  const leaf: BakeTarget = {
    context,
    "dockerfile-inline": `FROM ${IMAGE}\nCOPY room/ /\n`,
    contexts: { [IMAGE]: `target:${IMAGE}` },
    ...forPlatform,
    attest: NO_ATTESTATIONS,
    "cache-from": cacheFrom,
    output: ["type=cacheonly"],
  };
  const cacheOnly = { ...target, ...forPlatform, attest: NO_ATTESTATIONS, output: ["type=cacheonly"] };
  return {
    file: { target: { [IMAGE]: cacheOnly, layers: leaf } },
    targets: ["layers"],
    allow: image.allow,
    secrets: image.secrets,
  };
}

/** The same for one platform of the user's image. */
export function planImageLayers(source: ImageSource, platform: string, context: string): Solve {
  const { request, builder, names } = source;
  const target = {
    ...again(source),
    ...forOne(request, builder, platform),
    annotations: [],
    "cache-from": names.cacheFrom,
  };
  const secrets = new Map(buildSecrets(request.build).values);
  return planLayers({ target, allow: request.build.allow, secrets }, context);
}

/** The image as the builder has it. */
function again({ request, builder, names }: ImageSource): BakeTarget {
  return { ...imageTarget(request, names), ...asBuilt(request, builder), ...inlineCache(names) };
}

function solveOf({ request }: ImageSource, target: Readonly<Record<string, BakeTarget>>): Solve {
  return {
    file: { target },
    targets: Object.keys(target),
    allow: request.build.allow,
    secrets: new Map(buildSecrets(request.build).values),
  };
}
