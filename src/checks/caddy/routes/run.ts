/** One request on its way through Caddy: what handlers change, and what placeholders say. Pure. */
import { list, object, text, texts } from "../../../request/json.ts";
import { targetOf, type Url, urlOf } from "./paths.ts";
import { search } from "./regexp.ts";
import type { Ask } from "./ways.ts";

/** What a client asks. */
export interface Asked {
  readonly method: string;
  readonly https: boolean;
  /** As the header `Host` has it: a name, with a port where it is not the scheme's own. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
  /** Request headers by lower-case name; none = the client does not send it. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Whether headers that are not listed are unknown. If not, the client does not send them. */
  readonly mayHaveMore: boolean;
}

/** An error that a handler or a matcher raises. Caddy's error routes may handle it. */
export class CaddyError {
  readonly status: number;

  constructor(status: number) {
    this.status = status;
  }
}

/** A value of a header: undefined when it is unknown. */
export type Value = string | undefined;

/** Longer texts are not searched for placeholders. */
const MAX_TEXT = 4000;

/** Placeholders whose values nobody knows before the request comes. */
const UNKNOWN =
  /^(env\.|file\.|system\.|time\.|http\.(request\.(remote|local|tls\.|uuid|body|duration|proto)|vars\.(client_ip|trusted_proxy|start_time|uuid)|auth\.|reverse_proxy\.|response\.|shutting_down|time_until_shutdown))/;

/** The state of a request. Handlers change it. */
export class Run {
  readonly asked: Asked;
  readonly ask: Ask;
  method: string;
  url: Url;
  host: Value;
  readonly headers: Map<string, readonly Value[]>;
  readonly vars = new Map<string, Value>();
  /** Values that matchers and handlers gave to placeholders. */
  readonly placeholders = new Map<string, Value>();
  readonly groups = new Set<string>();
  /** Handlers `map`, which are looked at when a placeholder has no other value. */
  readonly maps: unknown[] = [];
  /** Response headers that Caddy sets. */
  readonly response = new Map<string, Value>();
  /** The status of the error that is being handled. */
  error: number | undefined;

  constructor(asked: Asked, ask: Ask) {
    this.asked = asked;
    this.ask = ask;
    this.method = asked.method;
    this.url = urlOf(asked.target);
    this.host = asked.host;
    this.headers = new Map(asked.headers);
  }

  /** The values of a request header; undefined when it is unknown whether there is one. */
  header(name: string): readonly Value[] | undefined {
    if (name === "host") return [this.host];
    return this.headers.get(name) ?? (this.asked.mayHaveMore ? undefined : []);
  }

  /**
   * Caddy's ReplaceAll: placeholders become their values, and those that do not exist become empty.
   * @param keep leaves placeholders as they are that do not exist (ReplaceKnown)
   * @returns undefined when a value is unknown
   */
  replace(input: string, keep = false, encode = (value: string) => value): Value {
    if (!/[{}]/.test(input)) return input;
    let known = input.length <= MAX_TEXT;
    const replaced = input
      .slice(0, MAX_TEXT)
      .replace(/\\([{}])|\{([^}]*)\}/g, (all, brace: string | undefined, key: string) => {
        if (brace !== undefined) return brace;
        const value = this.get(key);
        if (value === undefined) known = false;
        return value === null && keep ? all : encode(value ?? "");
      });
    return known ? replaced : undefined;
  }

  /** The value of a placeholder; undefined when it is unknown, null when there is no such placeholder. */
  get(key: string): Value | null {
    if (this.placeholders.has(key)) return this.placeholders.get(key);
    const [, part = "", rest = ""] =
      /^http\.(request\.header|request\.uri\.query|request\.orig_uri\.path|request\.uri\.path|request\.host\.labels|request\.cookie|vars)\.(.+)$/.exec(
        key,
      ) ?? [];
    if (part === "vars" && this.vars.has(rest)) return this.vars.get(rest);
    if (UNKNOWN.test(key)) return undefined;
    switch (part) {
      case "request.header":
        return joined(this.header(rest.toLowerCase()));
      case "request.cookie":
        return this.header("cookie")?.length === 0 ? "" : undefined;
      case "request.uri.query":
        return this.url.query === undefined
          ? undefined
          : new URLSearchParams(this.url.query).getAll(rest).join(",");
      case "request.host.labels":
        return this.host?.replace(/:\d+$/, "").toLowerCase().split(".").reverse()[Number(rest)] ?? "";
      case "request.orig_uri.path":
        return partOfPath(urlOf(this.asked.target).path, rest);
      case "request.uri.path":
        return partOfPath(this.url.path, rest);
      case "vars":
        return "";
    }
    const name = key.replace(/^http\.request\./, "");
    const values = name === key ? undefined : this.#request(name);
    return values?.() ?? (values === undefined ? this.#mapped(key) : undefined);
  }

  #request(name: string): (() => Value) | undefined {
    const { asked, url } = this;
    const query = (of: Url) => (of.query === "" ? "" : of.query && `?${of.query}`);
    const values: Readonly<Record<string, () => Value>> = {
      method: () => this.method,
      scheme: () => (asked.https ? "https" : "http"),
      host: () => this.host?.replace(/:\d+$/, ""),
      port: () => this.host && (/:(\d+)$/.exec(this.host)?.[1] ?? ""),
      hostport: () => this.host,
      uri: () => targetOf(url),
      "uri.path": () => url.path,
      "uri.path_escaped": () => url.path && encodeURIComponent(url.path),
      "uri.query": () => url.query,
      "uri.prefixed_query": () => query(url),
      orig_method: () => asked.method,
      orig_uri: () => asked.target,
      "orig_uri.path": () => urlOf(asked.target).path,
      "orig_uri.query": () => urlOf(asked.target).query,
      "orig_uri.prefixed_query": () => query(urlOf(asked.target)),
    };
    return Object.hasOwn(values, name) ? values[name] : undefined;
  }

  /** What a handler `map` gives a placeholder. */
  #mapped(key: string): Value | null {
    for (const map of this.maps.map(object)) {
      const at = texts(map.destinations).findIndex((one) => one.replace(/[{}]/g, "") === key);
      if (at < 0) continue;
      const input = this.replace(text(map.source));
      if (input === undefined) return undefined;
      for (const mapping of list(map.mappings).map(object)) {
        const output = list(mapping.outputs)[at];
        if (output === null || output === undefined) continue;
        const pattern = text(mapping.input_regexp);
        if (pattern === "" && input === text(mapping.input)) return this.replace(String(output));
        const found = pattern === "" ? null : search(pattern, input);
        if (found === undefined) return undefined;
        if (found !== null)
          return String(output).replace(
            /\$\{?(\w+)\}?/g,
            (_, group: string) => found.groups.get(group) ?? "",
          );
      }
      return this.replace(texts(map.defaults)[at] ?? "");
    }
    return null;
  }
}

function joined(values: readonly Value[] | undefined): Value {
  return values === undefined || values.includes(undefined) ? undefined : values.join(",");
}

function partOfPath(path: Value, part: string): Value {
  if (path === undefined) return undefined;
  const at = path.lastIndexOf("/") + 1;
  const file = path.slice(at);
  const dot = file.lastIndexOf(".");
  switch (part) {
    case "file":
      return file;
    case "dir":
      return path.slice(0, at);
    case "file.ext":
      return dot < 0 ? "" : file.slice(dot);
    case "file.base":
      return dot < 0 ? file : file.slice(0, dot);
    default:
      return /^\d+$/.test(part) ? (path.replace(/^\//, "").split("/")[Number(part)] ?? "") : "";
  }
}
