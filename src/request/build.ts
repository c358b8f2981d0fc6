/** The inputs that docker/build-push-action has too. */
import { isIP } from "node:net";
import path from "node:path";
import { readArgs } from "./build-args.ts";
import { hasControls, isFolder, isLocalSource, readContext } from "./context.ts";
import { CSV, commentHint, LINES, type ListForm, pairOf, parseFields } from "./lists.ts";
import { readPlatforms } from "./platforms.ts";
import { didYouMean, show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import type { Build } from "./request.ts";
import { readSecrets } from "./secrets.ts";

/** Reads every build input. Adds problems, warnings and notices to the reader's. */
export function readBuild(reader: Reader, workspace: string): Build {
  return {
    ...readContext(reader, workspace),
    target: reader.matching("target", STAGE, STAGE_RULE),
    platforms: readPlatforms(reader),
    args: readArgs(reader, "build-args"),
    contexts: readContexts(reader, workspace),
    secrets: readSecrets(reader, workspace),
    ssh: readItems(reader, "ssh", CSV, SSH),
    labels: readLabels(reader),
    annotations: readItems(reader, "annotations", LINES, ANNOTATION),
    network: reader.choice("network", ["default", "host", "none"], ""),
    addHosts: readHosts(reader),
    shmSize: reader.matching("shm-size", BYTES, "Write a number and a unit, like `64m` or `2g`."),
    ulimits: readUlimits(reader),
    allow: readAllow(reader),
    pull: reader.flag("pull", false),
    noCache: reader.flag("no-cache", false),
    noCacheFilters: readItems(reader, "no-cache-filters", CSV, { pattern: STAGE, allowed: STAGE_RULE }),
    provenance: readAttestation(reader, "provenance"),
    sbom: readAttestation(reader, "sbom"),
    builder: reader.matching(
      "builder",
      BUILDER,
      "Write the name of one builder, as `docker buildx ls` shows it.",
    ),
    cacheFrom: readItems(reader, "cache-from", LINES, CACHE),
    cacheTo: readItems(reader, "cache-to", LINES, CACHE),
  };
}

export const STAGE = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
export const STAGE_RULE = "Write the name of a stage of the Dockerfile: letters, digits, `_`, `.` and `-`.";
const BUILDER = /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/;
/** github.com/docker/go-units, RAMInBytes. */
const BYTES = /^\d+(\.\d+)? ?([kmgtp]i?)?b?$/i;

/** What an item of a list must look like. */
interface Rule {
  readonly pattern: RegExp;
  /** A sentence. */
  readonly allowed: string;
  /** Whether an item may have line breaks and other control characters in it. */
  readonly controls?: boolean;
}

const SSH: Rule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*(=.+)?$/,
  allowed: "Write `default` or `id=path`.",
};
const ANNOTATION: Rule = {
  pattern: /^[^\s=#][^\s=]*=/,
  allowed: "Write `key=value` or `type:key=value`.",
  controls: true,
};
const CACHE: Rule = {
  pattern: /^[^\s"'=-]/,
  allowed: "Write `type=gha,scope=x` or the like, or the ref of a cache in a registry.",
};

/** The items of a list that follow the rule. Each other one becomes a problem. */
function readItems(
  reader: Reader,
  input: string,
  form: ListForm,
  { pattern, allowed, controls = false }: Rule,
): readonly string[] {
  return reader.list(input, form).filter((item) => {
    const fits = pattern.test(item) && (controls || !hasControls(item));
    // After its type a cache entry may hold credentials (s3, azblob).
    const quoted = input.startsWith("cache-") ? item.replace(/,.*/s, ",…") : item;
    if (!fits) reader.problems.add(input, `${show(quoted)} is not allowed. ${allowed}${commentHint(item)}`);
    return fits;
  });
}

function readContexts(reader: Reader, workspace: string): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  for (const item of reader.list("build-contexts", LINES)) {
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
    return "is not allowed. Write `name=folder`, `name=docker-image://ref`, `name=oci-layout://path` or `name=URL`.";
  if (/^(target|input):/.test(source))
    return "names a target of a bake file, but this action reads no bake file.";
  if (!isLocalSource(source, workspace) || isFolder(path.resolve(workspace, source))) return undefined;
  return "names a folder that does not exist. Give its path relative to the workspace.";
}

function readLabels(reader: Reader): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const item of reader.list("labels", LINES)) {
    const [key, value = ""] = pairOf(item);
    if (/^[^\s#"'][^\s"']*$/.test(key)) labels.set(key, value);
    else
      reader.problems.add("labels", `${show(item)} is not allowed. Write \`key=value\`.${commentHint(item)}`);
  }
  return labels;
}

function readHosts(reader: Reader): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const item of reader.list("add-hosts", CSV)) {
    const [, name = "", written = ""] = /^([^=:]+)[=:](.+)$/s.exec(item) ?? [];
    const address = written.replace(/^\[(.*)\]$/, "$1");
    const before = hosts.get(name);
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) || (isIP(address) === 0 && address !== "host-gateway"))
      reader.problems.add("add-hosts", `${show(item)} is not allowed. Write \`name:ip\` or \`name=ip\`.`);
    else if (before !== undefined && before !== address)
      reader.problems.add("add-hosts", `gives ${show(name)} two addresses. Give it one.`);
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
  return reader.list("ulimit", LINES).filter((item) => {
    const [, name = "", soft, hard] = /^([a-z]+)=(-1|\d{1,19})(?::(-1|\d{1,19}))?$/.exec(item) ?? [];
    const problem =
      soft === undefined
        ? "is not allowed. Write `name=soft` or `name=soft:hard` with whole numbers."
        : !ULIMITS.includes(name)
          ? `is not a limit of Linux.${didYouMean(name, ULIMITS)}`
          : isAbove(soft, hard ?? soft)
            ? "has a soft limit above its hard limit."
            : undefined;
    if (problem !== undefined) reader.problems.add("ulimit", `${show(item)} ${problem}`);
    return problem === undefined;
  });
}

/** Whether a soft limit is above the hard limit; -1 means unlimited. */
function isAbove(soft: string, hard: string): boolean {
  return hard !== "-1" && (soft === "-1" || BigInt(soft) > BigInt(hard));
}

const ENTITLEMENTS = ["network.host", "security.insecure", "device"];

function readAllow(reader: Reader): readonly string[] {
  return reader.list("allow", CSV).filter((item) => {
    const fits = ENTITLEMENTS.includes(item) || (/^device=\S+$/.test(item) && !hasControls(item));
    if (!fits)
      reader.problems.add(
        "allow",
        `${show(item)} is not an entitlement of BuildKit. Write \`network.host\`, \`security.insecure\` or \`device=name\`.${didYouMean(item, ENTITLEMENTS)}`,
      );
    return fits;
  });
}

/** Reads `true`, `false`, or the attestation's attributes as one CSV record. */
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
    return `is not allowed. Write \`true\`, \`false\` or attributes like \`${example}\`.`;
  if (pairs.some(([key]) => key.toLowerCase() === "type"))
    return `has a \`type\`. Leave it out: \`${input}\` already says which one it is.`;
  const mode = pairs.find(([key]) => key === "mode")?.[1];
  if (input === "provenance" && mode !== undefined && !["min", "max"].includes(mode))
    return `has the mode ${show(mode)}. Write \`min\` or \`max\`.`;
  return undefined;
}
