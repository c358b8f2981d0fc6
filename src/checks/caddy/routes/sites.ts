/** Which sites a configuration serves, and which paths are worth asking for. Pure. */
import { list, object, texts } from "../../../request/json.ts";
import { matchesHost } from "./matchers.ts";
import { hostsOf, type Server, type Servers } from "./servers.ts";

/** What a browser's address says before the path. */
export interface Site {
  /** In lower case, perhaps with `*`; empty for every host. */
  readonly host: string;
  readonly https: boolean;
  /** `:8443`; empty for the scheme's own port. */
  readonly port: string;
  readonly server: Server;
  /** Path matchers of its routes. */
  readonly patterns: readonly string[];
  /** Those of them that lead to a file_server. */
  readonly filePatterns: readonly string[];
}

/** Routes within routes. No Caddyfile of a project is nested this deeply. */
const MAX_DEPTH = 30;
const MAX_SITES = 300;
const MAX_PATTERNS = 20;

/** The sites in the order of servers and routes. Those that Caddy adds for redirects are not among them. */
export function sitesOf({ all, httpPort, httpsPort }: Servers): readonly Site[] {
  const sites = new Map<string, Site>();
  for (const server of all) {
    const [number] = server.ports;
    const https = server.tls && number !== httpPort;
    const port = number === undefined || number === (https ? httpsPort : httpPort) ? "" : `:${number}`;
    for (const route of server.ownRoutes) {
      const inner: Found = { host: new Set(), path: new Set(), files: new Set() };
      collect(route, inner, 0);
      const patterns = [...inner.path].slice(0, MAX_PATTERNS);
      const filePatterns = [...inner.files].slice(0, MAX_PATTERNS);
      const own = new Set(hostsOf(route).map((host) => host.toLowerCase()));
      const hosts = own.size === 0 ? [""] : [...own].slice(0, MAX_SITES);
      // A site for many hosts may tell them apart in its routes.
      const innerHosts = [...inner.host]
        .filter((host) => !own.has(host))
        .slice(0, MAX_SITES)
        .filter((host) => hosts.some((one) => one === "" || matchesHost(one, host) === true));
      for (const host of [...hosts, ...innerHosts]) {
        const key = `${https} ${host}${port}`;
        const before = sites.get(key);
        if (sites.size >= MAX_SITES && before === undefined) return [...sites.values()];
        sites.set(key, {
          ...{ host, https, port, server },
          patterns: [...new Set([...(before?.patterns ?? []), ...patterns])],
          filePatterns: [...new Set([...(before?.filePatterns ?? []), ...filePatterns])],
        });
      }
    }
  }
  return [...sites.values()];
}

/** Hosts and paths that routes name, and the paths that lead to a file_server. */
type Found = Readonly<Record<"host" | "path" | "files", Set<string>>>;

/** Collects what a route and the routes in it name. */
function collect(route: unknown, found: Found, depth: number): void {
  const handlers = list(object(route).handle).map(object);
  const named = (kind: string) =>
    list(object(route).match).flatMap((match) => texts(object(match)[kind]).map((one) => one.toLowerCase()));
  for (const host of named("host")) found.host.add(host);
  for (const path of named("path")) found.path.add(path);
  if (handlers.some(({ handler }) => handler === "file_server"))
    for (const path of named("path")) found.files.add(path);
  if (depth >= MAX_DEPTH) return;
  for (const { routes } of handlers) for (const one of list(routes)) collect(one, found, depth + 1);
}
