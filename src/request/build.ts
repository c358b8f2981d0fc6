/** The build rows of the contract: the inputs that docker/build-push-action has too. */
import { isIP } from "node:net";
import path from "node:path";
import { hasControls, isFile, isFolder, isLocalSource, readContext } from "./context.ts";
import { type ListInput, parseFields } from "./lists.ts";
import { readPlatforms } from "./platforms.ts";
import { didYouMean, show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import type { Build, BuildSecret } from "./request.ts";

/** Reads every build input. Problems, warnings and notices go to the reader's. */
export function readBuild(reader: Reader, workspace: string): Build {
  return {
    ...readContext(reader, workspace),
    target: reader.matching("target", STAGE, STAGE_RULE),
    platforms: readPlatforms(reader),
    args: readArgs(reader, "build-args"),
    contexts: readContexts(reader, workspace),
    secrets: readSecrets(reader, workspace),
    ssh: readItems(reader, "ssh", SSH, "`default` or `id=path` is allowed."),
    labels: readLabels(reader),
    annotations: readItems(reader, "annotations", ANNOTATION, "`key=value` or `type:key=value` is allowed.", {
      lines: true,
    }),
    network: reader.choice("network", ["default", "host", "none"], ""),
    addHosts: readHosts(reader),
    shmSize: reader.matching("shm-size", BYTES, "A number and a unit are allowed: `64m`, `2g`."),
    ulimits: readUlimits(reader),
    allow: readAllow(reader),
    pull: reader.flag("pull", false),
    noCache: reader.flag("no-cache", false),
    noCacheFilters: readItems(reader, "no-cache-filters", STAGE, STAGE_RULE),
    provenance: readAttestation(reader, "provenance"),
    sbom: readAttestation(reader, "sbom"),
    builder: reader.matching(
      "builder",
      BUILDER,
      "The name of one builder is, as `docker buildx ls` shows it.",
    ),
    cacheFrom: readItems(reader, "cache-from", CACHE, CACHE_RULE),
    cacheTo: readItems(reader, "cache-to", CACHE, CACHE_RULE),
  };
}

export const STAGE = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
export const STAGE_RULE = "A stage's name of the Dockerfile is: letters, digits, `_`, `.` and `-`.";
const BUILDER = /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/;
const SSH = /^[A-Za-z0-9][A-Za-z0-9_.-]*(=.+)?$/;
const ANNOTATION = /^[^\s=#][^\s=]*=/;
/** github.com/docker/go-units, RAMInBytes. */
const BYTES = /^\d+(\.\d+)? ?([kmgtp]i?)?b?$/i;
const CACHE = /^[^\s"'=-]/;
const CACHE_RULE = "`type=gha,scope=x` and its like, or a registry's ref, is allowed.";

/** The items of a list that match; a problem for each other one. */
function readItems(
  reader: Reader,
  input: ListInput,
  pattern: RegExp,
  allowed: string,
  { lines = false } = {},
): readonly string[] {
  return reader.list(input).filter((item) => {
    const fits = pattern.test(item) && (lines || !hasControls(item));
    // A cache entry may carry credentials behind its type (s3, azblob).
    const quoted = input.startsWith("cache-") ? item.replace(/,.*/s, ",…") : item;
    if (!fits) reader.problems.add(input, `${show(quoted)} is not allowed. ${allowed}${commentHint(item)}`);
    return fits;
  });
}

function commentHint(item: string): string {
  return item.startsWith("#") ? " There are no comments in this list." : "";
}

/** `key=value` at its first `=`; `undefined` for the value without one. */
function pairOf(item: string): readonly [key: string, value: string | undefined] {
  const equals = item.indexOf("=");
  return equals === -1 ? [item, undefined] : [item.slice(0, equals), item.slice(equals + 1)];
}

const ARG_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** Build arguments; a bare name takes the value of the runner's variable. */
export function readArgs(
  reader: Reader,
  input: "build-args" | "caddy-build-args",
): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  for (const item of reader.list(input)) {
    const [name, given] = pairOf(item);
    if (!ARG_NAME.test(name)) {
      reader.problems.add(
        input,
        `${show(name)} is no name of an argument. \`NAME=VALUE\` is allowed, or \`NAME\` for the value of the runner's variable.${commentHint(item)}`,
      );
      continue;
    }
    if (given === undefined && isTheRunners(name)) {
      reader.problems.add(input, `${show(name)} is the runner's own variable and is not passed on.`);
      continue;
    }
    // As docker does it: a bare name takes the variable's value, and is left out where there is none.
    const value = given ?? reader.env[name];
    if (value !== undefined) args.set(name, value);
  }
  warnOfSecrets(reader, args);
  return args;
}

/** Tokens, inputs and file commands of the runner: no name of them may be passed on by reference. */
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

function warnOfSecrets(reader: Reader, args: ReadonlyMap<string, string>): void {
  for (const [name, value] of args) {
    if (value === "" || !looksSecret(name)) continue;
    reader.problems.warnings.push(
      `The build argument ${name} looks like a secret. Build arguments can be read in the image's history and ` +
        `provenance: give it in \`secrets\` and use it with \`RUN --mount=type=secret,id=${name}\`.`,
    );
  }
}

function readContexts(reader: Reader, workspace: string): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  for (const item of reader.list("build-contexts")) {
    const [name, source] = pairOf(item);
    const problem = sourceProblem(name, source, workspace);
    if (problem !== undefined) reader.problems.add("build-contexts", `${show(item)} ${problem}`);
    else if (source !== undefined)
      contexts.set(name, isLocalSource(source, workspace) ? path.resolve(workspace, source) : source);
  }
  return contexts;
}

function sourceProblem(name: string, source: string | undefined, workspace: string): string | undefined {
  if (source === undefined || source === "" || !/^[^\s#-]\S*$/.test(name) || hasControls(source))
    return "is not allowed. `name=folder`, `name=docker-image://ref`, `name=oci-layout://path` or `name=URL` is.";
  if (/^(target|input):/.test(source))
    return "names a target of a bake file, and there is none of yours here.";
  if (!isLocalSource(source, workspace) || isFolder(path.resolve(workspace, source))) return undefined;
  return "names a folder that does not exist. It is relative to the workspace.";
}

const SECRET_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const SECRET_RULE = "letters, digits, `_`, `.` and `-`";

/** The three secret inputs. Nothing of a value is ever quoted; of an item without a key, not even the key. */
function readSecrets(reader: Reader, workspace: string): readonly BuildSecret[] {
  const secrets = [
    ...secretPairs(reader, "secret-envs").flatMap(([id, name]) => secretFromEnv(reader, id, name)),
    ...secretPairs(reader, "secrets").map(([id, value]): BuildSecret => ({ id, from: "value", value })),
    ...secretPairs(reader, "secret-files").flatMap(([id, file]) =>
      secretFromFile(reader, id, file, workspace),
    ),
  ];
  noteDoubles(reader, secrets);
  for (const secret of secrets) {
    if (secret.from === "value" && secret.id === "id" && /(^|,)(src|source|env)=/.test(secret.value))
      reader.problems.warnings.push(
        "`secrets` has a secret with the id `id`. `id=…,src=…` is the form of docker's command line: here a file " +
          "goes in `secret-files` and a variable in `secret-envs`, as `name=path` and `name=VARIABLE`.",
      );
  }
  return secrets;
}

/** `id=value` pairs of one of the secret inputs. */
function secretPairs(
  reader: Reader,
  input: "secrets" | "secret-envs" | "secret-files",
): readonly (readonly [string, string])[] {
  const items = reader.list(input).filter((item) => item.trim() !== "");
  const broken = items.flatMap((item, index) => (item.indexOf("=") < 1 ? [index + 1] : []));
  if (broken.length > 0) {
    // Then the others may be lines of the same value, and what stands before their `=` a part of it.
    reader.problems.add(
      input,
      `has ${broken.length === 1 ? "an item" : "items"} without \`id=\` (number ${broken.join(", ")}). \`id=value\` is allowed; a value of several lines stands in quotes: \`"id=first\`, \`second"\`.`,
    );
    return [];
  }
  return items.flatMap((item, index) => {
    const [key, value = ""] = pairOf(item);
    const id = key.trim();
    if (!SECRET_ID.test(id))
      reader.problems.add(
        input,
        `has an id that is not allowed (item ${index + 1}). ${capital(SECRET_RULE)} are.`,
      );
    else if (value.trim() === "")
      reader.problems.add(
        input,
        `has no value for \`${id}\`. Is the secret set, and may this event read it?`,
      );
    else return [[id, value] as const];
    return [];
  });
}

function secretFromEnv(reader: Reader, id: string, written: string): readonly BuildSecret[] {
  const name = written.trim();
  const problem = !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? `gives \`${id}\` something else than the name of a variable. \`id=VARIABLE\` is allowed; a value goes in \`secrets\`.`
    : isTheRunners(name)
      ? `gives \`${id}\` the runner's own variable \`${name}\`, which is not passed on.`
      : reader.env[name] === undefined
        ? `takes \`${id}\` from a variable that is not set. Set it in the step's \`env\`.`
        : undefined;
  if (problem === undefined) return [{ id, from: "value", value: reader.env[name] ?? "" }];
  reader.problems.add("secret-envs", problem);
  return [];
}

function secretFromFile(
  reader: Reader,
  id: string,
  written: string,
  workspace: string,
): readonly BuildSecret[] {
  const file = path.resolve(workspace, written.trim());
  if (isFile(file)) return [{ id, from: "file", path: file }];
  reader.problems.add(
    "secret-files",
    `takes \`${id}\` from a file that does not exist. The path is relative to the workspace; a value goes in \`secrets\`.`,
  );
  return [];
}

function noteDoubles(reader: Reader, secrets: readonly BuildSecret[]): void {
  const ids = secrets.map(({ id }) => id);
  const doubles = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of doubles)
    reader.problems.add("secrets", `(with \`secret-envs\` and \`secret-files\`) gives \`${id}\` twice.`);
}

function readLabels(reader: Reader): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const item of reader.list("labels")) {
    const [key, value = ""] = pairOf(item);
    if (/^[^\s#"'][^\s"']*$/.test(key)) labels.set(key, value);
    else reader.problems.add("labels", `${show(item)} is not allowed. \`key=value\` is.${commentHint(item)}`);
  }
  return labels;
}

function readHosts(reader: Reader): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const item of reader.list("add-hosts")) {
    const [, name = "", written = ""] = /^([^=:]+)[=:](.+)$/s.exec(item) ?? [];
    const address = written.replace(/^\[(.*)\]$/, "$1");
    const before = hosts.get(name);
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) || (isIP(address) === 0 && address !== "host-gateway"))
      reader.problems.add("add-hosts", `${show(item)} is not allowed. \`name:ip\` or \`name=ip\` is.`);
    else if (before !== undefined && before !== address)
      reader.problems.add("add-hosts", `gives ${show(name)} two addresses. One is allowed.`);
    else hosts.set(name, address);
  }
  return hosts;
}

