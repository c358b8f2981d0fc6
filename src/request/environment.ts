/** `env` and `env-file`: variables for the checks alone; `caddy-env`, for Caddy alone. No value, and no line that may be one, is quoted. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { isTheRunners } from "./build-args.ts";
import { isFile, isInside } from "./context.ts";
import { type Parsed, show } from "./problems.ts";
import type { Reader } from "./reader.ts";

/** Bytes of names and values together; the environment of a Linux program is not without end. */
const MOST_BYTES = 100_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NAME_RULE = "Letters, digits and `_` are allowed, the first no digit.";
const OURS = "SHIPSHAPE_";

/** The variables of `env-file`, then those of `env`; the last of a name wins. */
export function readEnvironment(reader: Reader, workspace: string): ReadonlyMap<string, string> {
  const env = new Map<string, string>();
  for (const file of reader.lines("env-file")) readFile(reader, file, workspace, env);
  readLines(reader, "env", env);
  limit(reader, "env", env, "and `env-file` hold");
  return env;
}

/** The variables of `caddy-env`. */
export function readCaddyEnvironment(reader: Reader): ReadonlyMap<string, string> {
  const env = new Map<string, string>();
  readLines(reader, "caddy-env", env);
  limit(reader, "caddy-env", env, "holds");
  return env;
}

function limit(reader: Reader, input: string, env: ReadonlyMap<string, string>, holds: string): void {
  const bytes = [...env].reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value) + 2, 0);
  if (bytes > MOST_BYTES) reader.problems.add(input, `${holds} ${bytes} bytes. ${MOST_BYTES} are allowed.`);
}

/** `NAME=VALUE` lines, the value as it stands after the first `=`; a bare `NAME` takes the runner's. */
function readLines(reader: Reader, input: string, env: Map<string, string>): void {
  for (const [index, line] of reader.raw(input).split("\n").entries()) {
    const item = line.replace(/\r$/, "").trimStart();
    if (item === "" || item.startsWith("#")) continue;
    const where = `(line ${index + 1})`;
    const equals = item.indexOf("=");
    const name = equals === -1 ? item.trimEnd() : item.slice(0, equals);
    const value = equals === -1 ? reader.env[name] : item.slice(equals + 1);
    const problem = NAME.test(name) ? refused(name, equals === -1, value) : unnamed(input);
    if (problem !== undefined) reader.problems.add(input, `${problem} ${where}`);
    else if (value !== undefined) {
      env.set(name, value);
      noteQuotes(reader, input, name, value);
    }
  }
}

function unnamed(input: string): string {
  const file = input === "env" ? "; a value of several lines goes in `env-file`" : "";
  return `has a line that is neither \`NAME=VALUE\` nor \`NAME\`${file}`;
}

function refused(name: string, bare: boolean, value: string | undefined): string | undefined {
  if (name.startsWith(OURS))
    return `sets a variable that begins with \`${OURS}\`, which are this action's own`;
  if (bare && isTheRunners(name)) return "names one of the runner's own variables, which are not passed on";
  // The line is not quoted: it may be the second line of a value.
  if (bare && value === undefined)
    return "names a variable that is not set on the runner: set it in the step's `env:`, or write `NAME=VALUE`";
  return undefined;
}

function noteQuotes(reader: Reader, input: string, name: string, value: string): void {
  if (/^(["']).*\1$/s.test(value) && value.length > 1)
    reader.problems.notices.push(
      `\`${input}\`: the quotes around the value of ${name} are part of the value.`,
    );
}

function readFile(reader: Reader, written: string, workspace: string, env: Map<string, string>): void {
  const text = reader.problems.take("env-file", textOf(written, workspace)) ?? "";
  for (const [name, value = ""] of Object.entries(parseEnv(text))) {
    if (!NAME.test(name))
      reader.problems.add("env-file", `${show(written)} has a name that is not allowed. ${NAME_RULE}`);
    else if (name.startsWith(OURS))
      reader.problems.add(
        "env-file",
        `${show(written)} sets a variable that begins with \`${OURS}\`, which are this action's own.`,
      );
    else if (value.includes("\0"))
      reader.problems.add("env-file", `${show(written)} has a NUL character in the value of \`${name}\`.`);
    else env.set(name, value);
  }
}

/** The text of a file in the workspace, never through a link that leads out of it. */
function textOf(written: string, workspace: string): Parsed<string> {
  const file = path.resolve(workspace, written);
  const problem = (sentence: string) => ({ problem: `${show(written)} ${sentence}` });
  if (!isFile(file)) return problem("does not exist. One path a line is allowed, relative to the workspace.");
  try {
    const real = realpathSync(file);
    if (!isInside(real, realpathSync(workspace)))
      return problem("is outside the workspace. Files in it are allowed.");
    if (statSync(real).size > MOST_BYTES) return problem(`is too large. ${MOST_BYTES} bytes are allowed.`);
    return { value: readFileSync(real, "utf8").replace(/^\ufeff/, "") };
  } catch {
    return problem("cannot be read by the runner's user.");
  }
}
