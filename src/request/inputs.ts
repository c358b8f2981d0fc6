/**
 * Reads what the workflow asked for: every input and the event. They are validated and normalised once, and all
 * problems are reported at once.
 */
import { readFileSync } from "node:fs";
import { Failure } from "../failure.ts";
import { readBuild, STAGE, STAGE_RULE } from "./build.ts";
import { readCaddy } from "./caddy.ts";
import { urlsOf, workspaceOf } from "./context.ts";
import { readEnvironment } from "./environment.ts";
import { type Decision, decide, PUSH_WISHES } from "./event.ts";
import { didYouMean, type Parsed, Problems, show } from "./problems.ts";
import { Reader, variableOf } from "./reader.ts";
import { parseRepository, parseTag, sameRepository, split } from "./reference.ts";
import { type Commands, LEVELS, type Repository, type Request, type Run, type Tag } from "./request.ts";
import { readChecks, readIgnore } from "./selection.ts";
import { hintFor } from "./slips.ts";
import type { CheckoutFacts } from "./strangers.ts";

/** Inputs of docker/build-push-action that this action refuses, each with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  outputs:
    "is not offered: it would take the image out of the builder before the verdict. Use `push` and `load`.",
  call: "is not offered: it replaces the build by a report, and no image would be left to check.",
  attests:
    "is not offered: it would bypass the comparison with the digest that was checked. Use `provenance` and `sbom`.",
  "cgroup-parent": "is not offered: builds run in BuildKit's own cgroup.",
  "github-token":
    "is not offered: the context is the checkout. For a private Git context give `GIT_AUTH_TOKEN=…` in `secrets`.",
};

/** What readRequest needs besides the runner's variables. */
export interface RequestFacts {
  /** Names of all checks, in the order of the report. */
  readonly catalogue: readonly string[];
  /** Git's facts about each of `foldersOf(env)`. */
  readonly checkouts: readonly CheckoutFacts[];
}

/**
 * Reads the request. It looks at files (the event, the Dockerfile, `env-file`, `secret-files`) and starts no process.
 * @param env the runner's variables: `INPUT_*`, `GITHUB_*`, and those that bare names refer to
 * @throws {Failure} "Invalid input": all problems, one a line; or why a fork's code is not built, and then nothing else
 */
export function readRequest(env: NodeJS.ProcessEnv, { catalogue, checkouts }: RequestFacts): Request {
  const problems = new Problems();
  const reader = new Reader(env, problems);
  const workspace = workspaceOf(env);
  const decision = readDecision(reader, checkouts);
  const image = readImage(reader);
  const run = readRun(env);
  const tag = readTag(reader, run);
  const request = {
    image,
    app: readApp(reader, image),
    build: readBuild(reader, workspace),
    tag,
    tags: readTags(reader, image, tag),
    push: decision.push,
    load: reader.flag("load", false),
    existingTag: reader.choice("existing-tag", ["auto", "fail", "overwrite"], "auto"),
    checks: readChecks(reader, catalogue),
    failLevel: reader.choice("fail-level", [...LEVELS, "never"], "WARNING"),
    ignore: readIgnore(reader, catalogue),
    timeout: readSeconds(reader, "timeout", 300),
    commands: readCommands(reader),
    caddy: readCaddy(reader, workspace),
    checksNetwork: reader.choice("checks-network", ["none", "host"], "none"),
    env: readEnvironment(reader, workspace),
    settings: reader.matching("settings", MODULE, "Write a Python module with dots, like `shop.settings`."),
    manage: reader.matching(
      "manage",
      /^[^\p{Cc}-]\P{Cc}*$/u,
      "Write a path in the image, like `/app/manage.py`.",
    ),
    python: reader.matching(
      "python",
      /^\/[\w./+@-]+$/,
      "Write an absolute path in the image, like `/usr/bin/python3`.",
    ),
    summary: reader.flag("summary", true),
    run,
    workspace,
    notices: problems.notices,
    warnings: problems.warnings,
  };
  noteUnknownInputs(reader);
  problems.throwIfAny();
  return request;
}

const MODULE = /^[\p{ID_Start}_][\p{ID_Continue}]*(\.[\p{ID_Start}_][\p{ID_Continue}]*)*$/u;

/**
 * What the event allows.
 * @throws {Failure} when nothing may be built: before any file of the checkout is read
 */
function readDecision(reader: Reader, checkouts: readonly CheckoutFacts[]): Decision {
  const { env, problems } = reader;
  const decision = decide({
    wish: reader.choice("push", PUSH_WISHES, "auto"),
    env,
    payload: readPayload(env),
    checkouts,
    urls: urlsOf(env),
  });
  if (decision.refusal !== undefined) throw new Failure("Invalid input", decision.refusal);
  if (decision.notice !== undefined) problems.notices.push(decision.notice);
  return decision;
}

/** The event's payload; `undefined` when it cannot be read. */
function readPayload(env: NodeJS.ProcessEnv): unknown {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Adds a problem for each input that nothing reads, so it must come last: without it a misspelt `checks` would
 * silently run other checks.
 */
function noteUnknownInputs({ env, problems, names }: Reader): void {
  const known = new Set(names.map(variableOf));
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith("INPUT_") || known.has(variable)) continue;
    const name = variable.slice("INPUT_".length).toLowerCase();
    const reason = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    // Any name, made safe for a message.
    const shown = show(name).slice(1, -1);
    if (reason === undefined)
      problems.add(shown, `is not an input of this action.${didYouMean(name, names)}`);
    else if (env[variable]?.trim() !== "") problems.add(name, reason);
  }
}

