/** The inputs that docker/build-push-action has too. */
import { isIP } from "node:net";
import path from "node:path";
import { readArgs } from "./build-args.ts";
import { hasControls, isLocalSource, layoutIn, readContext, suggestion } from "./context.ts";
import { pairOf, parseFields } from "./lists.ts";
import { isFolder, leavesWorkspace, OUT_OF_WORKSPACE } from "./paths.ts";
import { readPlatforms } from "./platforms.ts";
import { didYouMean, type Parsed, show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import type { Build } from "./request.ts";
import { readSecrets } from "./secrets.ts";
import { itemHint } from "./slips.ts";

/** Reads every build input. Adds problems, warnings and notices to the reader's. */
export function readBuild(reader: Reader, workspace: string): Build {
  const context = readContext(reader, workspace);
  return {
    ...context,
    target: reader.matching("target", STAGE, STAGE_RULE),
    platforms: readPlatforms(reader),
    args: readArgs(reader, "build-args", context.contextIsRemote ? "" : context.file),
    contexts: readContexts(reader, workspace),
    secrets: readSecrets(reader, workspace),
    ssh: readSsh(reader, workspace),
    labels: readLabels(reader),
    annotations: readAnnotations(reader),
    network: reader.choice("network", ["default", "host", "none"], ""),
    addHosts: readHosts(reader),
    shmSize: reader.matching("shm-size", BYTES, "Write a number and a unit, like `64m` or `2g`."),
    ulimits: readUlimits(reader),
    allow: readAllow(reader),
    pull: reader.flag("pull", false),
    noCache: reader.flag("no-cache", false),
    noCacheFilters: reader.parsed("no-cache-filters", "csv", like(STAGE, STAGE_RULE)),
    provenance: readAttestation(reader, "provenance"),
    sbom: readAttestation(reader, "sbom"),
    builder: reader.matching(
      "builder",
      BUILDER,
      "Write the name of one builder, as `docker buildx ls` shows it.",
    ),
    cacheFrom: readCaches(reader, "cache-from", workspace),
    cacheTo: readCaches(reader, "cache-to", workspace),
  };
}

export const STAGE = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
export const STAGE_RULE = "Write the name of a stage of the Dockerfile: letters, digits, `_`, `.` and `-`.";
const BUILDER = /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/;
/** github.com/docker/go-units, RAMInBytes. */
const BYTES = /^\d+(\.\d+)? ?([kmgtp]i?)?b?$/i;

/** After the `=` anything but line breaks and control characters. */
const SSH = /^[A-Za-z0-9][A-Za-z0-9_.-]*(=(?!.*\s[\w.-]+=)[^\p{Cc}\p{Zl}\p{Zp}]+)?$/u;
const ANNOTATION = /^[^\s=#"'][^\s=]*=/;
/** A ref, or attributes with a type, as buildx wants them; not two of them on a line, and no empty attribute at the end. */
const CACHE =
  /^(?=.*\btype=|[^=,]*$)(?!.*(?:[^,\s]\s+[\w-]+=|,$)|(?:azblob|gha|inline|local|registry|s3)$)[^\s\p{Cc}"'=-]\P{Cc}*$/u;
const LABEL = /^[^\s#"'-][^\s"'＝]*$/;

/** For an item that goes to bake as it is, if it looks like this. `allowed` is a sentence that says what to write. */
function like(pattern: RegExp, allowed: string): (item: string) => Parsed<string> | string {
  return (item) => (pattern.test(item) ? { value: item } : `is not allowed. ${allowed}`);
}

function readCaches(reader: Reader, input: "cache-from" | "cache-to", workspace: string): readonly string[] {
  const caches = reader.parsed(input, "lines", (item): Parsed<string> | string => {
    if (foldersOfCache(item).some((one) => leavesWorkspace(path.resolve(workspace, one), workspace)))
      return `names a place that ${OUT_OF_WORKSPACE}`;
    if (CACHE.test(item)) return { value: item };
    // After its type a cache may have credentials (s3, azblob).
    const quoted = show(item.replace(/,.*/s, ",…"));
    const allowed = "Write `type=gha,scope=x` or the like, or the ref of a cache in a registry.";
    return { problem: `${quoted} is not allowed. ${allowed}` };
  });
  const pairs = caches.map((item): Pair => [item.replace(/,.*/s, ""), item.replace(/^[^,]*,?\s*/, "")]);
  reader.noteSlips(input, pairs, () => "");
  return caches;
}

/** The folders of a local cache. As buildx reads them: keys in any case, and the last of a name wins. */
function foldersOfCache(item: string): readonly string[] {
  const pairs = (parseFields(item) ?? [])
    .map(pairOf)
    .map(([key, value = ""]) => [key.trim().toLowerCase(), value.trim()] as const);
  const isLocal = pairs.some(([key, value]) => key === "type" && value.toLowerCase() === "local");
  return isLocal ? pairs.flatMap(([key, value]) => (/^(src|dest)$/.test(key) ? [value] : [])) : [];
}

function readSsh(reader: Reader, workspace: string): readonly string[] {
  const allowed = like(SSH, "Write `default` or `id=path`.");
  const agents = reader.parsed("ssh", "csv", (item) => {
    const [, file = ""] = pairOf(item);
    return file !== "" && leavesWorkspace(path.resolve(workspace, file), workspace)
      ? `names a path that ${OUT_OF_WORKSPACE}`
      : allowed(item);
  });
  reader.noteSlips("ssh", pairsOf(agents), () => "");
  return agents;
}

function pairsOf(items: readonly string[]): Pair[] {
  return items.map(pairOf).map(([key, value = ""]) => [key, value]);
}

type Pair = readonly [name: string, value: string];

function readContexts(reader: Reader, workspace: string): ReadonlyMap<string, string> {
  const contexts = reader.parsed("build-contexts", "lines", (item): Parsed<Pair> | string => {
    const [name, source = ""] = pairOf(item);
    const isLocal = isLocalSource(source, workspace);
    if (source === "" || !/^[^\s#-]\S*$/.test(name) || hasControls(source) || (!isLocal && /\s/.test(source)))
      return "is not allowed. Write `name=folder`, `name=docker-image://ref`, `name=oci-layout://path` or `name=URL`.";
    if (/^(target|input):/.test(source))
      return "names a target of a bake file, but this action reads no bake file.";
    const folder = path.resolve(workspace, isLocal ? source : (layoutIn(source) ?? "/"));
    if (leavesWorkspace(folder, workspace)) return `names a path that ${OUT_OF_WORKSPACE}`;
    if (!isLocal) return { value: [name, source] };
    if (isFolder(folder)) return { value: [name, folder] };
    const image = /^[a-z0-9][\w./-]*:[\w.-]+$/.test(source)
      ? ` An image is written \`docker-image://${source}\`.`
      : suggestion(source, workspace, isFolder);
    return `names a folder that does not exist. Give its path relative to the workspace.${image}`;
  });
  return new Map(contexts);
}

function readLabels(reader: Reader): ReadonlyMap<string, string> {
  const labels = reader.parsed("labels", "lines", (item): Parsed<Pair> | string => {
    const [key, value = ""] = pairOf(item);
    if (LABEL.test(key)) return { value: [key, value] };
    return "is not allowed. Write `key=value`.";
  });
  reader.noteSlips("labels", labels, furtherKey);
  return new Map(labels);
}

function readAnnotations(reader: Reader): readonly string[] {
  const allowed = like(ANNOTATION, "Write `key=value` or `type:key=value`.");
  const annotations = reader.parsed("annotations", "lines", allowed);
  reader.noteSlips("annotations", pairsOf(annotations), furtherKey);
  return annotations;
}

/** Keys of labels are domains in reverse: nothing else in a description has two dots and a `=` after it. */
function furtherKey(name: string): string {
  return /^[a-z0-9-]+(\.[\w-]+){2,}$/.test(name) ? name : "";
}

function readHosts(reader: Reader): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const item of reader.list("add-hosts", "csv")) {
    const [, name = "", written = ""] = /^([^=:]+)[=:](.+)$/s.exec(item) ?? [];
    const address = written.replace(/^\[(.*)\]$/, "$1");
    const before = hosts.get(name);
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) || (isIP(address) === 0 && address !== "host-gateway"))
      reader.problems.add(
        "add-hosts",
        `${show(item)} is not allowed. Write \`name:ip\` or \`name=ip\`.${itemHint(item)}`,
      );
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
  return reader.parsed("ulimit", "lines", (item) => {
    const [, name = "", soft, hard] = /^([a-z]+)=(-1|\d{1,19})(?::(-1|\d{1,19}))?$/.exec(item) ?? [];
    if (soft === undefined)
      return "is not allowed. Write `name=soft` or `name=soft:hard` with whole numbers.";
    if (!ULIMITS.includes(name)) return `is not a limit of Linux.${didYouMean(name, ULIMITS)}`;
    if (isAbove(soft, hard ?? soft)) return "has a soft limit above its hard limit.";
    return { value: item };
  });
}

/** Whether a soft limit is above the hard limit; -1 means unlimited. */
function isAbove(soft: string, hard: string): boolean {
  return hard !== "-1" && (soft === "-1" || BigInt(soft) > BigInt(hard));
}

const ENTITLEMENTS = ["network.host", "security.insecure", "device"];

function readAllow(reader: Reader): readonly string[] {
  return reader.parsed("allow", "csv", (item) => {
    if (ENTITLEMENTS.includes(item) || (/^device=\S+$/.test(item) && !hasControls(item)))
      return { value: item };
    return `is not an entitlement of BuildKit. Write \`network.host\`, \`security.insecure\` or \`device=name\`.${didYouMean(item, ENTITLEMENTS)}`;
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
  if (!pairs?.every(([key, given]) => given !== undefined && /^[a-z][a-z0-9.:_-]*$/i.test(key)))
    return `is not allowed. Write \`true\`, \`false\` or attributes like \`${example}\`.`;
  if (pairs.some(([key]) => key.toLowerCase() === "type"))
    return `has a \`type\`. Leave it out: \`${input}\` already says which one it is.`;
  const mode = pairs.find(([key]) => key === "mode")?.[1];
  if (input === "provenance" && mode !== undefined && !["min", "max"].includes(mode))
    return `has the mode ${show(mode)}. Write \`min\` or \`max\`.`;
  return undefined;
}