/** github.com/docker/go-units, ulimit.go. */
const ULIMITS =
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(
    " ",
  );

function readUlimits(reader: Reader): readonly string[] {
  return reader.list("ulimit").filter((item) => {
    const [, name = "", soft, hard] = /^([a-z]+)=(-1|\d{1,19})(?::(-1|\d{1,19}))?$/.exec(item) ?? [];
    const problem =
      soft === undefined
        ? "is not allowed. `name=soft` or `name=soft:hard` is, with whole numbers."
        : !ULIMITS.includes(name)
          ? `is no limit of Linux.${didYouMean(name, ULIMITS)}`
          : isAbove(soft, hard ?? soft)
            ? "has a soft limit above its hard one."
            : undefined;
    if (problem !== undefined) reader.problems.add("ulimit", `${show(item)} ${problem}`);
    return problem === undefined;
  });
}

/** Whether a soft limit is above the hard one; -1 is no limit. */
function isAbove(soft: string, hard: string): boolean {
  return hard !== "-1" && (soft === "-1" || BigInt(soft) > BigInt(hard));
}

const ENTITLEMENTS = ["network.host", "security.insecure", "device"];

function readAllow(reader: Reader): readonly string[] {
  return reader.list("allow").filter((item) => {
    const fits = ENTITLEMENTS.includes(item) || (/^device=\S+$/.test(item) && !hasControls(item));
    if (!fits)
      reader.problems.add(
        "allow",
        `${show(item)} is no entitlement of BuildKit. \`network.host\`, \`security.insecure\` or \`device=name\` is allowed.${didYouMean(item, ENTITLEMENTS)}`,
      );
    return fits;
  });
}

