/** The kinds of failure in which the step ends. Any other exception is a defect of shipshape. */
export type FailureKind =
  | "Invalid input"
  | "Build failed"
  | "Checks failed"
  | "Checks could not run"
  | "Publish failed"
  | "Cancelled";

/** Where in the repository a failure is to be fixed: a path in the workspace, and a line counted from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/**
 * The one error that the step ends with. Its message says what is wrong, where, and what to do next.
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

/** What to do about a full disk: the end of a sentence. */
export const FREE_SPACE =
  "free space in a step before this one (`docker system prune --all`, or remove tools that the job does not need).";

/**
 * The failure of a cancelled step.
 * @param pushing whether the image may have reached the registry; the ref, when it has its tag there already
 */
export function cancelled(pushing: { readonly tagged: string } | "perhaps" | "no" = "no"): Failure {
  const progress =
    pushing === "no"
      ? "; nothing was pushed"
      : pushing === "perhaps"
        ? " while the image was being pushed; check whether the tag is in the registry before you run the job again"
        : ` after ${pushing.tagged} was released`;
  return new Failure("Cancelled", `The step was cancelled${progress}.`);
}
