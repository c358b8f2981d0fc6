/**
 * The servers of a configuration with what automatic HTTPS makes of them: which listeners speak TLS, and the redirects
 * from http (caddyserver.com/docs/automatic-https; Caddy's autohttps.go). Pure.
 */
import { list, object, texts } from "../../../request/json.ts";

type Json = Readonly<Record<string, unknown>>;

/** A server as it runs. */
export interface Server {
  /** As the configuration has it; `routes` with the redirects that Caddy adds. */
  readonly json: Json;
  /** The routes of the configuration itself. */
  readonly ownRoutes: readonly unknown[];
  readonly ports: readonly number[];
  /** Whether it has TLS on its ports, but for the http port. */
  readonly tls: boolean;
}

/** Everything that listens. */
export interface Servers {
  readonly all: readonly Server[];
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** Ports of one listener that are counted. */
const MAX_RANGE = 20;

/** @param http the app `http` of a configuration */
export function serversOf(http: Json): Servers {
  const httpPort = portOr(http.http_port, 80);
  const httpsPort = portOr(http.https_port, 443);
  const redirects: { readonly port: number; readonly hosts: readonly string[] }[] = [];
  const servers = Object.entries(object(http.servers))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => {
      const json = object(value);
      const ports = texts(json.listen).flatMap(portsOf);
      const automatic = object(json.automatic_https);
      const skip = texts(automatic.skip);
      const hosts = [...new Set(list(json.routes).flatMap(hostsOf))].filter((host) => !skip.includes(host));
      const policies = Array.isArray(json.tls_connection_policies)
        ? json.tls_connection_policies.length
        : undefined;
      const isOff = automatic.disable === true || ports.every((port) => port === httpPort);
      const onlyHttps = policies === undefined && ports.every((port) => port === httpsPort);
      // An empty list of policies is not the same as none.
      const tls =
        (policies ?? 0) > 0 || (!isOff && (onlyHttps || (policies === undefined && hosts.length > 0)));
      if (!isOff && automatic.disable_redirects !== true && (hosts.length > 0 || tls))
        for (const port of new Set(ports)) redirects.push({ port, hosts });
      return { json, ownRoutes: list(json.routes), ports, tls };
    });
  if (redirects.length === 0) return { all: servers, httpPort, httpsPort };
  const added = redirects.map(({ port, hosts }) => redirectRoute(port, hosts, httpPort, httpsPort));
  const catchAll = redirectRoute(httpsPort, [], httpPort, httpsPort);
  const onHttp = servers.find(({ ports }) => ports.includes(httpPort));
  const hasHosts = redirects.some(({ hosts }) => hosts.length > 0);
  if (onHttp === undefined) {
    const json = { routes: [...added, catchAll] };
    return { all: [...servers, { json, ownRoutes: [], ports: [httpPort], tls: false }], httpPort, httpsPort };
  }
  // After the last route with a host, and before routes for every host.
  const { ownRoutes } = onHttp;
  const at = ownRoutes.findLastIndex((route) => hostsOf(route).length > 0) + 1;
  const routes = [...ownRoutes.slice(0, at), ...(hasHosts ? added : []), ...ownRoutes.slice(at), catchAll];
  const all = servers.map((server) =>
    server === onHttp ? { ...server, json: { ...server.json, routes } } : server,
  );
  return { all, httpPort, httpsPort };
}

/** The hosts that a route's own matchers name. */
export function hostsOf(route: unknown): readonly string[] {
  return list(object(route).match).flatMap((match) => texts(object(match).host));
}

function portOr(value: unknown, standard: number): number {
  return typeof value === "number" && value > 0 ? value : standard;
}

/** The ports of `:443`, `tcp/127.0.0.1:8000-8002`; none for a socket. */
function portsOf(listen: string): number[] {
  const [, low, high = low] = /:(\d{1,5})(?:-(\d{1,5}))?$/.exec(listen) ?? [];
  if (low === undefined || listen.startsWith("unix")) return [];
  const count = Math.min(Number(high) - Number(low) + 1, MAX_RANGE);
  return Array.from({ length: Math.max(count, 0) }, (_, index) => Number(low) + index);
}

function redirectRoute(port: number, hosts: readonly string[], httpPort: number, httpsPort: number): Json {
  const isStandard = [httpPort, httpsPort, 80, 443].includes(port);
  const to = `https://{http.request.host}${isStandard ? "" : `:${port}`}{http.request.uri}`;
  return {
    match: [{ protocol: "http", ...(hosts.length === 0 ? {} : { host: hosts }) }],
    handle: [{ handler: "static_response", status_code: 308, headers: { Location: [to] } }],
  };
}