const NOWHERE = "" as Repository;

function readImage(reader: Reader): Repository {
  const text = reader.text("image");
  const missing = { problem: "is required: the repository to push to, like `ghcr.io/acme/shop`." };
  const read = text === "" ? missing : parseRepository(text);
  const image = reader.problems.take("image", hinted(text, read)) ?? NOWHERE;
  if (image !== NOWHERE && image !== text)
    reader.problems.notices.push(
      `\`image\` ${show(text)} has upper case letters, which registries refuse: using ${image}.`,
    );
  return image;
}

function readApp(reader: Reader, image: Repository): string {
  const app = reader.matching("app", /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, APP_RULE);
  return app || (image.split("/").at(-1) ?? "").slice(0, 64);
}

const APP_RULE = "Use 1 to 64 letters, digits, `_`, `.` and `-`, and begin with a letter or a digit.";

function readTag(reader: Reader, run: Run): Tag {
  const given = reader.text("tag");
  if (given === "" && run.number === 0)
    reader.problems.add(
      "tag",
      "is not given, and there is no run number to make one from (GITHUB_RUN_NUMBER).",
    );
  return reader.problems.take("tag", hinted(given, parseTag(given || `build-${run.number}`))) ?? ("" as Tag);
}

/** The same, and a problem has what the text shows of its slip. */
function hinted<T>(text: string, read: Parsed<T>): Parsed<T> {
  return "value" in read ? read : { problem: `${read.problem}${hintFor(text)}` };
}

/** A part of a rule for docker/metadata-action, which makes tags of it: `type=raw`, `pattern={{version}}`. */
const METADATA_RULE = /^[a-z]+=|\{\{\s*\w+\s*\}\}/;

/** Further tags, bare or as full refs of the same repository. Repeated ones and `tag` itself are left out. */
function readTags(reader: Reader, image: Repository, tag: Tag): readonly Tag[] {
  const tags = reader.parsed("tags", "csv", (item) => {
    if (METADATA_RULE.test(item))
      return {
        problem:
          "has rules of docker/metadata-action. Give them to the `tags` of that action (`id: meta`), and its output here: `tags: ${{ steps.meta.outputs.tags }}`.",
      };
    if (!/[/:@]/.test(item)) return parseTag(item);
    const { name, tag: named, digest } = split(item);
    if (digest !== undefined) return "has a digest. Write a tag, or a ref with a tag.";
    if (image !== NOWHERE && !sameRepository(name, image))
      return `is in another repository. Only ${show(image)} is allowed: one step releases to one repository.`;
    if (named === "") return "has nothing after the colon. Is a variable of the workflow empty?";
    return named === undefined ? "has no tag." : parseTag(named);
  });
  return [...new Set(tags)].filter((other) => other !== tag);
}

function readSeconds(reader: Reader, input: string, otherwise: number): number {
  const text = reader.text(input);
  if (text === "") return otherwise;
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 86_400)
    reader.problems.add(input, `${show(text)} is not allowed. Write whole seconds from 1 to 86400.`);
  return seconds;
}

const MOST_COMMANDS = 50;
/** A line that is of use only to the lines after it, as in a script. */
const PART =
  /^(?:cd|export|set|source|\.|unset|umask)\s[^&|;]*$|(?:&&|\|\||\b(?:then|do|else))$|^(?:fi|done|esac)$/;

function readCommands(reader: Reader): Commands {
  const lines = reader.list("run", "own");
  const { problems } = reader;
  if (lines.length > MOST_COMMANDS)
    problems.add("run", `has ${lines.length} commands. At most ${MOST_COMMANDS} are allowed, one a line.`);
  for (const line of new Set(lines.filter((one, index) => lines.indexOf(one) !== index)))
    problems.add("run", `has ${show(line)} twice. Each line is a check of its own.`);
  for (const line of lines.filter((one) => one.endsWith("\\")))
    problems.add("run", `${show(line)} ends with a backslash. Write each command on one line.`);
  for (const line of lines.filter((one) => /^- /.test(one)))
    problems.add("run", `${show(line)} is no command.${hintFor(line)}`);
  for (const line of lines.filter((one) => PART.test(one)))
    problems.notices.push(
      `\`run\`: ${show(line)} does nothing for the next line. Each line is a command with a shell of its own: join what belongs together with \`&&\`, or call a script.`,
    );
  const target = reader.matching("run-target", STAGE, STAGE_RULE);
  if (target !== "" && lines.length === 0)
    problems.add("run-target", "is given, but `run` is not: there is no command to run in that stage.");
  return { lines, target, timeout: readSeconds(reader, "run-timeout", 1800) };
}

/** The workflow run. A build needs none of it, so a missing variable is not a problem here. */
function readRun(env: NodeJS.ProcessEnv): Run {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id = "" } = env;
  const attempt = count(env.GITHUB_RUN_ATTEMPT) || 1;
  const source = server && repository ? `${server}/${repository}` : "";
  return {
    number: count(env.GITHUB_RUN_NUMBER),
    attempt,
    id,
    sha: env.GITHUB_SHA ?? "",
    url: source && id ? `${source}/actions/runs/${id}/attempts/${attempt}` : "",
    source,
    event: env.GITHUB_EVENT_NAME ?? "",
  };
}

function count(text: string | undefined): number {
  return /^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : 0;
}
