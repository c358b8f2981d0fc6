/**
 * Who is to blame for a solve that failed: the user's Dockerfile, a container that could not be started, or the builder.
 * Exit codes say nothing (bake's is 1 for everything), and the target in bake's last line is often the wrong one, so the
 * names of the failed steps decide. A solve of our own Dockerfiles holds no step of the user's.
 */
import type { Progress, Vertex } from "../docker/progress.ts";
import { isOurExcerpt, isOurStep, readStep } from "../docker/steps.ts";
import { lastWord } from "../docker/words.ts";

export type Blame =
  /** A step or a line of a user's Dockerfile. `line` is from 1; `log` is the end of what the step printed. */
  | {
      readonly part: "dockerfile";
      readonly step: string;
      readonly line: number | undefined;
      readonly excerpt: string;
      readonly reason: string;
      readonly log: string;
    }
  /** A step of ours in the image failed or could not be started. `missing` is the program that the image does not have. */
  | { readonly part: "container"; readonly missing: string; readonly reason: string; readonly log: string }
  /** The builder does not have the layers of the image that a check starts from. */
  | { readonly part: "layers"; readonly reason: string }
  /** The builder, the registry or the network: no step of a Dockerfile is at fault. */
  | { readonly part: "builder"; readonly reason: string };

const CANCELED = /(^|: )context canceled$|^CANCELED$/i;
/** An image of an imported cache has its layers elsewhere until a step needs them; others were cleared away. */
const NO_CONTENT =
  /content (digest )?sha256:[0-9a-f]{64}: not found|content digest sha256:[0-9a-f]{64} not found/;

/** BuildKit names the last line that it could read, and shows the lines around it: that is not the one that is too long. */
const LINE_TOO_LONG = /dockerfile line greater than max allowed size/;
/** Characters of a Dockerfile's line that an excerpt shows. */
const SHOWN_OF_A_LINE = 200;

/** Reads a failed solve's progress and the last line of its error output. */
export function blame(progress: Progress, stderr: string): Blame {
  const reason = lastWord(stderr);
  const failed = progress.vertexes.filter((one) => one.error !== undefined && !CANCELED.test(one.error));
  const { line, excerpt } = readExcerpt(progress.plain);
  if (isOurExcerpt(excerpt) || failed.some(isOurs)) return inOurs(failed, reason);
  const step = failed.find((one) => stepOf(one) !== "");
  const at = line ?? parseErrorLine(reason);
  if (!step && at === undefined && !/target stage ".*" could not be found/.test(reason))
    return fromBuilder(failed, reason);
  const isTooLong = LINE_TOO_LONG.test(reason);
  return {
    part: "dockerfile",
    step: step ? stepOf(step) : "",
    line: isTooLong && at !== undefined ? at + 1 : at,
    excerpt: isTooLong ? "" : excerpt,
    reason: step ? ownReason(step) : withoutTarget(reason),
    log: step?.log ?? "",
  };
}

/** A failed solve of one of our own Dockerfiles. */
function inOurs(failed: readonly Vertex[], reason: string): Blame {
  if (NO_CONTENT.test([reason, ...failed.map(({ error }) => error)].join("\n")))
    return { part: "layers", reason: withoutTarget(reason) };
  const step = failed.find(isOurs);
  if (step === undefined) return fromBuilder(failed, reason);
  return { part: "container", missing: missingProgram(step.log), reason: ownReason(step), log: step.log };
}

function isOurs({ names }: Vertex): boolean {
  return names.size > 0 && [...names].every(isOurStep);
}

function fromBuilder(failed: readonly Vertex[], reason: string): Blame {
  return {
    part: "builder",
    reason: withoutTarget(reason) || failed[0]?.error || "the builder gave no reason",
  };
}

/** Whether the image has no `/bin/sh`, so that our script could not be started in it. */
export function hasNoShell(one: Blame): boolean {
  return one.part === "container" && one.missing === "/bin/sh";
}

/** The program that the engine could not start, from its own log line; empty when the step failed for another reason. */
function missingProgram(log: string): string {
  return (
    /exec: "([^"]+)": (?:stat .*no such file|executable file not found|permission denied)/.exec(log)?.[1] ??
    ""
  );
}

function stepOf(vertex: Vertex): string {
  for (const name of vertex.names) {
    const step = readStep(name);
    if (step.kind === "dockerfile") return step.instruction;
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
  const shown = lines.map((one) =>
    one.length > SHOWN_OF_A_LINE ? `${one.slice(0, SHOWN_OF_A_LINE)}…` : one,
  );
  return { line: number === undefined ? undefined : Number(number), excerpt: shown.join("\n") };
}
