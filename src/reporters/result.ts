/** The outputs and the report file of a step. Pure. */
import type { Finding } from "../checks/finding.ts";
import { type Outcome, stageOf, statusOf } from "./outcome.ts";

/** `result`, schema 1: see docs/result.md. */
export function resultOf(outcome: Outcome): Record<string, unknown> {
  const { request, release, image, verdict, failure } = outcome;
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
    run: request
      ? {
          number: request.run.number,
          attempt: request.run.attempt,
          sha: request.run.sha,
          url: request.run.url,
        }
      : {},
    django: verdict?.django ?? {},
    checks: checksOf(outcome),
    ...(failure ? { error: { kind: failure.kind, message: failure.message } } : {}),
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
  };
}

/** Paths of the files that were written; empty for a file that was not. */
export interface ReportFiles {
  readonly report: string;
  readonly sarif: string;
}

/** Every output that action.yml names. Outputs that do not apply are empty. */
export function outputsOf(outcome: Outcome, files: ReportFiles): Record<string, string> {
  const { request, release, image } = outcome;
  const result = JSON.stringify(resultOf(outcome));
  return {
    app: outcome.app,
    image: request?.image ?? "",
    digest: release?.digest ?? image?.digest ?? "",
    tag: release?.tag ?? "",
    ref: release?.ref ?? "",
    pinned: release?.pinned ?? "",
    pushed: String(release !== undefined),
    checks: JSON.stringify(checksOf(outcome)),
    metadata: metadataOf(outcome),
    result,
    // The legs of a matrix overwrite each other's outputs, but not an output with the app's name in it.
    ...(outcome.app === "" ? {} : { [`result_${outputName(outcome.app)}`]: result }),
    ...files,
  };
}

/** Bake's metadata of the image. After a release it has the released ref in place of the staging name. */
function metadataOf({ release, image }: Outcome): string {
  if (image === undefined) return "";
  const name = release ? { "image.name": release.ref } : {};
  const { "image.name": _, ...rest } = image.metadata;
  const digest = { "containerimage.digest": release?.digest ?? image?.digest };
  return JSON.stringify({ ...rest, ...digest, ...name });
}

/** An app's name as part of an output's name: characters that GitHub does not allow there become `_`. */
export function outputName(app: string): string {
  return app.replace(/[^A-Za-z0-9_]/g, "_");
}

function checksOf(outcome: Outcome): Record<string, unknown> {
  return Object.fromEntries(
    (outcome.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
      name,
      { status, findings, seconds, cached, ...(exitCode === undefined ? {} : { exitCode }) },
    ]),
  );
}

/** The fields of a finding in the report file, in this order. */
const FINDING_FIELDS = [
  "check",
  "level",
  "id",
  "message",
  "hint",
  "object",
  "file",
  "line",
  "containerFile",
  "count",
  "migration",
  "replacement",
  "platforms",
] as const satisfies readonly (keyof Finding)[];

function findingOf(finding: Finding): Record<string, unknown> {
  const all = FINDING_FIELDS.map((name) => [name, finding[name]] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== "" && value !== undefined));
}
