/**
 * Environment variables: `env` and `env-file` are for the checks only, `caddy-env` is for Caddy only. No message
 * quotes a value, or a line that may be a part of one.
 */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { isTheRunners } from "./build-args.ts";
import { suggestion } from "./context.ts";
import { pairOf } from "./lists.ts";
import { isFile, isInWorkspace, leavesWorkspace, OUT_OF_WORKSPACE } from "./paths.ts";
import { nearest, type Parsed, show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import { hintFor, itemHint } from "./slips.ts";

/** Bytes of all names and values together: Linux limits the environment of a program. */
const MOST_BYTES = 100_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NAME_RULE = "Use letters, digits and `_`, and no digit at the beginning.";
const OURS = "SHIPSHAPE_";
const SETS_OURS = `sets a variable that begins with \`${OURS}\`: this action uses such names itself`;

/** The variables of `env-file`, then those of `env`; the last of a name wins. */
export function readEnvironment(reader: Reader, workspace: string): ReadonlyMap<string, string> {
  const env = new Map<string, string>();
  for (const file of reader.list("env-file", "own")) readFile(reader, file, workspace, env);
  readLines(reader, "env", env);
  return limited(reader, "env", env, "and `env-file` hold");
}

/** The variables of `caddy-env`. */
export function readCaddyEnvironment(reader: Reader): ReadonlyMap<string, string> {
  const env = new Map<string, string>();
  readLines(reader, "caddy-env", env);
  return limited(reader, "caddy-env", env, "holds");
}

/** The same variables. Too many of them are a problem. */
function limited(reader: Reader, input: string, env: ReadonlyMap<string, string>, holds: string) {
  const bytes = [...env].reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value) + 2, 0);
  if (bytes > MOST_BYTES)
    reader.problems.add(input, `${holds} ${bytes} bytes. At most ${MOST_BYTES} are allowed.`);
  return env;
}

/** Reads `NAME=VALUE` lines. The value is all text after the first `=`. A bare `NAME` takes the runner's value. */
function readLines(reader: Reader, input: string, env: Map<string, string>): void {
  const written: [name: string, value: string][] = [];
  for (const [index, line] of reader.raw(input).split("\n").entries()) {
    const item = line.replace(/\r$/, "").trimStart();
    if (item === "" || item.startsWith("#")) continue;
    const where = `(line ${index + 1})`;
    const [key, given] = pairOf(item);
    const name = given === undefined ? key.trimEnd() : key;
    const value = given ?? reader.env[name];
    const problem = !NAME.test(name)
      ? unnamed(input)
      : name.startsWith(OURS)
        ? SETS_OURS
        : given === undefined
          ? refused(name, reader.env)
          : undefined;
    if (problem !== undefined) {
      const hint = NAME.test(name) ? "" : hintFor(item);
      reader.problems.add(input, `${problem} ${where}${hint === "" ? "" : `.${hint}`}`);
    } else if (value !== undefined) env.set(name, value);
    if (given !== undefined && NAME.test(name)) written.push([name, given]);
  }
  // The name in the value is not shown: it may be a part of it.
  const further = (name: string) => (written.length === 1 && /^[A-Z_][A-Z0-9_]*$/.test(name) ? "NAME" : "");
  reader.noteSlips(input, written, further);
}

function unnamed(input: string): string {
  const file = input === "env" ? "; give a value of several lines in an `env-file`" : "";
  return `has a line that is neither \`NAME=VALUE\` nor \`NAME\`${file}`;
}

/**
 * Names of variables as everybody writes them. Another text may be a value (`env: ${{ secrets.X }}`), which GitHub hides
 * only if it knows it as a secret; so may capitals with digits, which many keys consist of.
 */
const CERTAIN_NAME = /^(?=.{2,40}$)(?:[A-Z]{2,15}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/;

/** Why a bare name is refused. It is shown only if it certainly is one. */
function refused(name: string, env: NodeJS.ProcessEnv): string | undefined {
  if (isTheRunners(name)) return "names a variable of the runner itself, which is not passed on";
  if (env[name] !== undefined) return undefined;
  const isName = CERTAIN_NAME.test(name);
  const others = isName ? Object.keys(env).filter((other) => !isTheRunners(other)) : [];
  const near = nearest(name, others);
  const instead = near === undefined ? "" : ` (\`${near}\` is)`;
  return `names ${isName ? name : "a variable"}, which is not set on the runner${instead}: set it in the step's \`env:\`, or write \`NAME=VALUE\``;
}

function readFile(reader: Reader, written: string, workspace: string, env: Map<string, string>): void {
  const text = reader.problems.take("env-file", textOf(written, workspace)) ?? "";
  const refuse = (sentence: string) => reader.problems.add("env-file", `${show(written)} ${sentence}`);
  for (const [name, value = ""] of Object.entries(parseEnv(text))) {
    if (!NAME.test(name)) refuse(`has a name that is not allowed. ${NAME_RULE}`);
    else if (name.startsWith(OURS)) refuse(`${SETS_OURS}.`);
    else if (value.includes("\0")) refuse(`has a NUL character in the value of \`${name}\`.`);
    else env.set(name, value);
  }
}

/** The text of a file in the workspace. A link that leads out of the workspace is not followed. */
function textOf(written: string, workspace: string): Parsed<string> {
  const file = path.resolve(workspace, written);
  const problem = (sentence: string) => ({ problem: `${show(written)} ${sentence}` });
  if (!isFile(file)) {
    const near = itemHint(written) || suggestion(written, workspace, isFile);
    return problem(`does not exist. Write one path a line, relative to the workspace.${near}`);
  }
  try {
    if (leavesWorkspace(file, workspace)) return problem(OUT_OF_WORKSPACE);
    if (!isInWorkspace(file, workspace)) return problem("is outside the workspace. Name files in it.");
    if (statSync(file).size > MOST_BYTES)
      return problem(`is too large. At most ${MOST_BYTES} bytes are allowed.`);
    return { value: readFileSync(file, "utf8").replace(/^\ufeff/, "") };
  } catch {
    return problem("cannot be read by the runner's user.");
  }
}
