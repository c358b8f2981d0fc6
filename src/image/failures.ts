/** Sentences for solves that failed: what is wrong, where, what to do next. Pure. */

import { wordsOf } from "../docker/words.ts";
import { Failure, FREE_SPACE } from "../failure.ts";
import type { Build } from "../request/request.ts";
import type { Blame } from "./blame.ts";

/** Lines of a step's log that the error shows; the whole is in the log above. */
const SHOWN = 12;

/** The failure that a blamed solve ends the step with. */
export function buildFailure(blame: Blame, build: Build): Failure {
  switch (blame.part) {
    case "dockerfile":
      return inDockerfile(blame, build);
    case "container":
      return new Failure(
        "Checks could not run",
        blame.missing === ""
          ? `The probe could not be started in the image: ${blame.reason}.${logged(blame.log)}`
          : `The image has no ${blame.missing}. Give the full path of its Python interpreter with the input \`python\`.`,
      );
    case "layers":
      return new Failure(
        "Checks could not run",
        `The builder no longer has the image that it built: ${blame.reason}. Run the job again; if it happens often, ` +
          "give the builder more room for its cache.",
      );
    case "builder":
      return new Failure(
        "Build failed",
        `${blame.reason || "The builder gave no reason"}${next(blame.reason)}`,
      );
  }
}

/** The failure of the release solve: the image was checked, and then did not leave the builder. */
export function releaseFailure(blame: Blame, build: Build, to: "registry" | "engine"): Failure {
  const { message, place } = buildFailure(blame, build);
  if (blame.part !== "builder") return new Failure("Publish failed", message, place);
  if (to === "registry") return refused("The image could not be pushed", blame.reason);
  return new Failure("Publish failed", `The image could not be loaded into the local docker: ${message}`);
}

/** A refusal in the registry's words, with what helps against it. */
export function refused(what: string, reason: string): Failure {
  return new Failure("Publish failed", `${what}: ${reason}. ${advice(reason)}`);
}

/** Whether a registry's words mean no login, or no right: or, of some, nothing there yet. */
export function isDenial(reason: string): boolean {
  return /401 Unauth|403 Forbidden|denied|unauthorized|forbidden|insufficient_scope|no basic auth/i.test(
    wordsOf(reason),
  );
}

function advice(reason: string): string {
  const words = wordsOf(reason);
  if (isDenial(reason))
    return (
      "Log in before this step with an account that may read and write there (docker/login-action); for GitHub's own " +
      "registry the job needs `permissions: packages: write`."
    );
  if (/unknown flag: --prefer-index/.test(words))
    return "buildx is too old for that: update it, or add docker/setup-buildx-action before this step.";
  if (/no space left/i.test(words)) return "The disk is full: free space before this step.";
  if (/no such host|connection refused|dial tcp/i.test(words))
    return "Is the registry's name right, and does it answer from this runner?";
  if (LOST_PART.test(words))
    return (
      "The registry lacks a layer that was uploaded, or that it said it had: run the job again. If it happens often, the " +
      "fault is in the registry's storage or in its clean-up."
    );
  return "The checks passed; running the job again repeats only what is not cached.";
}

function inDockerfile(blame: Extract<Blame, { part: "dockerfile" }>, build: Build): Failure {
  const where = blame.line === undefined ? build.fileShown : `${build.fileShown}:${blame.line}`;
  const what = blame.step === "" ? blame.reason : `\`${oneLine(blame.step)}\` failed: ${blame.reason}`;
  const excerpt = blame.excerpt === "" ? "" : `\n${blame.excerpt}`;
  const detail = blame.log === "" ? excerpt : logged(blame.log);
  const place =
    build.contextIsRemote || blame.line === undefined
      ? undefined
      : { file: build.fileShown, line: blame.line };
  const advice = missingInSource(blame.step, blame.reason) || next(blame.reason, blame.log);
  return new Failure("Build failed", `${where}: ${what}${advice}${detail}`, place);
}

/** What to do where another stage or image lacks the file: `COPY --from=…`, `RUN --mount=from=…`. */
function missingInSource(step: string, reason: string): string {
  const source = /^(?:COPY|RUN)\s.*?--(?:from=|mount=\S*\bfrom=)([^\s,]+)/is.exec(step)?.[1];
  if (source === undefined || !NOT_FOUND.test(reason)) return "";
  return `. The stage or image ${source} has no such file: look at the path there, and at what that stage installs where.`;
}

/**
 * What to do about the reasons that come again and again. A step's own log is the program's word and not the
 * engine's (a program may print "429" or "not found"), so little is read from it.
 */
