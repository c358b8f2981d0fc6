/**
 * What a check is built FROM: an image, or a stage of a user's Dockerfile, named by its bytes. An OCI image layout of
 * nothing but its manifest and config names it (image-spec, "Image Layout"): the builder asks the step for those two, and
 * has the layers itself. BuildKit caches what runs in it by the digest, so a cached answer is certainly about these bytes.
 * Only the engine's classic store cannot read a layout: there the image has its staging name.
 */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Solve } from "../docker/bake.ts";
import { type Builder, isClassic } from "../docker/builder.ts";
import { configIn, type ImageConfig, onbuildIn, parseConfigBlob } from "../docker/manifests.ts";
import type { Event } from "../docker/progress.ts";
import { Failure } from "../failure.ts";
import type { Digest } from "../request/request.ts";
import { type Blame, blame } from "./blame.ts";
import { type PlatformImage, platformImage } from "./built-image.ts";
import { planLayers } from "./exports.ts";
import type { Solver } from "./solver.ts";
import { planStage, type Stage } from "./target.ts";

/** An image that a Dockerfile of ours is built FROM. */
export interface BaseImage {
  /** Its value in `contexts` of a bake target. */
  readonly context: `oci-layout://${string}` | `docker-image://${string}`;
  /** Empty = the builder's own. */
  readonly platform: string;
  /** ENTRYPOINT, CMD, USER, ENV and so on, as the image specification spells them. */
  readonly config: ImageConfig;
  /** The solve that makes the builder bring its layers, should they be elsewhere. */
  readonly layers: Solve | undefined;
}

/** Where a base image is looked up, and where its layout is written. */
export interface Naming {
  readonly solver: Pick<Solver, "docker" | "builder" | "folder">;
  /** Gets the layout, in the solver's folder. */
  readonly layout: string;
  /** The name of the image in the engine; of no use with other drivers. */
  readonly staging: string;
  readonly layers: Solve | undefined;
}

/**
 * Names an image that the builder has built by its bytes.
 * @throws {Failure} when the builder keeps no history of its builds, or the image has ONBUILD and a classic store keeps it
 */
export async function baseImage(image: PlatformImage, naming: Naming): Promise<BaseImage> {
  const { solver, staging, layers } = naming;
  const { builder, docker } = solver;
  const { platform } = image;
  if (isClassic(builder)) {
    const config = parseConfigBlob((await docker.imageConfig(staging)) ?? "");
    if (config === undefined)
      throw new Failure(
        "Checks could not run",
        `The engine does not show the config of the image that it built (\`docker image inspect ${staging}\`). Run the job again.`,
      );
    refuseOnbuild(config);
    return { context: `docker-image://${staging}`, platform, config, layers: undefined };
  }
  const blobs = await readBuilt(image, naming);
  const config = parseConfigBlob(blobs.config) ?? {};
  const folder = join(solver.folder, naming.layout);
  const digest = await writeLayout(folder, withoutOnbuild(blobs, config));
  return { context: `oci-layout://${folder}@${digest}`, platform, config, layers };
}

/**
 * Builds a stage of a user's Dockerfile, in a solve of its own without a secret of ours, and names it by its bytes.
 * @param context a folder with `room/`
 * @param explain says why it could not be built
 * @throws {Failure} `Build failed`, `Cancelled`
 */
export async function buildStage(
  solver: Solver,
  stage: Stage,
  { context, explain }: { readonly context: string; readonly explain: (blame: Blame) => string },
): Promise<BaseImage> {
  const { name, platform, staging } = stage;
  const solved = await solver
    .hearing(ofStage(stage))
    .solve(`${name}-solve`, planStage(stage, solver.builder));
  if (!solved.ok) throw new Failure("Build failed", explain(blame(solved.progress, solved.stderr)));
  const image = platformImage(solved.metadata[name] ?? {}, platform);
  return baseImage(image, { solver, layout: `layout-${name}`, staging, layers: planLayers(stage, context) });
}

/** BuildKit names the target of a step only when a solve has several. The log is to say whose steps these are. */
function ofStage({ name }: Stage): (event: Event) => Event {
  return (event) =>
    event.type === "warning"
      ? event
      : { ...event, name: event.name.replace(/^\[(?=[^\]]*\d+\/\d+\] )/, `[${name} `) };
}

