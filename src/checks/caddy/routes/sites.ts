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
      const inner = new Map<"host" | "path", Set<string>>([
        ["host", new Set()],
        ["path", new Set()],
      ]);
      collect(route, inner, 0);
      const patterns = [...(inner.get("path") ?? [])].slice(0, MAX_PATTERNS);
      const own = new Set(hostsOf(route).map((host) => host.toLowerCase()));
      const hosts = own.size === 0 ? [""] : [...own].slice(0, MAX_SITES);
      // A site for many hosts may tell them apart in its routes.
      const innerHosts = [...(inner.get("host") ?? [])]
        .filter((host) => !own.has(host))
        .slice(0, MAX_SITES)
        .filter((host) => hosts.some((one) => one === "" || matchesHost(one, host) === true));
      for (const host of [...hosts, ...innerHosts]) {
        const key = `${https} ${host}${port}`;
        const before = sites.get(key)?.patterns ?? [];
        if (sites.size >= MAX_SITES && !sites.has(key)) return [...sites.values()];
        sites.set(key, { host, https, port, server, patterns: [...new Set([...before, ...patterns])] });
      }
    }
  }
  return [...sites.values()];
}

/** The hosts and paths that a route and the routes in it name. */
function collect(route: unknown, found: ReadonlyMap<"host" | "path", Set<string>>, depth: number): void {
  for (const [kind, values] of found)
    for (const match of list(object(route).match))
      for (const value of texts(object(match)[kind])) values.add(value.toLowerCase());
  if (depth >= MAX_DEPTH) return;
  for (const handler of list(object(route).handle))
    for (const one of list(object(handler).routes)) collect(one, found, depth + 1);
}
