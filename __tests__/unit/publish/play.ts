/** Publishes an image as the pipeline does, with a registry and an engine in memory. */
import type { Builder } from "../../../src/docker/builder.ts";
import type { TargetMetadata } from "../../../src/docker/docker.ts";
import type { Look } from "../../../src/docker/manifests.ts";
import { Failure } from "../../../src/failure.ts";
import type { BuiltImage, PushedImage } from "../../../src/image/built-image.ts";
import { allPlatforms, type Platforms, platformSlug } from "../../../src/image/platforms.ts";
import { builderPublisher } from "../../../src/publish/builder-publisher.ts";
import type { DriverPublisher } from "../../../src/publish/driver.ts";
import { enginePublisher } from "../../../src/publish/engine-publisher.ts";
import { Publisher, type Release } from "../../../src/publish/publish.ts";
import { TemporaryNames } from "../../../src/publish/temporary-names.ts";
import type { Digest, Request } from "../../../src/request/request.ts";
import {
  aBuiltImage,
  aPlatformImage,
  aRequest,
  CLASSIC,
  digest,
  FOREIGN,
  IMAGE,
  OURS,
  OWN,
} from "../samples.ts";
import { FakeRegistry, type Manifest } from "./registry.ts";

export const STAGING = "shipshape/1:staging";
export const TAG = `${IMAGE}:build-7`;
/** The image as it passed. `INDEX`: with its attestation, as a builder of its own pushes it. */
export const CHECKED: Manifest = { digest: OURS, config: digest("c") };
export const INDEX: Manifest = { digest: digest("1"), config: digest("c"), platforms: [OURS] };
export const STRANGER: Manifest = { digest: FOREIGN, config: digest("9") };

export const ONE: Platforms = { checked: ["linux/amd64"], emulated: [] };
export const EMULATED: Platforms = { checked: ["linux/amd64"], emulated: ["linux/arm64"] };

/** A built image of several platforms, by the digests of their manifests. */
export function builtFor(platforms: Platforms, digests: readonly Digest[]): BuiltImage {
  return aBuiltImage({
    platforms: digests.map((digest, index) =>
      aPlatformImage({ platform: allPlatforms(platforms)[index] ?? "", digest }),
    ),
  });
}

/** An image in the classic store, which has no other digest than its config's. */
export const IN_CLASSIC: BuiltImage = aBuiltImage({
  digest: digest("c"),
  platforms: [aPlatformImage({ digest: digest("c") })],
});

export interface Scene {
  readonly builder?: Builder;
  readonly request?: Request;
  readonly registry?: FakeRegistry;
  readonly image?: BuiltImage;
  readonly platforms?: Platforms;
  readonly looked?: Look;
  /** What the release solve takes out of the builder. Several: one for each platform, for the first one first. */
  readonly released?: Manifest | readonly Manifest[];
  readonly metadata?: TargetMetadata;
  /** The checks of what left the builder in place of what was checked; they fail when left out. */
  readonly recheck?: (pushed: PushedImage) => Promise<void>;
}

/** Pushes, has what differs checked, and tags. */
export async function play(scene: Scene = {}) {
  const told = { said: [] as string[], notices: [] as string[], warnings: [] as string[] };
  const { request = aRequest(), registry = new FakeRegistry(), image = aBuiltImage() } = scene;
  const temporary = new TemporaryNames(registry.docker);
  temporary.add(STAGING);
  registry.images.set(
    STAGING,
    scene.builder === CLASSIC ? { digest: digest("5"), config: image.digest } : CHECKED,
  );
  const waiting = {
    say: (line: string) => void told.said.push(line),
    signal: new AbortController().signal,
    pauses: [0],
  };
  const driver = driverOf(scene, { registry, request, temporary, ...waiting });
  const publisher = new Publisher({
    docker: registry.docker,
    request,
    driver,
    ...waiting,
    notice: (line) => told.notices.push(line),
    warn: (line) => told.warnings.push(line),
  });
  const outcome = await publishWith(publisher, image, scene).catch((error: unknown) => error);
  return { outcome, registry, temporary, publisher, image, ...told };
}

async function publishWith(publisher: Publisher, image: BuiltImage, scene: Scene): Promise<Release> {
  const pushed = await publisher.push(image, scene.looked);
  if (pushed.at === "tag" || pushed.differs === undefined) return publisher.tag(pushed, image);
  if (scene.recheck === undefined) throw new Failure("Checks failed", "the other one");
  await scene.recheck(pushed.differs);
  return publisher.tag(pushed, pushed.differs);
}

interface Around {
  readonly registry: FakeRegistry;
  readonly request: Request;
  readonly temporary: TemporaryNames;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly pauses: readonly number[];
}

function driverOf(scene: Scene, { registry, temporary, ...around }: Around): DriverPublisher {
  const { builder = OWN, platforms = ONE, released = INDEX } = scene;
  const [first = INDEX, ...others] = [released].flat();
  const common = { ...around, docker: registry.docker, platforms };
  const load = async (name: string) => {
    registry.before("load");
    registry.changes.push("load");
    registry.images.set(name, first);
    return scene.metadata ?? metadataOf(first);
  };
  if (builder.driver === "docker")
    return enginePublisher({ ...common, builder, temporary, staging: STAGING });
  return builderPublisher({
    ...common,
    loadInto: load,
    pushByDigest: async () => {
      registry.before("release");
      registry.changes.push("release");
      for (const manifest of [first, ...others]) registry.store(IMAGE, manifest);
      const [, ...names] = allPlatforms(platforms);
      const each = others.map((one, index) => [`image-${platformSlug(names[index] ?? "")}`, metadataOf(one)]);
      return { image: scene.metadata ?? metadataOf(first), ...Object.fromEntries(each) };
    },
  });
}

function metadataOf({ digest, config }: Manifest): TargetMetadata {
  return { "containerimage.digest": digest, "containerimage.config.digest": config };
}

export function failure(outcome: unknown): Failure {
  if (outcome instanceof Failure) return outcome;
  throw new Error(`no failure: ${JSON.stringify(outcome)}`);
}

export function release(outcome: unknown): Release {
  if (outcome instanceof Error) throw outcome;
  return outcome as Release;
}
