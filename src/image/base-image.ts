/**
 * What a check is built FROM: an image named by its bytes. An OCI image layout of nothing but its manifest and config
 * names it (image-spec, "Image Layout"): the builder asks the step for those two, and has the layers itself. BuildKit
 * caches what runs in it by the digest, so a cached answer is certainly about these bytes. Only the engine's classic store
 * cannot read a layout: there the image has its staging name.
 */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Solve } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import type { Docker } from "../docker/docker.ts";
import { configIn, type ImageConfig, onbuildIn, parseConfigBlob } from "../docker/manifests.ts";
import { Failure } from "../failure.ts";
import type { Digest } from "../request/request.ts";
import type { PlatformImage } from "./built-image.ts";

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
  readonly docker: Docker;
  readonly builder: Builder;
  /** Gets the layout. */
  readonly folder: string;
  /** The name of the image in the engine; of no use with other drivers. */
  readonly staging: string;
  readonly layers: Solve | undefined;
}

/**
 * Names an image that the builder has built by its bytes.
 * @throws {Failure} when the builder keeps no history of its builds, or the image has ONBUILD and a classic store keeps it
 */
export async function baseImage(image: PlatformImage, naming: Naming): Promise<BaseImage> {
  const { builder, docker, staging } = naming;
  if (builder.driver === "docker" && builder.store === "classic") {
    const config = parseConfigBlob((await docker.imageConfig(staging)) ?? "");
    if (config === undefined)
      throw new Failure(
        "Checks could not run",
        `The engine does not show the config of the image that it built (\`docker image inspect ${staging}\`). Run the job again.`,
      );
    refuseOnbuild(config);
    return { context: `docker-image://${staging}`, platform: image.platform, config, layers: undefined };
  }
  const { manifest, config } = await readBuilt(image, naming);
  const parsed = parseConfigBlob(config) ?? {};
  const digest = await writeLayout(naming.folder, withoutOnbuild(manifest, config, parsed));
  return {
    context: `oci-layout://${naming.folder}@${digest}`,
    platform: image.platform,
    config: parsed,
    layers: naming.layers,
  };
}

interface Blobs {
  readonly manifest: string;
  readonly config: string;
}

async function readBuilt(
  { digest, config, record, platform }: PlatformImage,
  naming: Naming,
): Promise<Blobs> {
  const { docker, builder, staging } = naming;
  if (record === undefined) throw noHistory(builder);
  const known = ([manifest, text]: readonly (string | undefined)[]): Blobs => {
    if (manifest === undefined || text === undefined) throw noHistory(builder);
    return { manifest, config: text };
  };
  const proven = (blobs: Blobs): Blobs => {
    if (
      digestOf(blobs.manifest) === digest &&
      (config ?? configIn(blobs.manifest)) === digestOf(blobs.config)
    )
      return blobs;
    throw new Failure(
      "Checks could not run",
      `The builder's history has other bytes than the image that it built (${digest}). Run the job again.`,
    );
  };
  if (config !== undefined)
    return proven(
      known(await Promise.all([docker.builtBlob(record, digest), docker.builtBlob(record, config)])),
    );
  // The metadata names the index alone. The engine shows the config as well, and can be asked at the same time.
  if (builder.driver === "docker" && platform === "") {
    const [manifest, text] = await Promise.all([
      docker.builtManifest(record, ""),
      docker.imageConfig(staging),
    ]);
    if (manifest !== undefined && text !== undefined)
      return { manifest: withConfig(manifest, text), config: text };
  }
  const manifest = await docker.builtManifest(record, platform);
  const own = manifest === undefined ? undefined : configIn(manifest);
  const blobs = known([manifest, own === undefined ? undefined : await docker.builtBlob(record, own)]);
  // The digest of an image that the engine keeps is its index's.
  return builder.driver === "docker" ? blobs : proven(blobs);
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
function withoutOnbuild(manifest: string, config: string, parsed: ImageConfig): Blobs {
  if (onbuildIn(parsed).length === 0) return { manifest, config };
  const whole = JSON.parse(config) as { config: Record<string, unknown> };
  const { OnBuild: _, ...rest } = whole.config;
  const text = JSON.stringify({ ...whole, config: rest });
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
