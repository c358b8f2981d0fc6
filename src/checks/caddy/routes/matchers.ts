/** Caddy's request matchers (caddyserver.com/docs/json/apps/http/servers/routes/match). Pure. */
import { createHash } from "node:crypto";
import { list, object, text, texts } from "../../../request/json.ts";
import { clean, cleanPath, escapedPath, fileBelow, globMatches, unescaped } from "./paths.ts";
import { search } from "./regexp.ts";
import { CaddyError, type Run, type Value } from "./run.ts";

/** Matchers within matchers. */
const MAX_DEPTH = 20;

/**
 * Whether a request matches: all matchers of at least one set, or there is no set.
 * @throws {CaddyError} where a file matcher says so (`try_files … =404`)
 */
export function matches(sets: unknown, run: Run, depth = 0): boolean {
  const all = list(sets);
  return all.length === 0 || all.some((set) => matchesAll(object(set), run, depth));
}

function matchesAll(set: Readonly<Record<string, unknown>>, run: Run, depth: number): boolean {
  return Object.entries(set)
    .sort(([a], [b]) => rank(a) - rank(b))
    .every(([kind, value]) => {
      const matcher = Object.hasOwn(MATCHERS, kind) ? MATCHERS[kind] : undefined;
      const matched = depth > MAX_DEPTH ? undefined : matcher?.(value, run, depth);
      return matched ?? run.ask(`${kind} ${keyOf(value)} ${run.method} ${run.url.path} ${run.error}`);
    });
}

const KEYS = new WeakMap<object, string>();

/** The same text for equal values. A list of addresses may be long, and many requests ask for it: it is written once. */
function keyOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const known = KEYS.get(value);
  if (known !== undefined) return known;
  const key = createHash("sha1").update(JSON.stringify(value)).digest("hex");
  KEYS.set(value, key);
  return key;
}

/** What is certain comes first, so that fewer questions are asked. */
function rank(kind: string): number {
  return kind === "file" ? 2 : Object.hasOwn(MATCHERS, kind) ? 0 : 1;
}

/** @returns undefined when it is not known whether the request matches */
type Matcher = (value: unknown, run: Run, depth: number) => boolean | undefined;

const MATCHERS: Readonly<Record<string, Matcher>> = {
  host: (value, run) => some(texts(value), (pattern) => matchesHost(run.replace(pattern), run.host)),
  path: (value, run) => some(texts(value), (pattern) => matchesPath(run.replace(pattern.toLowerCase()), run)),
  path_regexp: (value, run) =>
    run.url.path === undefined ? undefined : matchesRegexp(value, cleanPath(run.url.path, true), run),
  method: (value, run) => texts(value).includes(run.method),
  protocol: (value, run) => matchesProtocol(text(value), run),
  tls: (value, { asked }) => asked.https && object(value).handshake_complete !== false,
  query: (value, run) => matchesQuery(object(value), run),
  header: (value, run) =>
    every(Object.entries(object(value)), ([name, wanted]) => matchesHeader(name, wanted, run)),
  header_regexp: (value, run) =>
    every(Object.entries(object(value)), ([name, wanted]) =>
      some(run.header(name.toLowerCase()) ?? [undefined], (one) =>
        one === undefined ? undefined : matchesRegexp(wanted, one, run),
      ),
    ),
  vars: (value, run) =>
    some(Object.entries(object(value)), ([name, wanted]) =>
      some(texts(wanted), (one) => isEqual(variable(name, run), run.replace(one))),
    ) || Object.keys(object(value)).length === 0,
  vars_regexp: (value, run) =>
    some(Object.entries(object(value)), ([name, wanted]) => {
      const found = variable(name, run);
      return found === undefined ? undefined : matchesRegexp(wanted, found, run);
    }),
  not: (value, run, depth) => !list(value).some((set) => matchesAll(object(set), run, depth + 1)),
  file: (value, run) => matchesFile(object(value), run),
};

/** Yes if one is a yes; unknown if none is, and one is unknown. */
function some<T>(items: readonly T[], test: (item: T) => boolean | undefined): boolean | undefined {
  let found: boolean | undefined = false;
  for (const item of items) {
    const answer = test(item);
    if (answer === true) return true;
    if (answer === undefined) found = undefined;
  }
  return found;
}