/** `true`, `false`, or the attestation's attributes as one CSV record. */
function readAttestation(reader: Reader, input: "provenance" | "sbom"): string {
  const value = reader.text(input);
  if (/^(true|false)$/i.test(value)) return value.toLowerCase();
  const problem = attestationProblem(input, value);
  if (problem === undefined) return value;
  reader.problems.add(input, `${show(value)} ${problem}`);
  return "";
}

function attestationProblem(input: "provenance" | "sbom", value: string): string | undefined {
  const example = input === "provenance" ? "mode=max" : "generator=image";
  const fields = hasControls(value) ? undefined : parseFields(value);
  const pairs = fields?.map((field) => pairOf(field.trim()));
  if (
    pairs === undefined ||
    pairs.some(([key, given]) => given === undefined || !/^[a-z][a-z0-9.:_-]*$/i.test(key))
  )
    return `is not allowed. \`true\`, \`false\` or attributes like \`${example}\` are.`;
  if (pairs.some(([key]) => key.toLowerCase() === "type"))
    return `has a \`type\`. It is ${input} already: leave it out.`;
  const mode = pairs.find(([key]) => key === "mode")?.[1];
  if (input === "provenance" && mode !== undefined && !["min", "max"].includes(mode))
    return `has the mode ${show(mode)}. \`min\` or \`max\` is allowed.`;
  return undefined;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
