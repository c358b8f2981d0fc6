/** Build arguments: those of the Dockerfile, and those of the project's own Caddy image. */
import { readFileSync, statSync } from "node:fs";
import { argsOf, instructionsOf } from "./dockerfile.ts";
import { pairOf } from "./lists.ts";
import { show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import { isTorn, itemHint } from "./slips.ts";

const ARG_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/**
 * Reads build arguments. A bare name takes the value of the runner's variable.
 * @param dockerfile absolute path of the Dockerfile that declares them; empty when it is not known
 */
export function readArgs(
  reader: Reader,
  input: "build-args" | "caddy-build-args",
  dockerfile = "",
): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  const written: [name: string, value: string][] = [];
  const items = reader.list(input, "lines");
  if (isTorn(items)) {
    // The items are not quoted: they are lines of a value.
    reader.problems.add(
      input,
      'has a value of several lines without quotes. Put quotes around the whole item, and double those in it: `"NAME=first`, `second"`.',
    );
    return args;
  }
  for (const item of items) {
    const [name, given] = pairOf(item);
    // As in docker: a bare name whose variable is not set is left out.
    const value = given ?? reader.env[name];
    if (!ARG_NAME.test(name))
      reader.problems.add(
        input,
        `${show(name)} is not a valid name of a build argument. Write \`NAME=VALUE\`, or \`NAME\` alone for the value of the runner's variable.${itemHint(item)}`,
      );
    else if (given === undefined && isTheRunners(name))
      reader.problems.add(input, `${show(name)} is a variable of the runner itself and is not passed on.`);
    else if (value === undefined)
      reader.problems.notices.push(
        `\`${input}\`: the runner has no variable ${name}, so this build argument is left out.`,
      );
    else args.set(name, value);
    if (given !== undefined && args.has(name)) written.push([name, given]);
  }
  const declared = written.length === 0 ? new Set<string>() : declaredIn(dockerfile);
  reader.noteSlips(input, written, (name, key) =>
    declared.has(name) || (!declared.has(key) && /^[A-Z][A-Z0-9_]*$/.test(name)) ? name : "",
  );
  for (const [name, value] of args)
    if (value !== "" && looksSecret(name))
      reader.problems.warnings.push(
        `The build argument ${name} looks like a secret. Build arguments can be read in the image's history and provenance. ` +
          `Give it in \`secrets\` instead and use it with \`RUN --mount=type=secret,id=${name}\`.`,
      );
  return args;
}

/** The names that a Dockerfile declares with ARG; none when it cannot be read. */
function declaredIn(dockerfile: string): ReadonlySet<string> {
  try {
    const found = statSync(dockerfile);
    const isRead = found.isFile() && found.size <= 1_000_000;
    return new Set(argsOf(instructionsOf(isRead ? readFileSync(dockerfile, "utf8") : "")));
  } catch {
    return new Set();
  }
}

/** Whether a variable is the runner's own: a token, an input or a file command. None of them is passed on. */
export function isTheRunners(variable: string): boolean {
  return /^(INPUT_|ACTIONS_|STATE_|SHIPSHAPE_)/i.test(variable);
}

/** The words of BuildKit's own rule SecretsUsedInArgOrEnv (docs.docker.com/reference/build-checks). */
const SECRET_WORD =
  /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|passphrase|secret|token)(?:_|$)/i;
const NO_SECRET = /(?:^|_)public(?:_|$)/i;

/** Whether the name of a build argument looks like a secret's. */
export function looksSecret(name: string): boolean {
  return SECRET_WORD.test(name) && !NO_SECRET.test(name);
}