/** No if one is a no; unknown if none is, and one is unknown. */
function every<T>(items: readonly T[], test: (item: T) => boolean | undefined): boolean | undefined {
  const opposite = some(items, (item) => {
    const answer = test(item);
    return answer === undefined ? undefined : !answer;
  });
  return opposite === undefined ? undefined : !opposite;
}

function isEqual(a: Value, b: Value): boolean | undefined {
  return a === undefined || b === undefined ? undefined : a === b;
}

/** Whether a host is meant by a pattern: `*` is one label. */
export function matchesHost(pattern: Value, hostHeader: Value): boolean | undefined {
  if (pattern === undefined || hostHeader === undefined) return undefined;
  const host = hostHeader
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
  if (!pattern.includes("*")) return pattern.toLowerCase() === host;
  const wanted = pattern.toLowerCase().split(".");
  const labels = host.split(".");
  return (
    wanted.length === labels.length &&
    wanted.every((label, index) => label === "*" || label === labels[index])
  );
}

function matchesPath(pattern: Value, run: Run): boolean | undefined {
  if (pattern === "*") return true;
  const { path } = run.url;
  const escaped = escapedPath(run.url);
  if (pattern === undefined || path === undefined || escaped === undefined) return undefined;
  const mergeSlashes = !pattern.includes("//");
  if (pattern.includes("%")) return matchesEscaped(pattern, cleanPath(escaped, mergeSlashes).toLowerCase());
  const cleaned = cleanPath(path.toLowerCase(), mergeSlashes);
  const stars = pattern.split("*").length - 1;
  const [first, last] = [pattern.startsWith("*"), pattern.endsWith("*")];
  if (stars === 2 && first && last) return cleaned.includes(pattern.slice(1, -1));
  if (stars === 1 && first) return cleaned.endsWith(pattern.slice(1));
  if (stars === 1 && last) return cleaned.startsWith(pattern.slice(0, -1));
  return globMatches(pattern, cleaned);
}

/** A pattern with escapes is compared with the escaped path at their places, and with the plain path elsewhere. */
function matchesEscaped(pattern: string, path: string): boolean {
  let compared = "";
  let at = 0;
  for (let wanted = 0; wanted < pattern.length && at < path.length; wanted++) {
    const isEscape = path.charAt(at) === "%" && path.length >= at + 3;
    const sent = isEscape ? path.slice(at, at + 3) : "";
    const char = isEscape ? unescaped(sent) : path.charAt(at);
    if (char === undefined) return false;
    if (isEscape) at += 2;
    const isRawStar = pattern.startsWith("%*", wanted);
    if (pattern.charAt(wanted) === "%" && !isRawStar && wanted + 3 <= pattern.length) {
      compared += sent;
      at++;
      wanted += 2;
    } else if (pattern.charAt(wanted) === "*" || pattern.charAt(wanted) === "%") {
      if (isRawStar || pattern.charAt(wanted) === "%") wanted++;
      const isLast = wanted >= pattern.length - 1;
      const until = isLast ? path.length : path.indexOf(pattern.charAt(wanted + 1), at);
      if (until < 0) return false;
      const taken = isRawStar ? path.slice(at, until) : unescaped(path.slice(at, until));
      if (taken === undefined) return false;
      compared += taken;
      at = until;
    } else {
      compared += char;
      at++;
    }
  }
  return globMatches(pattern.replaceAll("%*", "*"), compared.toLowerCase());
}

/** Looks for a pattern. What its groups match goes into placeholders. */
function matchesRegexp(value: unknown, input: string, run: Run): boolean | undefined {
  const { name, pattern } = object(value);
  const found = search(text(pattern), input);
  if (found === undefined || found === null) return found === null ? false : undefined;
  for (const [group, matched] of found.groups) {
    if (text(name) !== "") run.placeholders.set(`http.regexp.${text(name)}.${group}`, matched);
    run.placeholders.set(`http.regexp.${group}`, matched);
  }
  return true;
}

function matchesProtocol(protocol: string, run: Run): boolean | undefined {
  if (protocol === "https" || protocol === "http") return run.asked.https === (protocol === "https");
  if (protocol === "http/1.0+") return true;
  // The version is the client's choice.
  if (protocol.startsWith("http/")) return undefined;
  if (protocol !== "grpc") return false;
  const types = run.header("content-type");
  return types && (types[0]?.startsWith("application/grpc") ?? false);
}

