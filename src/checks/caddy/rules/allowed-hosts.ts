/** Rule: each host that Caddy proxies to Django is in ALLOWED_HOSTS (`hosts.not-allowed`). Pure. */

import { isPublic } from "../../public-hosts.ts";
import type { ProxyRoute } from "../adapted.ts";
import { type Comparison, type Disagreement, hostSeenByDjango } from "./comparison.ts";

/** Hosts that Django answers with 400 Bad Request. With DEBUG on, Django accepts more, so nothing is reported. */
export function allowedHosts(comparison: Comparison): Disagreement[] {
  const { routes, django } = comparison;
  const allowed = django.list("ALLOWED_HOSTS");
  if (allowed === undefined || django.value("DEBUG") === true) return [];
  return routes.flatMap((route) =>
    route.hosts.filter(isPublic).flatMap((host) => notAllowed(route, host, allowed, comparison)),
  );
}

function notAllowed(
  route: ProxyRoute,
  host: string,
  allowed: readonly string[],
  { django, certain }: Comparison,
): Disagreement[] {
  const seen = hostSeenByDjango(route, host, django);
  // A wildcard site stands for all its subdomains, which only a pattern with a leading dot allows.
  const tested = seen?.startsWith("*.") ? seen.slice(1) : seen;
  if (tested === undefined || isAllowed(tested, allowed)) return [];
  const sent = seen === host ? "" : ` and sends Django the host ${seen} instead`;
  const isCertain = certain && django.areProductions("ALLOWED_HOSTS") && !tested.startsWith(".");
  return [
    {
      id: "hosts.not-allowed",
      level: isCertain ? "WARNING" : "INFO",
      message: `Caddy serves ${host}${sent}, which ${django.quote("ALLOWED_HOSTS")} does not allow: Django answers 400 Bad Request.`,
      hint:
        seen === host
          ? `Add "${tested}" to ALLOWED_HOSTS.${django.whereFrom("ALLOWED_HOSTS")}`
          : "Remove `header_up Host` (Caddy passes the browser's host on by itself), or set USE_X_FORWARDED_HOST = True.",
      at: { host },
    },
  ];
}

/** As Django does it: `validate_host` in django.http.request. */
function isAllowed(host: string, patterns: readonly string[]): boolean {
  return patterns
    .map((pattern) => pattern.toLowerCase())
    .some(
      (pattern) =>
        pattern === "*" ||
        pattern === host ||
        (pattern.startsWith(".") && (host === pattern.slice(1) || host.endsWith(pattern))),
    );
}
