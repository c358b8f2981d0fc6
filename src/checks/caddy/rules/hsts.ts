/** Rule: Strict-Transport-Security is set in one place, or alike in both (`hosts.hsts`). Pure. */

import type { DjangoSettings } from "../../django-settings.ts";
import type { Comparison, Disagreement } from "./comparison.ts";

/** Headers of Caddy's that differ from the one that Django sends. */
export function hsts({ visits, isDjangos, django }: Comparison): Disagreement[] {
  const own = directivesOfDjango(django);
  if (own === undefined) return [];
  const isHidden = NAMES.some((name) => django.isFromEnv(name));
  const shown = isHidden ? "another value (which comes from `env`)" : own.join("; ");
  return visits
    .flatMap(({ answers }) => answers.filter(isDjangos))
    .flatMap(({ response }) => response["strict-transport-security"] ?? [])
    .filter((value) => value !== "" && !areEqual(value.split(/\s*;\s*/).filter(Boolean), own))
    .map((value) => ({
      id: "hosts.hsts",
      level: "INFO",
      message: `Caddy sets Strict-Transport-Security to ${value}, and Django to ${shown}. The browser gets two headers and obeys one of them.`,
      hint: "Set it in one place: set SECURE_HSTS_SECONDS = 0, or remove the header from the Caddyfile.",
      at: { directive: "header", argument: "Strict-Transport-Security" },
    }));
}

const NAMES = ["SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"];

/** What SecurityMiddleware puts into the header; undefined when Django does not send it. */
function directivesOfDjango(django: DjangoSettings): string[] | undefined {
  const seconds = django.value("SECURE_HSTS_SECONDS");
  if (typeof seconds !== "number" || seconds === 0) return undefined;
  if (django.hasMiddleware(/SecurityMiddleware$/) === false) return undefined;
  return [
    `max-age=${seconds}`,
    ...(django.value("SECURE_HSTS_INCLUDE_SUBDOMAINS") === true ? ["includeSubDomains"] : []),
    ...(django.value("SECURE_HSTS_PRELOAD") === true ? ["preload"] : []),
  ];
}

/** Neither the order of the directives nor their case matters (RFC 6797, 6.1). */
function areEqual(a: readonly string[], b: readonly string[]): boolean {
  const normalized = (directives: readonly string[]) =>
    directives
      .map((directive) => directive.toLowerCase())
      .sort()
      .join();
  return normalized(a) === normalized(b);
}
