/**
 * Rule: Django knows that the browser came by https (`hosts.redirect-loop`, `hosts.csrf-origin`,
 * `hosts.proxy-ssl-header`, `hosts.http-only`). Pure.
 */

import type { DjangoSettings } from "../../django-settings.ts";
import type { Mentions } from "../../project/mentions.ts";
import { isPublic } from "../../public-hosts.ts";
import type { ProxyRoute } from "../adapted.ts";
import { type Comparison, type Disagreement, hostSeenByDjango } from "./comparison.ts";

const SET_PROXY_HEADER =
  'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"): Caddy sends that header. The server can take the ' +
  "scheme from it too (gunicorn and uvicorn: `--forwarded-allow-ips`).";
/** The settings by which Django knows the scheme. */
const SCHEME = ["SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT"];

/** For each route, the worst that comes of a scheme or host that Django sees differently than the browser. */
export function https(comparison: Comparison): Disagreement[] {
  return comparison.routes.flatMap((route) =>
    route.https ? overHttps(route, comparison) : overHttpAlone(route, comparison),
  );
}

function overHttps(route: ProxyRoute, { django, certain, project }: Comparison): Disagreement[] {
  const seen = schemeSeen(route, django);
  if (seen === undefined) return [];
  const knowsHttps = seen === "https";
  const mayKnow = seen === "connection" && serverMayKnow(route, project.mentions);
  const at = placeOf(route);
  const named = publicHosts(route);
  const seesHttp =
    `Caddy terminates TLS${named === "" ? "" : ` for ${named}`}, but with ${django.quote("SECURE_PROXY_SSL_HEADER")} ` +
    `Django sees every request as http${mayKnow ? ", unless the server takes the scheme from X-Forwarded-Proto" : ""}`;
  if (!knowsHttps && redirectsToHttps(django))
    return [
      {
        id: "hosts.redirect-loop",
        level: certain && !mayKnow && django.areProductions(...SCHEME) ? "WARNING" : "INFO",
        message: `${seesHttp}. SECURE_SSL_REDIRECT is on, so it redirects to https again and again.`,
        hint: `${SET_PROXY_HEADER}${django.whereFrom("SECURE_SSL_REDIRECT")}`,
        at,
      },
    ];
  const origins = foreignOrigins(route, django, knowsHttps);
  const surely = mayKnow ? foreignOrigins(route, django, true) : origins;
  const areProductions = django.areProductions("SECURE_PROXY_SSL_HEADER", "CSRF_TRUSTED_ORIGINS");
  if (origins.length > 0)
    return origins.map((origin) => ({
      id: "hosts.csrf-origin",
      level: certain && areProductions && surely.includes(origin) ? "WARNING" : "INFO",
      message:
        `${knowsHttps ? "Caddy sends Django another host than the browser's" : seesHttp}, so Django treats the ` +
        `origin ${origin} as another site. Forms get 403 Forbidden, because ` +
        `${django.quote("CSRF_TRUSTED_ORIGINS")} does not have it.`,
      hint: `${
        knowsHttps ? "Remove `header_up Host`, or add" : `${SET_PROXY_HEADER} Or add`
      } "${origin}" to CSRF_TRUSTED_ORIGINS.${django.whereFrom("CSRF_TRUSTED_ORIGINS")}`,
      at,
    }));
  const secureCookies = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"].filter(
    (name) => django.value(name) === true,
  );
  if (knowsHttps || secureCookies.length === 0) return [];
  return [
    {
      id: "hosts.proxy-ssl-header",
      level: "INFO",
      message: `${seesHttp}, although ${secureCookies.join(" and ")} say that the site uses https. Absolute URLs begin with http://.`,
      hint: SET_PROXY_HEADER,
      at,
    },
  ];
}

