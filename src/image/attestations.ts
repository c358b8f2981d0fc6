/** Attestations and annotations of the user's image: which of them are part of the bytes that are compared. Pure. */
import { type Builder, isClassic } from "../docker/builder.ts";
import { Failure } from "../failure.ts";
import { platformNamed } from "../request/platforms.ts";
import type { Request } from "../request/request.ts";
import { areSeveral } from "./platforms.ts";
import type { ImageSource } from "./target.ts";

export const NO_ATTESTATIONS = ["type=provenance,disabled=true"];

/**
 * Attestations of the build. The docker driver's image is pushed as it is, so it carries its own. Any other builder
 * makes them when it pushes, and the plain manifest is what is compared.
 * @throws {Failure} when the workflow asks for what this builder cannot do
 */
export function builtAttestations(request: Request, builder: Builder): readonly string[] {
  if (builder.driver !== "docker") return NO_ATTESTATIONS;
  if (!isClassic(builder)) return askedAttestations(request);
  for (const input of ["provenance", "sbom"] as const) {
    const value = request.build[input];
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
 * The annotations of one platform's manifest alone. They are part of the bytes that are compared. BuildKit refuses
 * `index:…` where there is no index, and passes over the name of a platform.
 */
export function manifestAnnotations({ request, platforms }: ImageSource, platform: string): string[] {
  return annotationsAt(request.build.annotations, (level) => {
    if (!level.startsWith("manifest") || level.startsWith("manifest-descriptor")) return [];
    return areSeveral(platforms) ? levelFor(platform, level) : [level];
  });
}

/** The annotations of the index and of its descriptors, which no manifest carries. */
export function indexAnnotations(annotations: readonly string[]): string[] {
  return annotationsAt(annotations, (level) =>
    /^(index|manifest-descriptor)/.test(level) ? [level] : [],
  ).filter((annotation) => LEVELS.test(annotation));
}

/**
 * @throws {Failure} when the workflow annotates an index, and one platform without attestations has none: BuildKit
 *   refuses that only when the image is pushed
 */
export function requireIndex({ request: { build }, builder, platforms }: ImageSource): void {
  const { provenance, sbom } = build;
  const attests = provenance !== "false" || (sbom !== "" && sbom !== "false");
  const hasIndex = areSeveral(platforms) || (attests && !isClassic(builder));
  const [first] = indexAnnotations(build.annotations);
  if (hasIndex || first === undefined) return;
  throw new Failure(
    "Invalid input",
    `\`annotations\` has \`${first}\`, and this image has no index to annotate: an index comes with attestations or ` +
      "with several platforms. Write `manifest:` instead, or leave `provenance` at its default.",
  );
}

/** `manifest,index[linux/arm64]:key=value` */
const LEVELS = /^([a-z,-]+(?:\[[^\]]*\])?(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*=.*)$/s;

/** Annotations with those of their levels that are kept. One without a level is the manifest's. */
function annotationsAt(annotations: readonly string[], keep: (level: string) => readonly string[]): string[] {
  return annotations.flatMap((annotation) => {
    const [, levels = "", rest = ""] = LEVELS.exec(annotation) ?? [];
    if (levels === "") return [annotation];
    const kept = levels.split(/,(?![^[]*\])/).flatMap(keep);
    return kept.length === 0 ? [] : [`${kept.join(",")}:${rest}`];
  });
}

/** `manifest[linux/arm64]` as `manifest` for that platform, and as nothing for another. */
function levelFor(platform: string, level: string): string[] {
  const named = /\[(.*)\]$/.exec(level)?.[1];
  return named === undefined || platformNamed(named) === platform ? [level.replace(/\[.*/, "")] : [];
}

/** Attestations of the image that is released. */
export function askedAttestations(request: Request): readonly string[] {
  const { provenance, sbom } = request.build;
  const asked = [attestation("provenance", provenance === "" ? "mode=min" : provenance)];
  if (sbom !== "" && sbom !== "false") asked.push(attestation("sbom", sbom));
  return asked;
}

function attestation(type: "provenance" | "sbom", value: string): string {
  if (value === "false") return `type=${type},disabled=true`;
  return value === "true" ? `type=${type}` : `type=${type},${value}`;
}
