/**
 * What `caddy adapt` made of the Caddyfile (caddyserver.com/docs/json), as far as Django is concerned: what is
 * proxied, which files are served, what is redirected. The JSON is untrusted: a value of an unexpected type is
 * ignored. Pure.
 */
import { type Json, list, object, parseJson, text, texts } from "../../request/json.ts";

/** Which requests a handler applies to. */
export interface Scope {
  /** Host names in lower case; empty = every host. */
  readonly hosts: readonly string[];
  /** Path matchers; empty = every path, or matched by something other than the path. */
  readonly paths: readonly string[];
  readonly https: boolean;
  /** `:443`, as in a browser's address; empty for the scheme's own port. */
  readonly port: string;
}

/** A `reverse_proxy`. */
export interface ProxyRoute extends Scope {
  /** `web:8000`, `unix//run/web.sock`; none for dynamic upstreams. */
  readonly upstreams: readonly string[];
  /** Request headers that Caddy sets, by lower-case name; an empty text = deleted. */
  readonly headers: ReadonlyMap<string, string>;
  /** `trusted_proxies` is set, so Caddy passes on the X-Forwarded headers of a proxy in front of it. */
  readonly trustsProxies: boolean;
}

/** A `file_server`. */
export interface FileServer extends Scope {
  /** Empty: the folder that Caddy runs in. */
  readonly root: string;
  /** The prefix that is removed from the path before the file is looked up. */
  readonly stripPrefix: string;
}

/** A response header that Caddy sets. */
export interface ResponseHeader extends Scope {
  readonly name: string;
  readonly value: string;
}

/** Everything that an adapted Caddyfile does, in the order of its routes. */
export interface AdaptedConfig {
  readonly proxies: readonly ProxyRoute[];
  readonly files: readonly FileServer[];
  readonly redirects: readonly Scope[];
  readonly headers: readonly ResponseHeader[];
}

/** Reads the output of `caddy adapt`; undefined when it is not JSON. */
export function readAdapted(text: string): AdaptedConfig | undefined {
  const config = parseJson(text);
  if (config === undefined) return undefined;
  const http = object(object(object(config).apps).http);
  const walk = new RouteWalk();
  for (const server of Object.values(object(http.servers))) walk.server(object(server), http);
  return walk.found;
}

/** What holds for a route: its own matchers, and what handlers before it set. */
interface RouteState extends Scope {
  root: string;
  stripPrefix: string;
  readonly trustsProxies: boolean;
  readonly depth: number;
}

/** Routes within routes. No Caddyfile of a project is nested this deeply, and the stack has an end. */
const MAX_DEPTH = 100;

/** Walks through the routes of all servers and collects the handlers. */
class RouteWalk {
  readonly found = {
    proxies: [] as ProxyRoute[],
    files: [] as FileServer[],
    redirects: [] as Scope[],
    headers: [] as ResponseHeader[],
  };

  server(server: Json, http: Json): void {
    const listen = texts(server.listen)[0] ?? "";
    const number = /:(\d+)$/.exec(listen)?.[1] ?? "";
    const httpPort = String(http.http_port ?? 80);
    const httpsPort = String(http.https_port ?? 443);
    const automatic = object(server.automatic_https);
    const isPlainHttp = number === httpPort || automatic.disable === true;
    const withoutHttps = new Set(texts(automatic.skip));
    const hasTlsPolicies = list(server.tls_connection_policies).length > 0;
    const trustsProxies = Object.keys(object(server.trusted_proxies)).length > 0;
    const isHttps = (hosts: readonly string[]) =>
      hasTlsPolicies || (!isPlainHttp && hosts.length > 0 && !hosts.some((host) => withoutHttps.has(host)));
    for (const route of list(server.routes)) {
      for (const hosts of hostSets(object(route))) {
        const https = isHttps(hosts);
        const port = number === (https ? httpsPort : httpPort) || number === "" ? "" : `:${number}`;
        const state = { hosts, paths: [], https, port, root: "", stripPrefix: "", trustsProxies, depth: 0 };
        this.#route(object(route), state);
      }
    }
  }

  /** A handler without a matcher changes `state`, because what it sets holds for the routes after it too. */
  #route(route: Json, state: RouteState): void {
    const matches = list(route.match).map(object);
    const paths = matches.flatMap((match) => texts(match.path));
    const inside =
      matches.length === 0 ? state : { ...state, paths: paths.length === 0 ? state.paths : paths };
    for (const handler of list(route.handle)) this.#handler(object(handler), inside);
  }

  #handler(handler: Json, state: RouteState): void {
    const { hosts, paths, https, port, trustsProxies } = state;
    const scope = { hosts, paths, https, port };
    switch (handler.handler) {
      case "subroute": {
        const inner = { ...state, depth: state.depth + 1 };
        if (inner.depth > MAX_DEPTH) return;
        for (const route of list(handler.routes)) this.#route(object(route), inner);
        return;
      }
      case "vars":
        if (typeof handler.root === "string") state.root = handler.root;
        return;
      case "rewrite":
        if (typeof handler.strip_path_prefix === "string") state.stripPrefix = handler.strip_path_prefix;
        return;
      case "file_server": {
        const root = text(handler.root) || state.root;
        this.found.files.push({ ...scope, root, stripPrefix: state.stripPrefix });
        return;
      }
      case "reverse_proxy":
        this.found.proxies.push({
          ...scope,
          upstreams: list(handler.upstreams).flatMap((one) => text(object(one).dial) || []),
          headers: requestHeaders(object(object(handler.headers).request)),
          trustsProxies: trustsProxies || texts(handler.trusted_proxies).length > 0,
        });
        return;
      case "static_response":
        if (texts(object(handler.headers).Location).length > 0) this.found.redirects.push(scope);
        return;
      case "headers":
        for (const [name, values] of Object.entries(object(object(handler.response).set)))
          this.found.headers.push({ ...scope, name: name.toLowerCase(), value: texts(values)[0] ?? "" });
        return;
    }
  }
}

/** A site's hosts, each in a set of its own, because https may differ between them; `[]` for every host. */
function hostSets(route: Json): readonly (readonly string[])[] {
  const hosts = list(route.match).flatMap((match) => texts(object(match).host));
  return hosts.length === 0 ? [[]] : hosts.map((host) => [host.toLowerCase()]);
}

function requestHeaders(request: Json): ReadonlyMap<string, string> {
  const set = Object.entries(object(request.set)).map(
    ([name, values]) => [name.toLowerCase(), texts(values)[0] ?? ""] as const,
  );
  const deleted = texts(request.delete).map((name) => [name.toLowerCase(), ""] as const);
  return new Map([...deleted, ...set]);
}
