/** Publishes an image as the pipeline does, with a registry and an engine in memory. */
import type { Builder } from "../../../src/docker/builder.ts";
import type { Docker, TargetMetadata } from "../../../src/docker/docker.ts";
import type { Look } from "../../../src/docker/manifests.ts";
import { Progress } from "../../../src/docker/progress.ts";
import { Failure } from "../../../src/failure.ts";
import type { BuiltImage, PushedImage } from "../../../src/image/built-image.ts";
import { allPlatforms, type Platforms, platformSlug } from "../../../src/image/platforms.ts";
import { Solver } from "../../../src/image/solver.ts";
import { Publisher, type Release } from "../../../src/publish/publish.ts";
import { TemporaryNames } from "../../../src/publish/temporary-names.ts";
import type { Digest, Request } from "../../../src/request/request.ts";
import {
  aBuiltImage,
  aPlatformImage,
  aRequest,
  aSource,
  CLASSIC,
  digest,
  FOREIGN,
  IMAGE,
  OURS,
  OWN,
  someNames,
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
  const [first = aPlatformImage(), ...others] = digests.map((digest, index) =>
    aPlatformImage({ platform: allPlatforms(platforms)[index] ?? "", digest }),
  );
  return aBuiltImage({ platforms: [first, ...others] });
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
  /** Why the builder's first tries to release the image fail, a try each. */
  readonly refused?: readonly string[];
  /** The checks of what left the builder in place of what was checked; they fail when left out. */
  readonly recheck?: (pushed: PushedImage) => Promise<void>;
}

/** Pushes, has what differs checked, and tags. */
export async function play(scene: Scene = {}) {
  const told = { said: [] as string[], notices: [] as string[], warnings: [] as string[] };
  const { request = aRequest(), registry = new FakeRegistry(), image = aBuiltImage() } = scene;
  const { builder = OWN, platforms = ONE } = scene;
  const temporary = new TemporaryNames(registry.docker);
  temporary.add(STAGING);
  registry.isClassic = builder === CLASSIC;
  registry.images.set(
    STAGING,
    scene.builder === CLASSIC ? { digest: digest("5"), config: image.digest } : CHECKED,
  );
  const waiting = {
    say: (line: string) => void told.said.push(line),
    signal: new AbortController().signal,
    pauses: [0],
  };
  const docker = { ...registry.docker, bake: bakeOf(scene, registry) };
  const listen = () => () => {};
  const publisher = new Publisher({
    docker,
    source: aSource({ request, builder, platforms, names: someNames({ staging: STAGING }) }),
    solver: new Solver({ docker, builder, folder: "/tmp", listen, say: waiting.say }),
    temporary,
    pushing: () => {},
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

/** Solves the image out of the builder: into the registry, or into the engine under a name. */
function bakeOf(
  { platforms = ONE, released = INDEX, metadata, refused = [] }: Scene,
  registry: FakeRegistry,
): Docker["bake"] {
  const [first = INDEX, ...others] = [released].flat();
  const refusals = [...refused];
  return async ({ file }) => {
    const [output = ""] = file.target.image?.output ?? [];
    const name = output.includes("push=true") ? undefined : /name=([^,]*)/.exec(output)?.[1];
    const change = name === undefined ? "release" : "load";
    registry.before(change);
    registry.changes.push(change);
    const reason = refusals.shift();
    if (reason !== undefined)
      return {
        ok: false,
        why: "failed",
        progress: new Progress(),
        stderr: `ERROR: failed to solve: ${reason}\n`,
      };
    if (name !== undefined) registry.images.set(name, first);
    else for (const manifest of [first, ...others]) registry.store(IMAGE, manifest);
    const [, ...names] = allPlatforms(platforms);
    const each = others.map((one, index) => [`image-${platformSlug(names[index] ?? "")}`, metadataOf(one)]);
    const targets = { image: metadata ?? metadataOf(first), ...Object.fromEntries(each) };
    return { ok: true, metadata: targets, progress: new Progress() };
  };
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
