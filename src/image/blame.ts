/**
 * Who is to blame for a solve that failed: the user's Dockerfile, the step that starts the probe, or the
 * builder itself. Exit codes say nothing (bake's is 1 for everything), and the target in bake's last line
 * is often the wrong one, because targets share steps; so the failed steps' own names decide.
 */

import { type Progress, stepIn, type Vertex } from "../docker/progress.ts";
import { lastWord } from "../docker/words.ts";
import { isCommandStep, isProbeStep } from "./steps.ts";

export type Blame =
  /** A step or a line of the user's Dockerfile. `line` is from 1; `log` is the end of what the step printed. */
  | {
      readonly part: "dockerfile";
      readonly step: string;
      readonly line: number | undefined;
      readonly excerpt: string;
      readonly reason: string;
      readonly log: string;
    }
  /** An ONBUILD instruction of the shipped image, which runs in every image built from it. */
  | { readonly part: "onbuild"; readonly step: string; readonly reason: string; readonly log: string }
  /** The probe could not be started. `missing` is the program that the image does not have. */
  | { readonly part: "probe"; readonly missing: string; readonly reason: string; readonly log: string }
  /** A command of the workflow could not be started. */
  | { readonly part: "command"; readonly missing: string; readonly reason: string }
  /** The builder, the registry or the network: no step of the Dockerfile is at fault. */
  | { readonly part: "builder"; readonly reason: string };

const CANCELED = /(^|: )context canceled$|^CANCELED$/i;
/** A step of our own Dockerfile and of no other. */
const OURS = /^\[(checks (run|stage-\d+)|(commands )?command-\d+|commands stage-\d+) \d+\/\d+\] /;
const ONBUILD = /^\[((checks )?run|(commands )?command-\d+) \d+\/\d+\] ONBUILD /;
/** A step of a Dockerfile, with or without bake's target before it: `[image build 3/7] RUN make`. */
const STEP = /^\[(?:\S+ )*\d+\/\d+\] (.*)$/s;

/** Reads a failed solve's progress and last words. */
export function blame(progress: Progress, stderr: string): Blame {
  const reason = lastWord(stderr);
  const failed = progress.vertexes.filter((one) => one.error !== undefined && !CANCELED.test(one.error));

  const run = stepIn(failed, isProbeStep);
  if (run) return { part: "probe", missing: missingProgram(run.log), reason: ownReason(run), log: run.log };
  const command = stepIn(failed, isCommandStep);
  if (command) return { part: "command", missing: missingProgram(command.log), reason: ownReason(command) };
  const onbuild = failed.find(({ names }) => [...names].every((name) => ONBUILD.test(name)));
  if (onbuild)
    return { part: "onbuild", step: stepOf(onbuild), reason: ownReason(onbuild), log: onbuild.log };

  const ours = failed.find((one) => one.names.size > 0 && [...one.names].every((name) => OURS.test(name)));
  if (ours) return { part: "probe", missing: "", reason: ownReason(ours), log: ours.log };

  const { line, excerpt } = readExcerpt(progress.plain);
  const step = failed.find((one) => stepOf(one) !== "");
  if (step || line !== undefined) {
    return {
      part: "dockerfile",
      step: step ? stepOf(step) : "",
      line: line ?? parseErrorLine(reason),
      excerpt,
      reason: step ? ownReason(step) : withoutTarget(reason),
      log: step?.log ?? "",
    };
  }
  const parseError = parseErrorLine(reason);
  if (parseError !== undefined || /target stage ".*" could not be found/.test(reason)) {
    return {
      part: "dockerfile",
      step: "",
      line: parseError,
      excerpt: "",
      reason: withoutTarget(reason),
      log: "",
    };
  }
  const error = failed[0]?.error;
  return { part: "builder", reason: withoutTarget(reason) || error || "the builder gave no reason" };
}

/** True when the image has no `/bin/sh`, so that the launcher could not even start. */
export function hasNoShell(one: Blame): boolean {
  return one.part === "probe" && one.missing === "/bin/sh";
}

/** The program that the engine could not start, from its own log line; empty when that was not it. */
function missingProgram(log: string): string {
  return (
    /exec: "([^"]+)": (?:stat .*no such file|executable file not found|permission denied)/.exec(log)?.[1] ??
    ""
  );
}

function stepOf(vertex: Vertex): string {
  for (const name of vertex.names) {
    const step = STEP.exec(name)?.[1];
    if (step !== undefined) return step;
  }
  return "";
}

function ownReason(vertex: Vertex): string {
  const code = /did not complete successfully: exit code: (\d+)/.exec(vertex.error ?? "")?.[1];
  return code === undefined ? (vertex.error ?? "") : `exit code ${code}`;
}

/** `dockerfile parse error on line 2: …`. */
function parseErrorLine(reason: string): number | undefined {
  const line = /parse error on line (\d+)/.exec(reason)?.[1];
  return line === undefined ? undefined : Number(line);
}

function withoutTarget(reason: string): string {
  return reason.replace(/^target \S+: /, "").replace(/^failed to solve: /, "");
}

/**
 * The excerpt that follows the JSON lines: `Dockerfile:3`, a line of dashes, numbered lines with `>>>` at
 * the instruction, a line of dashes. The line is the first marked one.
 */
function readExcerpt(plain: readonly string[]): { line: number | undefined; excerpt: string } {
  const start = plain.findIndex(
    (line, index) => /^(?!bake\.json:).+:\d+$/.test(line) && /^-{4,}$/.test(plain[index + 1] ?? ""),
  );
  if (start < 0) return { line: undefined, excerpt: "" };
  const end = plain.findIndex((line, index) => index > start + 1 && /^-{4,}$/.test(line));
  const lines = plain.slice(start + 2, end < 0 ? undefined : end);
  const marked = lines.find((line) => line.includes(">>>")) ?? "";
  const number = /^\s*(\d+) \|/.exec(marked)?.[1] ?? /:(\d+)$/.exec(plain[start] ?? "")?.[1];
  return { line: number === undefined ? undefined : Number(number), excerpt: lines.join("\n") };
}
