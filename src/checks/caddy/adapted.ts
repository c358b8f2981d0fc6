/**
 * What `caddy adapt` made of the Caddyfile (caddyserver.com/docs/json), as far as it is about Django: who is
 * proxied, which files are served, what is redirected. Read as untrusted data: what has another type than it
 * should have is passed over. Pure.
 */
import { type Json, list, object, text, texts } from "./json.ts";

/** To which requests a handler applies. */
export interface Scope {
  /** Host names, lower case; empty = every host. */
  readonly hosts: readonly string[];
  /** Path matchers; empty = every path, or matched by something else than the path. */
  readonly paths: readonly string[];
  readonly https: boolean;
  /** `:443`, as in a browser's address: empty for the scheme's own port. */
  readonly port: string;
}

export interface ProxyRoute extends Scope {
  /** `web:8000`, `unix//run/web.sock`; none for dynamic upstreams. */
  readonly upstreams: readonly string[];
  /** Request headers that are set, by lower-case name; an empty text = deleted. */
  readonly headers: ReadonlyMap<string, string>;
  /** Addresses of proxies before this one are believed. */
  readonly trusts: boolean;
}

export interface Files extends Scope {
  /** Empty: the folder that Caddy runs in. */
  readonly root: string;
  /** Prefix that is taken off the path before the file is looked up. */
  readonly strip: string;
}

export interface Redirect extends Scope {
  readonly to: string;
}

/** A response header that Caddy sets. */
export interface ResponseHeader extends Scope {
  readonly name: string;
  readonly value: string;
}

export interface Adapted {
  readonly proxies: readonly ProxyRoute[];
  readonly files: readonly Files[];
  readonly redirects: readonly Redirect[];
  readonly headers: readonly ResponseHeader[];
}

/** Reads the JSON of `caddy adapt`; undefined when it is none. */
export function readAdapted(text: string): Adapted | undefined {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return undefined;
  }
  const http = object(object(object(config).apps).http);
  const walk = new Walk();
  for (const server of Object.values(object(http.servers))) walk.server(object(server), http);
  return walk.found;
}

interface Place extends Scope {
  root: string;
  strip: string;
  readonly trusts: boolean;
  readonly depth: number;
}

/** Routes inside of routes: more is nobody's Caddyfile. */
const DEEPEST = 100;

class Walk {
  readonly found = {
    proxies: [] as ProxyRoute[],
    files: [] as Files[],
    redirects: [] as Redirect[],
    headers: [] as ResponseHeader[],
  };

  server(server: Json, http: Json): void {
    const listen = texts(server.listen)[0] ?? "";
    const number = /:(\d+)$/.exec(listen)?.[1] ?? "";
    const httpPort = String(http.http_port ?? 80);
    const httpsPort = String(http.https_port ?? 443);
    const automatic = object(server.automatic_https);
    const plain = number === httpPort || automatic.disable === true;
    const skipped = new Set(texts(automatic.skip));
    const policies = list(server.tls_connection_policies).length > 0;
    const trusts = Object.keys(object(server.trusted_proxies)).length > 0;
    const secure = (hosts: readonly string[]) =>
      policies || (!plain && hosts.length > 0 && !hosts.some((host) => skipped.has(host)));
    for (const route of list(server.routes)) {
      for (const hosts of hostSets(object(route))) {
        const https = secure(hosts);
        const port = number === (https ? httpsPort : httpPort) || number === "" ? "" : `:${number}`;
        this.#route(object(route), { hosts, paths: [], https, port, root: "", strip: "", trusts, depth: 0 });
      }
    }
  }

  /** `place` is changed by what holds for the routes after this one too. */
  #route(route: Json, place: Place): void {
    const matches = list(route.match).map(object);
    const paths = matches.flatMap((match) => texts(match.path));
    const inside =
      matches.length === 0 ? place : { ...place, paths: paths.length === 0 ? place.paths : paths };
    for (const handler of list(route.handle)) this.#handler(object(handler), inside);
  }

  #handler(handler: Json, place: Place): void {
    const { hosts, paths, https, port, trusts } = place;
    const scope = { hosts, paths, https, port };
    switch (handler.handler) {
      case "subroute": {
        const inner = { ...place, depth: place.depth + 1 };
        if (inner.depth > DEEPEST) return;
        for (const route of list(handler.routes)) this.#route(object(route), inner);
        return;
      }
      case "vars":
        if (typeof handler.root === "string") place.root = handler.root;
        return;
      case "rewrite":
        if (typeof handler.strip_path_prefix === "string") place.strip = handler.strip_path_prefix;
        return;
      case "file_server":
        this.found.files.push({ ...scope, root: text(handler.root) || place.root, strip: place.strip });
        return;
      case "reverse_proxy":
        this.found.proxies.push({
          ...scope,
          upstreams: list(handler.upstreams).flatMap((one) => text(object(one).dial) || []),
          headers: requestHeaders(object(object(handler.headers).request)),
          trusts: trusts || texts(handler.trusted_proxies).length > 0,
        });
        return;
      case "static_response": {
        const [to] = texts(object(handler.headers).Location);
        if (to !== undefined) this.found.redirects.push({ ...scope, to });
        return;
      }
      case "headers":
        for (const [name, values] of Object.entries(object(object(handler.response).set)))
          this.found.headers.push({ ...scope, name: name.toLowerCase(), value: texts(values)[0] ?? "" });
        return;
    }
  }
}

/** A site's hosts: one by one, as each may be treated in another way; `[]` for every host. */
function hostSets(route: Json): readonly (readonly string[])[] {
  const hosts = list(route.match).flatMap((match) => texts(object(match).host));
  return hosts.length === 0 ? [[]] : hosts.map((host) => [host.toLowerCase()]);
}

function requestHeaders(request: Json): ReadonlyMap<string, string> {
  const set = Object.entries(object(request.set)).map(
    ([name, values]) => [name.toLowerCase(), texts(values)[0] ?? ""] as const,
  );
  const gone = texts(request.delete).map((name) => [name.toLowerCase(), ""] as const);
  return new Map([...gone, ...set]);
}
