/** The kinds in which the step fails. An exception of any other class is a defect of ours. */
export type FailureKind =
  | "Invalid input"
  | "Build failed"
  | "Checks failed"
  | "Checks could not run"
  | "Publish failed"
  | "Cancelled";

/** Where in the repository a failure is to be mended: a repo path and a line from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/**
 * The one error that the step ends with. `message` is for the person who reads the log at night: what is
 * wrong, where, and what to do next.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly place: Place | undefined;

  constructor(kind: FailureKind, message: string, place?: Place) {
    super(message);
    this.name = "Failure";
    this.kind = kind;
    this.place = place;
  }
}

/** What helps against a full disk. */
export const FREE_SPACE =
  "free space in a step before this one (`docker system prune --all`, or remove tools that the job does not need).";

/**
 * What a cancelled step ends with.
 * @param pushing the image may have reached the registry, or has its tag there: `ghcr.io/acme/shop:build-7`
 */
export function cancelled(pushing: { readonly tagged: string } | "perhaps" | "no" = "no"): Failure {
  const so =
    pushing === "no"
      ? "; nothing was pushed"
      : pushing === "perhaps"
        ? " while the image was being pushed; look whether the tag is there before you run the job again"
        : ` after ${pushing.tagged} was released`;
  return new Failure("Cancelled", `The step was cancelled${so}.`);
}