interface Blobs {
  readonly manifest: string;
  readonly config: string;
}

/** The manifest and the config of an image, out of the builder's history. */
async function readBuilt(image: PlatformImage, { solver, staging }: Naming): Promise<Blobs> {
  const { docker, builder } = solver;
  const { digest, config: named, record, platform } = image;
  if (record === undefined) throw noHistory(builder);
  const blob = async (of: Digest | undefined) =>
    of === undefined ? undefined : docker.builtBlob(record, of);
  // With attestations bake's metadata names the index alone. The engine shows the config of its only image as well, and can
  // be asked at the same time.
  const isIndex = named === undefined && builder.driver === "docker";
  const isShown = isIndex && platform === "";
  const [manifest, early] = await Promise.all([
    named === undefined ? docker.builtManifest(record, platform) : blob(digest),
    isShown ? docker.imageConfig(staging) : blob(named),
  ]);
  const own = named ?? configIn(manifest ?? "");
  const config = early ?? (await blob(own));
  if (manifest === undefined || config === undefined) throw noHistory(builder);
  if (isShown && early !== undefined) return { manifest: withConfig(manifest, config), config };
  if (isIndex || (digestOf(manifest) === digest && digestOf(config) === own)) return { manifest, config };
  throw new Failure(
    "Checks could not run",
    `The builder's history has other bytes than the image that it built (${digest}). Run the job again.`,
  );
}

function noHistory({ name, driver }: Builder): Failure {
  const where =
    driver === "docker"
      ? "Docker's daemon.json (`builder.history`)"
      : "its buildkitd.toml (with docker/setup-buildx-action: the input `buildkitd-config-inline`)";
  return new Failure(
    "Checks could not run",
    `The builder ${name} keeps no history of its builds, and the checks name the image by what that history holds. ` +
      `Let it keep some: give \`[history]\` a \`maxEntries\` above 0 (50, say) in ${where}.`,
  );
}

/** ONBUILD would run in the checks, before them, with the network: they would check another image. */
function withoutOnbuild({ manifest, config }: Blobs, parsed: ImageConfig): Blobs {
  if (onbuildIn(parsed).length === 0) return { manifest, config };
  const { OnBuild: _, ...rest } = parsed;
  const text = JSON.stringify({ ...JSON.parse(config), config: rest });
  return { manifest: withConfig(manifest, text), config: text };
}

/** A manifest whose config is another one. */
function withConfig(manifest: string, config: string): string {
  const image = JSON.parse(manifest) as { config: Record<string, unknown> };
  const descriptor = { ...image.config, digest: digestOf(config), size: Buffer.byteLength(config) };
  return JSON.stringify({ ...image, config: descriptor });
}

function refuseOnbuild(config: ImageConfig): void {
  const [first] = onbuildIn(config);
  if (first === undefined) return;
  throw new Failure(
    "Checks could not run",
    `The image has an ONBUILD instruction (\`ONBUILD ${first}\`), which runs in any image that is built from it, ` +
      "and so in the checks. On the engine's classic image store it cannot be left out. Take ONBUILD out of the stage that is " +
      "shipped (it belongs into base images only), or add docker/setup-buildx-action before this step.",
  );
}

/** @returns the manifest's digest */
async function writeLayout(folder: string, { manifest, config }: Blobs): Promise<Digest> {
  const blobs = join(folder, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const digest = digestOf(manifest);
  const { mediaType = "application/vnd.oci.image.manifest.v1+json" } = JSON.parse(manifest) as {
    mediaType?: string;
  };
  const index = { schemaVersion: 2, manifests: [{ mediaType, digest, size: Buffer.byteLength(manifest) }] };
  await Promise.all([
    writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" })),
    writeFile(join(folder, "index.json"), JSON.stringify(index)),
    ...[manifest, config].map((text) => writeFile(join(blobs, digestOf(text).slice("sha256:".length)), text)),
  ]);
  return digest;
}

function digestOf(text: string): Digest {
  return `sha256:${createHash("sha256").update(text).digest("hex")}` as Digest;
}
