/** What both ways of publishing share: what they are made of, and the failure when other bytes left the builder. */
import type { Docker } from "../docker/docker.ts";
import { Failure } from "../failure.ts";
import type { BuiltImage } from "../image/built-image.ts";
import type { Solver } from "../image/solver.ts";
import type { ImageSource } from "../image/target.ts";
import type { Waiting } from "./retry.ts";
import type { TemporaryNames } from "./temporary-names.ts";

/** What an image is published with. */
export interface PublishParts extends Waiting {
  readonly docker: Docker;
  readonly source: ImageSource;
  readonly solver: Solver;
  readonly temporary: TemporaryNames;
  readonly notice: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Called when a builder of its own starts to push an image. */
  readonly pushing: (image: BuiltImage) => void;
}

/** The failure when other bytes left the builder than were checked. */
export function otherBytes(checked: string, delivered: string, consequence: string): Failure {
  return new Failure(
    "Publish failed",
    `The image that was checked is ${checked}; what left the builder is ${delivered}, and ${consequence}.`,
  );
}

export const BUILT_AGAIN =
  "The builder did not find the image in its cache and built it again: the cache was cleared in between, or a build at the " +
  "same time has the same first steps. Run the job again; if it happens often, give the builder more room for its cache";
