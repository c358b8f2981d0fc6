/** The step's outputs and its report file, from the story. Pure. */
import type { Finding } from "../verdict/finding.ts";
import { type Story, stageOf, statusOf } from "./story.ts";

/**
 * The app's name before the inputs are known to be right: an invalid request needs one too, so that a
 * matrix can say whose it was. Empty when nothing can be said.
 */
export function appIn(env: NodeJS.ProcessEnv): string {
  const last = (env.INPUT_IMAGE ?? "").trim().toLowerCase().split("/").at(-1)?.split(/[:@]/)[0];
  const app = (env.INPUT_APP?.trim() || last) ?? "";
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(app) ? app : "";
}

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

/** The report file: the result, and every finding with its empty fields left out. */
export function reportOf(story: Story): Record<string, unknown> {
  return {
    ...resultOf(story),
    findings: (story.verdict?.findings ?? []).map(findingOf),
    ignored: story.verdict?.ignored ?? [],
    environment: story.verdict?.environment ?? [],
  };
}

/**
 * Every output of the contract, empty where there is nothing to say.
 * @param reportPath path of the report file; empty when none was written
 */
export function outputsOf(story: Story, reportPath: string): Record<string, string> {
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
    report: reportPath,
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
    (story.verdict?.checks ?? []).map(({ name, status, findings, seconds, cached }) => [
      name,
      { status, findings, seconds, cached },
    ]),
  );
}

function findingOf(finding: Finding): Record<string, unknown> {
  const { check, level, id, message, hint, object, file, line, containerFile, count, migration } = finding;
  const all = { check, level, id, message, hint, object, file, line, containerFile, count, migration };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "" && value !== undefined));
}
