/** Which platforms an image is built for, and on which of them the checks run. Pure. */
import { isInline } from "../docker/bake.ts";
import { type Builder, isClassic } from "../docker/builder.ts";
import { Failure } from "../failure.ts";
import { platformNamed } from "../request/platforms.ts";
import type { Build } from "../request/request.ts";

export interface Platforms {
  /**
   * Those that a node of the builder runs without emulation: the checks run on each. The one is empty where the workflow
   * names no platform and the builder does not say which it has.
   */
  readonly checked: readonly [string, ...string[]];
  /** The others. They are built, and not checked. */
  readonly emulated: readonly string[];
}

/** All platforms of the image. */
export function allPlatforms({ checked, emulated }: Platforms): readonly string[] {
  return [...checked, ...emulated];
}

/** Whether the image is built for more than one platform. */
export function areSeveral(platforms: Platforms): boolean {
  return allPlatforms(platforms).length > 1;
}

/**
 * The platforms of a build.
 * @throws {Failure} `Invalid input` when this builder can run the checks on none of them, or cannot keep them
 */
export function platformsOf({ platforms, cacheTo }: Build, builder: Builder): Platforms {
  const native = builder.native.flatMap((platform) => platformNamed(platform) ?? []);
  if (platforms.length === 0) return { checked: [native[0] ?? ""], emulated: [] };
  const [first, ...others] = platforms.filter((platform) => native.includes(platform));
  const emulated = platforms.filter((platform) => !native.includes(platform));
  if (first === undefined)
    throw new Failure(
      "Invalid input",
      `\`platforms\` has ${platforms.join(", ")}, and the checks run on the builder's own platform: ` +
        `${native.length === 0 ? `${builder.name} does not say which that is` : `that of ${builder.name} is ${native.join(", ")}`}. ` +
        "Add it, or use a builder of one of these platforms (for linux/arm64: `runs-on: ubuntu-24.04-arm`).",
    );
  if (platforms.length > 1 && isClassic(builder))
    throw new Failure(
      "Invalid input",
      "Several `platforms` need a builder that can keep them, and the engine's classic image store keeps one. " +
        "Add docker/setup-buildx-action before this step, or turn on the containerd image store.",
    );
  // What was done for one platform would be written into the image of another.
  if (platforms.length > 1 && builder.driver !== "docker" && cacheTo.some(isInline))
    throw new Failure(
      "Invalid input",
      "`cache-to: type=inline` writes the cache into the image, and with several `platforms` the image that is pushed " +
        "would not be the one that was checked. Use another type, like `type=registry` or `type=gha`.",
    );
  return { checked: [first, ...others], emulated };
}

/** A platform as part of the name of a folder, a file or a bake target: `linux-arm64`. */
export function platformSlug(platform: string): string {
  return platform.replaceAll("/", "-");
}
