/**
 * Solves of an image that the builder has built before, out of its cache: to push it, load it, write a cache, or bring its
 * layers. Pure.
 */
import { attributes, type BakeTarget, isInline, type Solve } from "../docker/bake.ts";
import { IMAGE } from "../docker/steps.ts";
import { askedAttestations, NO_ATTESTATIONS } from "./attestations.ts";
import { areSeveral } from "./platforms.ts";
import {
  asOne,
  grantsOf,
  type ImageSource,
  ofPlatform,
  oneByOne,
  type Stage,
  solvedAgain,
  solveOf,
} from "./target.ts";

/**
 * Pushes the image, all platforms, by digest alone: the tag comes only after the comparison. Where a builder has several
 * nodes, each platform is a target of its own, and they become one index with the tag: buildx merges what several nodes
 * push, and gives the result the tag `latest` (buildx 0.29, build/build.go).
 */
export function planPush(source: ImageSource): Solve {
  const { request, builder, platforms } = source;
  const output = {
    type: "image",
    name: request.image,
    "push-by-digest": "true",
    "name-canonical": "true",
    push: "true",
    "oci-mediatypes": "true",
  };
  const image = { ...solvedAgain(source), attest: askedAttestations(request), output: [attributes(output)] };
  const isMerged = builder.nodes > 1 && areSeveral(platforms);
  return { ...solveOf(source, isMerged ? oneByOne(source, image) : asOne(source, image)), sends: true };
}

/**
 * Takes the first platform that is checked out of the builder into the local engine.
 * @param name the image's name there
 */
export function planLoad(source: ImageSource, name: string): Solve {
  const output = [attributes({ type: "docker", name, "oci-mediatypes": "true" })];
  const image = { ...solvedAgain(source), attest: NO_ATTESTATIONS, output };
  const target = { [IMAGE]: ofPlatform(source, image, source.platforms.checked[0]) };
  return { ...solveOf(source, target), sends: true };
}

/** Writes the caches of `cache-to`; undefined when there are none. An inline cache is part of the image. */
export function planCacheExport(source: ImageSource): Solve | undefined {
  const entries = source.names.cacheTo.filter((entry) => !isInline(entry));
  if (entries.length === 0) return undefined;
  const image: BakeTarget = {
    ...solvedAgain(source),
    attest: NO_ATTESTATIONS,
    annotations: [],
    "cache-to": entries,
    output: ["type=cacheonly"],
  };
  return { ...solveOf(source, asOne(source, image)), sends: true };
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
  const both = {
    ...(platforms === undefined ? {} : { platforms }),
    attest: NO_ATTESTATIONS,
    output: ["type=cacheonly"],
  };
  const leaf: BakeTarget = {
    ...both,
    context,
    "dockerfile-inline": `FROM ${IMAGE}\nCOPY room/ /\n`,
    contexts: { [IMAGE]: `target:${IMAGE}` },
    "cache-from": cacheFrom,
  };
  return {
    file: { target: { [IMAGE]: { ...target, ...both }, layers: leaf } },
    targets: ["layers"],
    allow: image.allow,
    secrets: image.secrets,
  };
}

/** The same for one platform of the user's image. */
export function planImageLayers(source: ImageSource, platform: string, context: string): Solve {
  const { request, names } = source;
  const image = ofPlatform(source, solvedAgain(source), platform);
  const target = { ...image, annotations: [], "cache-from": names.cacheFrom };
  return planLayers({ target, ...grantsOf(request.build) }, context);
}
