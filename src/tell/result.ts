/** The step's outputs and its report file, from the story. Pure. */
import type { Finding } from "../verdict/finding.ts";
import { type Story, stageOf, statusOf } from "./story.ts";

/** `result`, schema 1: see docs/result.md. */
export function resultOf(story: Story): Record<string, unknown> {
  const { request, release, held, verdict, failure } = story;
  return {
    schema: 1,
    app: story.app,
    status: statusOf(story),
    stage: stageOf(story),
    image: request?.image ?? "",
    tag: release?.tag ?? "",
    ref: release?.ref ?? "",
    digest: release?.digest ?? held?.digest ?? "",
    pinned: release?.pinned ?? "",
    pushed: release !== undefined,
    platforms: platformsIn(story),
    run: request
      ? {
          number: request.run.number,
          attempt: request.run.attempt,
          sha: request.run.sha,
          url: request.run.url,
        }
      : {},
    django: verdict?.django ?? {},
    checks: checksOf(story),
    ...(failure ? { error: { kind: failure.kind, message: failure.message } } : {}),
  };
}

function platformsIn({ platforms }: Story): Record<string, unknown>[] {
  if (platforms === undefined || platforms.checked === "") return [];
  return [platforms.checked, ...platforms.others].map((platform) => ({
    platform,
    checked: platform === platforms.checked,
  }));
}

/** The report file: the result, and every finding with its empty fields left out. */
export function reportOf(story: Story): Record<string, unknown> {
  return {
    ...resultOf(story),
    findings: (story.verdict?.findings ?? []).map(findingOf),
    ignored: story.verdict?.ignored ?? [],
    environment: story.verdict?.environment ?? [],
  };
}

/** Paths of the files that were written; empty where one was not. */
export interface Files {
  readonly report: string;
  readonly sarif: string;
}

/** Every output of the contract, empty where there is nothing to say. */
export function outputsOf(story: Story, files: Files): Record<string, string> {
  const { request, release, held } = story;
  const result = JSON.stringify(resultOf(story));
  return {
    app: story.app,
    image: request?.image ?? "",
    digest: release?.digest ?? held?.digest ?? "",
    tag: release?.tag ?? "",
    ref: release?.ref ?? "",
    pinned: release?.pinned ?? "",
    pushed: String(release !== undefined),
    checks: JSON.stringify(checksOf(story)),
    metadata: metadataOf(story),
    result,
    // Outputs of a matrix's legs overwrite each other; under a name of its own none does.
    ...(story.app === "" ? {} : { [`result_${outputName(story.app)}`]: result }),
    ...files,
  };
}

/** Bake's metadata of the image; once there is a release, of that: the staging name is gone by then. */
function metadataOf({ metadata, release, held }: Story): string {
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

function checksOf(story: Story): Record<string, unknown> {
  return Object.fromEntries(
    (story.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached, exitCode }) => [
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
