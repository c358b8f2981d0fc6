/** Build arguments: those of the Dockerfile, and those of the project's own Caddy image. */
import { commentHint, pairOf } from "./lists.ts";
import { show } from "./problems.ts";
import type { Reader } from "./reader.ts";

const ARG_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** Reads build arguments. A bare name takes the value of the runner's variable. */
export function readArgs(
  reader: Reader,
  input: "build-args" | "caddy-build-args",
): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  for (const item of reader.list(input, "lines")) {
    const [name, given] = pairOf(item);
    // As in docker: a bare name whose variable is not set is left out.
    const value = given ?? reader.env[name];
    if (!ARG_NAME.test(name))
      reader.problems.add(
        input,
        `${show(name)} is not a valid name of a build argument. Write \`NAME=VALUE\`, or \`NAME\` alone for the value of the runner's variable.${commentHint(item)}`,
      );
    else if (given === undefined && isTheRunners(name))
      reader.problems.add(input, `${show(name)} is a variable of the runner itself and is not passed on.`);
    else if (value !== undefined) args.set(name, value);
  }
  for (const [name, value] of args)
    if (value !== "" && looksSecret(name))
      reader.problems.warnings.push(
        `The build argument ${name} looks like a secret. Build arguments can be read in the image's history and provenance. ` +
          `Give it in \`secrets\` instead and use it with \`RUN --mount=type=secret,id=${name}\`.`,
      );
  return args;
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
