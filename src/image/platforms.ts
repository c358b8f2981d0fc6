/** Which platforms an image is built for, and on which of them the checks run. Pure. */

import { isInline } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import { Failure } from "../failure.ts";
import { platformNamed } from "../request/platforms.ts";
import type { Build } from "../request/request.ts";

export interface Platforms {
  /** The builder's own; empty where it does not say, and none was asked for. */
  readonly checked: string;
  /** Those that the image is built for beside it. */
  readonly others: readonly string[];
}

/**
 * The platforms of a build.
 * @throws {Failure} `Invalid input` when this builder could not run the checks on any of them, or not hold them
 */
export function platformsOf({ platforms, cacheTo }: Build, builder: Builder): Platforms {
  const checked = platformNamed(builder.platforms[0] ?? "") ?? "";
  const others = platforms.filter((platform) => platform !== checked);
  if (platforms.length > 0 && others.length === platforms.length)
    throw new Failure(
      "Invalid input",
      `\`platforms\` has ${platforms.join(", ")}, and the checks run on the builder's own platform: ` +
        `${checked === "" ? `${builder.name} does not say which that is` : `that of ${builder.name} is ${checked}`}. ` +
        "Add it, or use a builder of one of these platforms (for linux/arm64: `runs-on: ubuntu-24.04-arm`).",
    );
  if (others.length > 0 && builder.driver === "docker" && builder.store === "classic")
    throw new Failure(
      "Invalid input",
      "Several `platforms` need a builder that can hold them, and the engine's classic image store holds one. " +
        "Add docker/setup-buildx-action before this step, or turn on the containerd image store.",
    );
  // What was done for one platform would be written into the image of another.
  if (others.length > 0 && builder.driver !== "docker" && cacheTo.some(isInline))
    throw new Failure(
      "Invalid input",
      "`cache-to: type=inline` writes the cache into the image, and with several `platforms` the image that is pushed " +
        "would not be the one that was checked. Use another type, like `type=registry` or `type=gha`.",
    );
  return { checked, others };
}