function matchesQuery(wanted: Readonly<Record<string, unknown>>, run: Run): boolean | undefined {
  const { query } = run.url;
  if (query === undefined) return undefined;
  const names = Object.keys(wanted);
  if (names.length === 0) return query === "";
  // Go refuses a query with a semicolon.
  if (query.includes(";")) return false;
  const sent = new URLSearchParams(query);
  return every(names, (pattern) => {
    const name = run.replace(pattern);
    if (name === undefined) return undefined;
    const values = sent.getAll(name);
    if (values.length === 0) return false;
    return some(texts(wanted[pattern]), (one) => {
      const value = run.replace(one);
      return value === undefined ? undefined : value === "*" || values.includes(value);
    });
  });
}

/** A list of null asks that there is no such header, an empty one that there is. */
function matchesHeader(name: string, wanted: unknown, run: Run): boolean | undefined {
  const values = run.header(name.toLowerCase());
  if (values === undefined) return undefined;
  if (wanted === null) return values.length === 0;
  const patterns = texts(wanted);
  if (patterns.length === 0) return values.length > 0;
  return some(values, (value) =>
    some(patterns, (one) => {
      const pattern = run.replace(one);
      if (pattern === undefined || value === undefined) return pattern === "*" ? true : undefined;
      if (pattern === "*") return true;
      const [first, last] = [pattern.startsWith("*"), pattern.endsWith("*")];
      if (first && last) return value.includes(pattern.slice(1, -1));
      if (first) return value.endsWith(pattern.slice(1));
      return last ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
    }),
  );
}

function variable(name: string, run: Run): Value {
  const [, key] = /^\{([^{}]*)\}$/.exec(name) ?? [];
  if (key !== undefined) return run.get(key) ?? (run.get(key) === null ? "" : undefined);
  return run.vars.has(name) ? run.vars.get(name) : "";
}

/** The file that `try_files` finds. Its name goes into placeholders. */
function matchesFile(matcher: Readonly<Record<string, unknown>>, run: Run): boolean | undefined {
  const root = run.replace(text(matcher.root) || "{http.vars.root}");
  const policy = text(matcher.try_policy);
  const tried = Array.isArray(matcher.try_files) ? texts(matcher.try_files) : ["{http.request.uri.path}"];
  if (!/^(first_exist(_fallback)?)?$/.test(policy) || text(matcher.fs) !== "") return undefined;
  for (const pattern of tried) {
    const [, status] = /^=([1-9]\d\d)$/.exec(pattern) ?? [];
    if (status !== undefined) throw new CaddyError(Number(status));
    const name = run.replace(pattern);
    if (root === undefined || name === undefined) {
      if (run.ask(`file ${pattern} ${run.url.path}`)) return found(undefined, undefined, run);
      continue;
    }
    // Caddy looks for files that match a pattern. Which one is first is not known.
    if (/[*?[]/.test(pattern)) {
      if (run.ask(`file ${root} ${name}`)) return found(undefined, undefined, run);
      continue;
    }
    const [file, remainder] = split(clean(name), texts(matcher.split_path));
    const path = fileBelow(root, pattern.endsWith("/") ? `${file}/` : file);
    const isFolder = path.endsWith("/");
    if (run.ask(`${isFolder ? "folder" : "file"} ${isFolder ? path.slice(0, -1) : path}`)) {
      const base = fileBelow(root === "" ? "." : root, "");
      run.placeholders.set("http.matchers.file.remainder", remainder);
      return found(path.startsWith(base) ? path.slice(base.length) : path, path, run);
    }
  }
  return false;
}

function found(relative: Value, absolute: Value, run: Run): true {
  run.placeholders.set("http.matchers.file.relative", relative);
  run.placeholders.set("http.matchers.file.absolute", absolute);
  return true;
}

/** The part of a path up to the end of a separator such as `.php`, and the rest of it. */
function split(path: string, separators: readonly string[]): readonly [string, string] {
  for (const separator of separators) {
    const at = path.toLowerCase().indexOf(separator.toLowerCase());
    const end = at + separator.length;
    if (at >= 0 && (end === path.length || path.charAt(end) === "/"))
      return [path.slice(0, end), path.slice(end)];
  }
  return [path, ""];
}
