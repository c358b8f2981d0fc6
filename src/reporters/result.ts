/** The outputs and the report file of a step. Pure. */
import type { Finding } from "../checks/finding.ts";
import { type Outcome, stageOf, statusOf } from "./outcome.ts";

/** `result`, schema 1: see docs/result.md. JSON leaves out what is undefined. */
export function resultOf(outcome: Outcome) {
  const { request, release, image, verdict, failure } = outcome;
  const { number, attempt, sha, url } = request?.run ?? {};
  return {
    schema: 1,
    app: outcome.app,
    status: statusOf(outcome),
    stage: stageOf(outcome),
    image: request?.image ?? "",
    tag: release?.tag ?? "",
    ref: release?.ref ?? "",
    digest: release?.digest ?? image?.digest ?? "",
    pinned: release?.pinned ?? "",
    pushed: release !== undefined,
    platforms: platformsIn(outcome),
    run: { number, attempt, sha, url },
    django: verdict?.django ?? {},
    checks: checksOf(outcome),
    error: failure && { kind: failure.kind, message: failure.message },
  };
}

function platformsIn({ platforms }: Outcome): Record<string, unknown>[] {
  if (platforms === undefined) return [];
  const known = platforms.checked.filter((platform) => platform !== "");
  return [
    ...known.map((platform) => ({ platform, checked: true })),
    ...platforms.emulated.map((platform) => ({ platform, checked: false })),
  ];
}

/** The content of the report file: the result and every finding, without the empty fields of a finding. */
export function reportOf(outcome: Outcome): Record<string, unknown> {
  return {
    ...resultOf(outcome),
    findings: (outcome.verdict?.findings ?? []).map(findingOf),
    ignored: outcome.verdict?.ignored ?? [],
    environment: outcome.verdict?.environment ?? [],
    reads: outcome.verdict?.reads,
  };
}

/**
 * Every output that action.yml names. Outputs that do not apply are empty.
 * @param files paths of the files that were written; empty for a file that was not
 */
export function outputsOf(
  outcome: Outcome,
  files: { report: string; sarif: string },
): Record<string, string> {
  const whole = resultOf(outcome);
  const { app, image, digest, tag, ref, pinned } = whole;
  const result = JSON.stringify(whole);
  return {
    app,
    image,
    digest,
    tag,
    ref,
    pinned,
    pushed: String(whole.pushed),
    checks: JSON.stringify(whole.checks),
    metadata: metadataOf(outcome),
    result,
    // The legs of a matrix overwrite each other's outputs, but not an output with the app's name in it.
    ...(app === "" ? {} : { [`result_${outputName(app)}`]: result }),
    ...files,
  };
}

/** Bake's metadata of the image. After a release it has the released ref in place of the staging name. */
function metadataOf({ release, image }: Outcome): string {
  if (image === undefined) return "";
  const { "image.name": _, ...rest } = image.metadata;
  const digest = release?.digest ?? image.digest;
  return JSON.stringify({ ...rest, "containerimage.digest": digest, "image.name": release?.ref });
}

/** An app's name as part of an output's name: characters that GitHub does not allow there become `_`. */
export function outputName(app: string): string {
  return app.replace(/[^A-Za-z0-9_]/g, "_");
}

function checksOf(outcome: Outcome): Record<string, unknown> {
  return Object.fromEntries(
    (outcome.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
      name,
      { status, findings, seconds, cached, exitCode },
    ]),
  );
}

function findingOf(finding: Finding): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(finding).filter(([, value]) => value !== "" && value !== undefined),
  );
}
