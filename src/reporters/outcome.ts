/** What is known when the step ends: `ship.ts` puts it together, and the reporters read it. */
import type { Verdict } from "../checks/verdict.ts";
import type { Layers } from "../docker/manifests.ts";
import type { BuildWarning } from "../docker/progress.ts";
import type { Failure } from "../failure.ts";
import type { BuiltImage } from "../image/built-image.ts";
import type { Platforms } from "../image/platforms.ts";
import type { Release } from "../publish/publish.ts";
import type { Checkout } from "../request/checkout.ts";
import type { Request } from "../request/request.ts";
import type { Trace } from "./trace.ts";

/** What is known of a step that is ready to build. */
export interface Setting {
  /** The step's folder that stays after it: the report file goes there. */
  readonly folder: string;
  /** What the image is built for. */
  readonly platforms: Platforms;
  /** Where the repository lies in the workspace. */
  readonly checkout: Checkout;
  /** What the solves did; it grows while they run. */
  readonly trace: Trace;
}

/** What the chapters of the pipeline have learned so far. */
export interface Results {
  /** The image that was built and is checked; after a recheck the one that the builder built again. */
  readonly image?: BuiltImage;
  readonly verdict?: Verdict;
  /** The image may have reached the registry. */
  readonly publishing?: boolean;
  readonly release?: Release | undefined;
  /** What the image consists of, where it is known. */
  readonly layers?: Layers | undefined;
  /** Names under which the image is in the local engine. */
  readonly loaded?: readonly string[];
}

export interface Outcome extends Partial<Setting>, Results {
  /** The app's name as far as it is known, also when the request is invalid. */
  readonly app: string;
  readonly request?: Request;
  readonly failure?: Failure;
  /** What `docker build --check` says of the workflow's own Dockerfile, once the report has asked. */
  readonly lint?: readonly Lint[];
}

/** A warning of the build at its line: `file` is a workspace path. */
export interface Lint extends Omit<BuildWarning, "source"> {
  readonly file: string;
}

/** `passed`, `failed` (a verdict), `reported` (`fail-level: never`), `error` (no verdict, or no release), `cancelled`. */
export type Status = "passed" | "failed" | "reported" | "error" | "cancelled";
export type Stage = "request" | "build" | "checks" | "publish";

export function statusOf(outcome: Outcome): Status {
  const { failure } = outcome;
  if (failure === undefined) return "passed";
  if (isOnlyReported(outcome)) return "reported";
  if (failure.kind === "Checks failed") return "failed";
  return failure.kind === "Cancelled" ? "cancelled" : "error";
}

/**
 * Whether the image did not pass, or a check could not run, and `fail-level: never` makes that a report: nothing is
 * released, and the step does not fail. An image that could not be built remains a failure.
 */
export function isOnlyReported({ failure, request, image }: Outcome): boolean {
  const isOfChecks = failure?.kind === "Checks failed" || failure?.kind === "Checks could not run";
  return isOfChecks && request?.failLevel === "never" && image !== undefined;
}

/** The stage in which the step ended. */
export function stageOf(outcome: Outcome): Stage {
  const kind = outcome.failure?.kind;
  if (kind === "Checks failed" || kind === "Checks could not run") return "checks";
  if (outcome.publishing) return "publish";
  if (outcome.request === undefined || kind === "Invalid input") return "request";
  if (outcome.image === undefined || kind === "Build failed") return "build";
  return outcome.verdict?.status === "passed" ? "publish" : "checks";
}

/**
 * The app's name before the inputs are known to be right: an invalid request needs one too, so that a
 * matrix can say whose it was. Empty when nothing can be said.
 */
export function appIn(env: NodeJS.ProcessEnv): string {
  const last = (env.INPUT_IMAGE ?? "").trim().toLowerCase().split("/").at(-1)?.split(/[:@]/)[0];
  const app = (env.INPUT_APP?.trim() || last) ?? "";
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(app) ? app : "";
}
