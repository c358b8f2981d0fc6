/** Asks each site of a configuration for the pages and files that matter to Django. Pure. */
import { type AdaptedConfig, BROWSERS_HOST, type ProxyRoute } from "../adapted.ts";
import { type Answer, type Budget, follow } from "../routes/follow.ts";
import type { Proxied } from "../routes/proxy.ts";
import type { Value } from "../routes/run.ts";
import { type Site, sitesOf } from "../routes/sites.ts";

/** What a site answers for a path, in every way that is possible. */
export interface Visit {
  readonly site: Site;
  readonly path: string;
  readonly answers: readonly Answer[];
}

/** Routes and handlers that are looked at for all visits together. */
const MAX_STEPS = 200_000;

/** Where Django's admin usually is. */
export const ADMIN = "/admin/";

/**
 * Headers that no browser sends when it asks for a page or a file. X-Forwarded-Proto is none of them: a proxy in front of
 * Caddy may send it.
 */
const NEVER_SENT = ["connection", "upgrade", "content-type", "sec-websocket-key"];

/** A visitor of all sites. Nothing is known of the files that Caddy sees. */
export class Tour {
  readonly sites: readonly Site[];
  readonly #budget: Budget = { steps: MAX_STEPS };

  constructor(adapted: AdaptedConfig) {
    this.sites = sitesOf(adapted);
  }

  /**
   * Asks a site for a path, as a browser does.
   * @param without a handler that is left out: who would answer if it were not there?
   */
  visit(site: Site, path: string, without = ""): Visit {
    const asked = {
      method: "GET",
      https: site.https,
      host: (site.host.replace("*", "any-label") || "any-host.invalid") + site.port,
      target: path,
      headers: new Map(NEVER_SENT.map((name) => [name, []])),
      mayHaveMore: true,
    };
    const how = { world: () => undefined, budget: this.#budget, without };
    return { site, path, answers: follow(site.server.json, asked, how) };
  }

  /** Asks each site for its first page, the admin, and one path for each path matcher of its routes. */
  visits(): readonly Visit[] {
    return this.sites.flatMap((site) =>
      [...new Set(["/", ADMIN, ...site.patterns.filter((one) => one.startsWith("/")).map(example)])].map(
        (path) => this.visit(site, path),
      ),
    );
  }
}

/** A path that a path matcher matches: `/api/*` → `/api/example`. */
export function example(pattern: string): string {
  return pattern.replace(/\*+/g, "example");
}

/** What upstreams get, with the site that was asked. */
export function proxyRoutes(visits: readonly Visit[]): readonly ProxyRoute[] {
  return visits.flatMap(({ site, answers }) =>
    answers.flatMap((answer) => (answer.by === "proxy" ? routeOf(site, answer) : [])),
  );
}

function routeOf({ host, https, port }: Site, answer: Answer & Proxied): ProxyRoute {
  const asked = (host.replace("*", "any-label") || "any-host.invalid") + port;
  const shown = (value: Value) => (value === asked ? BROWSERS_HOST : value);
  return {
    hosts: host === "" ? [] : [host],
    https,
    port,
    upstreams: answer.upstreams,
    over: answer.over,
    host: answer.host === null ? null : shown(answer.host),
    headers: new Map(Object.entries(answer.headers).map(([name, value]) => [name, shown(value)])),
    trustsProxies: answer.trustsProxies,
  };
}