function next(reason: string, log = ""): string {
  const found = adviceOn(reason, ADVICE) ?? adviceOn(log, IN_A_LOG);
  return found === undefined ? "" : `. ${found}`;
}

/** The first row that fits; `$1` in its text is the pattern's first group. */
function adviceOn(text: string, rows: Advice): string | undefined {
  for (const [pattern, advice] of rows) {
    const match = pattern.exec(text);
    if (match) return advice.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? "");
  }
  return undefined;
}

/**
 * A registry whose parts answer from different copies says so of a layer that it was just given, or of one that it has said
 * to have. The next push looks for each layer again, and uploads those that are missing. Some say it with "404 Not Found".
 */
export const LOST_PART = /\bblob (upload )?unknown\b/i;

const NOT_FOUND = /failed to calculate checksum.*: not found$/is;

type Advice = readonly (readonly [RegExp, string])[];

const IN_A_LOG: Advice = [
  [/no space left on device/i, `The disk is full: ${FREE_SPACE}`],
  [
    /exec format error/i,
    "A program of another platform was started: set up emulation (docker/setup-qemu-action) or use a runner of that platform.",
  ],
  [
    /Post-processing '([^']+)' failed![\s\S]*The file '([^']+)' could not be found/,
    "$1 refers to $2, and there is no such static file: add it, or remove the reference.",
  ],
  [
    /The (?:CSS|JS) file '([^']+)' references a file which could not be found:\s*(\S+)/,
    "$1 refers to $2, and there is no such static file: add it, or remove the reference.",
  ],
  [
    /(?:in __getitem__\n[\s\S]*?^KeyError: '|^\S*ImproperlyConfigured: Set the |^\S*UndefinedValueError: )([A-Z][A-Z0-9_]+)\b|The (SECRET_KEY) setting must not be empty/m,
    "A build does not see `env`, which is for the checks. Give it $1$2 in that line (`RUN $1$2=unused python …`), with " +
      "`build-args` and ARG, or, where the build needs the real value, with `secrets` and RUN --mount=type=secret.",
  ],
];

/** The first row that fits is meant, so the narrower ones stand before the wider ones. */
export const ADVICE: Advice = [
  ...IN_A_LOG,
  [
    /Cannot connect to the Docker daemon|docker daemon running/i,
    "Start the Docker engine on this runner, or point DOCKER_HOST at one that runs.",
  ],
  [
    /toomanyrequests|too many requests|\b429\b/i,
    "The registry refuses more pulls for now: log in to it before this step (docker/login-action), or use a mirror.",
  ],
  [
    /\b401 Unauthorized|\b403 Forbidden|authorization failed|access denied/i,
    "The base image's registry wants a login: add docker/login-action before this step.",
  ],
  [/no match for platform/i, "The base image does not exist for the platform that is built."],
  [
    /failed to resolve source metadata.*(connection refused|no such host|i\/o timeout|deadline exceeded)/is,
    "The base image's registry does not answer from this builder.",
  ],
  [
    /failed to resolve source metadata.*not found/is,
    "There is no such base image or tag: look at the FROM line's spelling.",
  ],
  [
    /target stage .* could not be found/i,
    "`target` must be the name of a stage (`FROM … AS name`) of this Dockerfile.",
  ],
  [
    /secret \S+: not found/i,
    "The Dockerfile mounts a secret that this step did not get: pass it with `secrets`.",
  ],
  [NOT_FOUND, "The file is not in the build context: look at its path and at .dockerignore."],
  [
    /invalid user index|--chown\b.*--link|--link\b.*--chown/is,
    "`COPY --link` does not know the image's users: give `--chown` numbers (`--chown=1000:1000`), or leave out `--link`.",
  ],
  [
    /dockerfile line greater than max allowed size/i,
    "BuildKit reads no longer line: break it with `\\` at the end of a line, or put the text into a file and COPY it.",
  ],
  [/^EOF$/, "The builder's answer broke off. Is the runner's disk full?"],
  [
    /(entitlement|network\.host|security\.insecure|device).* is not allowed|granting entitlement|additional privileges/i,
    "The build asks for a privilege: name it in `allow`, and the builder must be started with it.",
  ],
  [
    /context deadline exceeded|connection refused|error reading from server|code = Unavailable|no such host/i,
    "The builder does not answer, or lost its connection: `docker buildx ls` shows the builders' state.",
  ],
];

function logged(log: string): string {
  const lines = log.trimEnd().split("\n").slice(-SHOWN);
  return log.trim() === "" ? "" : `\nIts last lines:\n${lines.join("\n")}`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
