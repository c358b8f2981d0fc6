/** What the rules of `hosts` compare, and what several of them need. Pure. */
import type { Finding } from "../../finding.ts";
import type { AdaptedConfig, ProxyRoute, Scope } from "../adapted.ts";
import type { Collecting } from "../collecting.ts";
import type { Service } from "../compose.ts";
import type { DjangoSettings } from "./django-settings.ts";

/** A finding of `hosts` before its line in the Caddyfile is known. */
export interface Disagreement extends Pick<Finding, "id" | "level" | "message" | "hint"> {
  /** What to look for in the Caddyfile: a site by its host, or a directive by one of its arguments. */
  readonly at: { readonly host: string } | { readonly directive: string; readonly argument: string };
}

/** What the repository says about the image's ports and about the services that run next to each other. */
export interface ProjectFacts {
  /** Ports that the image EXPOSEs or that its command binds; empty when nothing is known. */
  readonly imagePorts: readonly number[];
  /** The services of the compose files. */
  readonly services: readonly Service[];
  /** The project builds its own Caddy image, so files may have been copied into it. */
  readonly ownCaddy: boolean;
  /** Who runs collectstatic; left out where no Dockerfile can be read. */
  readonly collecting?: Collecting | undefined;
}

/** Everything that a rule may look at. */
export interface Comparison {
  /** Everything that Caddy does. */
  readonly adapted: AdaptedConfig;
  /** The proxy routes that lead to Django. Hosts that are proxied in the same way are one route. */
  readonly routes: readonly ProxyRoute[];
  /** False when these routes may lead to something other than Django: findings about them are INFO then. */
  readonly certain: boolean;
  readonly django: DjangoSettings;
  readonly project: ProjectFacts;
}

/** Compares one aspect of the two sides. */
export type Rule = (comparison: Comparison) => readonly Disagreement[];

/** Whether a host is a name that browsers on other machines use; placeholders and addresses are not. */
export function isPublic(host: string): boolean {
  return (
    !/[{}]/.test(host) &&
    host !== "localhost" &&
    !/\.(localhost|local|internal|test|example)$/.test(host) &&
    !/^[\d.]+$|:/.test(host)
  );
}

/** The port of `web:8000`; undefined for a socket, or when none is written. */
export function portOf(upstream: string): number | undefined {
  const port = /:(\d{1,5})$/.exec(upstream)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** The host that Django sees when the browser asked for `host`; undefined when that cannot be known. */
export function hostSeenByDjango(
  route: ProxyRoute,
  host: string,
  django: DjangoSettings,
): string | undefined {
  const header = route.headers.get("host");
  // Caddy always passes the browser's host on as X-Forwarded-Host.
  if (header === undefined || django.value("USE_X_FORWARDED_HOST") === true) return host;
  if (/^\{http\.request\.host(port)?\}$/.test(header)) return host;
  const [upstream, ...more] = route.upstreams;
  if (/^\{http\.reverse_proxy\.upstream\.(hostport|host|address)\}$/.test(header))
    return upstream !== undefined && more.length === 0 && !upstream.startsWith("unix/")
      ? upstream.replace(/:\d+$/, "")
      : undefined;
  return /[{}]/.test(header) ? undefined : header.replace(/:\d+$/, "").toLowerCase();
}

/** Those handlers that apply to a host of these routes. A handler or a route without hosts applies to all. */
export function onHostsOf<T extends Scope>(routes: readonly ProxyRoute[], handlers: readonly T[]): T[] {
  const hosts = new Set(routes.flatMap((route) => route.hosts));
  return handlers.filter(
    (handler) =>
      handler.hosts.length === 0 || hosts.size === 0 || handler.hosts.some((host) => hosts.has(host)),
  );
}