/** A route over http alone: Caddy sends Django the scheme "http", unless it trusts the proxy in front of it. */
function overHttpAlone(route: ProxyRoute, { proxies, django }: Comparison): Disagreement[] {
  if (!redirectsToHttps(django)) return [];
  const alsoHttps = proxies.some(
    (other) =>
      other.https && (other.hosts.length === 0 || other.hosts.some((host) => route.hosts.includes(host))),
  );
  const named = publicHosts(route);
  const isLocal = route.hosts.length > 0 && named === "";
  const setsScheme = route.headers.get("x-forwarded-proto") !== "http";
  if (alsoHttps || isLocal || route.trustsProxies || setsScheme) return [];
  return [
    {
      id: "hosts.http-only",
      level: "INFO",
      message:
        `Caddy serves ${named || "this site"} over http only and reports that scheme to Django. ` +
        "SECURE_SSL_REDIRECT is on, so Django redirects every request to https.",
      hint:
        "If a proxy in front of Caddy terminates TLS, name it in `trusted_proxies`: then Caddy passes its " +
        "X-Forwarded-Proto on. Otherwise let Caddy serve https (a site address without `http://` or `:80`).",
      at: placeOf(route),
    },
  ];
}

function placeOf({ hosts: [host], upstreams: [upstream = ""] }: ProxyRoute): Disagreement["at"] {
  return host === undefined ? { directive: "reverse_proxy", argument: upstream } : { host };
}

function publicHosts({ hosts }: ProxyRoute): string {
  return hosts.filter(isPublic).join(", ");
}

function redirectsToHttps(django: DjangoSettings): boolean {
  return (
    django.value("SECURE_SSL_REDIRECT") === true && django.hasMiddleware(/SecurityMiddleware$/) !== false
  );
}

/**
 * The scheme of requests on this route as Django sees it (HttpRequest.scheme); undefined when it is unknown.
 * @returns `connection`: what the server says of a connection over plain http
 */
function schemeSeen(route: ProxyRoute, django: DjangoSettings): "https" | "http" | "connection" | undefined {
  const setting = django.value("SECURE_PROXY_SSL_HEADER");
  if (setting === undefined) return undefined;
  const name = Array.isArray(setting)
    ? String(setting[0])
        .replace(/^HTTP_/, "")
        .replaceAll("_", "-")
        .toLowerCase()
    : "";
  const sent = route.headers.has(name) ? route.headers.get(name) : "";
  if (sent === undefined) return undefined;
  // Without the header, the connection decides: Django's own server may have a certificate.
  if (sent === "") return route.over === "https" ? "https" : route.over === "http" ? "connection" : undefined;
  return Array.isArray(setting) && sent.split(",")[0]?.trim() === String(setting[1]) ? "https" : "http";
}

/**
 * Whether the server may take the scheme from X-Forwarded-Proto. gunicorn and uvicorn trust a Unix socket and loopback
 * unless they are told otherwise, and other addresses only if they are told so (docs.gunicorn.org/en/stable/settings.html,
 * `forwarded_allow_ips`); uWSGI trusts all.
 */
function serverMayKnow(route: ProxyRoute, mentions: Mentions | undefined): boolean {
  const sent = route.headers.get("x-forwarded-proto");
  if (route.headers.has("x-forwarded-proto") && sent !== undefined && sent !== "https") return false;
  if (route.upstreams.length === 0 || route.upstreams.some((one) => NEARBY.test(one))) return true;
  return mentions === undefined || mentions.forwardedProto || !mentions.plainServer;
}

/** Upstreams that the server may take for its own machine: sockets, loopback, and what only run time knows. */
const NEARBY = /^unix|^(localhost|127\.|\[::1\])|\{/;

/** Origins of browsers that Django 4.0 and later treats as another site's (CsrfViewMiddleware). */
function foreignOrigins(route: ProxyRoute, django: DjangoSettings, knowsHttps: boolean): string[] {
  const trusted = django.list("CSRF_TRUSTED_ORIGINS");
  if (trusted === undefined || django.version < 4) return [];
  if (django.hasMiddleware(/CsrfViewMiddleware$/) === false) return [];
  return route.hosts
    .filter((host) => isPublic(host) && !host.startsWith("*"))
    .flatMap((host) => {
      const seen = hostSeenByDjango(route, host, django);
      if (seen === undefined || (knowsHttps && seen === host)) return [];
      const origin = `https://${host}${route.port}`;
      return trusted.some((pattern) => isTrusted(origin, pattern.toLowerCase())) ? [] : [origin];
    });
}

function isTrusted(origin: string, pattern: string): boolean {
  if (!pattern.startsWith("https://*.")) return pattern === origin;
  return origin.endsWith(pattern.slice("https://*".length)) && origin.startsWith("https://");
}
