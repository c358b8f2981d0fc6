/** The step's outputs and its report file, from the story. Pure. */
import type { Finding } from "../checks/finding.ts";
import { type Outcome, stageOf, statusOf } from "./outcome.ts";

/** `result`, schema 1: see docs/result.md. */
export function resultOf(outcome: Outcome): Record<string, unknown> {
  const { request, release, held, verdict, failure } = outcome;
  return {
    schema: 1,
    app: outcome.app,
    status: statusOf(outcome),
    stage: stageOf(outcome),
    image: request?.image ?? "",
    tag: release?.tag ?? "",
    ref: release?.ref ?? "",
    digest: release?.digest ?? held?.digest ?? "",
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
  if (platforms === undefined || platforms.checked === "") return [];
  return [platforms.checked, ...platforms.others].map((platform) => ({
    platform,
    checked: platform === platforms.checked,
  }));
}

/** The report file: the result, and every finding with its empty fields left out. */
export function reportOf(outcome: Outcome): Record<string, unknown> {
  return {
    ...resultOf(outcome),
    findings: (outcome.verdict?.findings ?? []).map(findingOf),
    ignored: outcome.verdict?.ignored ?? [],
    environment: outcome.verdict?.environment ?? [],
  };
}

/** Paths of the files that were written; empty where one was not. */
export interface ReportFiles {
  readonly report: string;
  readonly sarif: string;
}

/** Every output of the contract, empty where there is nothing to say. */
export function outputsOf(outcome: Outcome, files: ReportFiles): Record<string, string> {
  const { request, release, held } = outcome;
  const result = JSON.stringify(resultOf(outcome));
  return {
    app: outcome.app,
    image: request?.image ?? "",
    digest: release?.digest ?? held?.digest ?? "",
    tag: release?.tag ?? "",
    ref: release?.ref ?? "",
    pinned: release?.pinned ?? "",
    pushed: String(release !== undefined),
    checks: JSON.stringify(checksOf(outcome)),
    metadata: metadataOf(outcome),
    result,
    // Outputs of a matrix's legs overwrite each other; under a name of its own none does.
    ...(outcome.app === "" ? {} : { [`result_${outputName(outcome.app)}`]: result }),
    ...files,
  };
}

/** Bake's metadata of the image; once there is a release, of that: the staging name is gone by then. */
function metadataOf({ metadata, release, held }: Outcome): string {
  if (metadata === undefined) return "";
  const name = release ? { "image.name": release.ref } : {};
  const { "image.name": _, ...rest } = metadata;
  const digest = { "containerimage.digest": release?.digest ?? held?.digest };
  return JSON.stringify({ ...rest, ...digest, ...name });
}

/** Characters that an output's name cannot have become `_`. */
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

/** What the report tells of a finding, in this order. */
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
] as const satisfies readonly (keyof Finding)[];

function findingOf(finding: Finding): Record<string, unknown> {
  const all = FINDING_FIELDS.map((name) => [name, finding[name]] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== "" && value !== undefined));
}
