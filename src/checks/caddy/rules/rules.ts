/**
 * The rules of `hosts`: whether Caddy and Django agree, which neither can check alone. They compare what
 * `caddy adapt` says with Django's settings, and are silent about what cannot be known (placeholders, values
 * that shipshape supplied). Pure.
 */

import { DjangoSettings, type Settings } from "../../django-settings.ts";
import type { AdaptedConfig } from "../adapted.ts";
import type { Answer } from "../routes/follow.ts";
import { allowedHosts } from "./allowed-hosts.ts";
import type { Disagreement, ProjectFacts, Rule } from "./comparison.ts";
import { groupOf, routesToDjango } from "./django-routes.ts";
import { files } from "./files.ts";
import { hsts } from "./hsts.ts";
import { https } from "./https.ts";
import { staticFiles } from "./static-files.ts";
import { proxyRoutes, Tour } from "./tour.ts";
import { upstreamPort } from "./upstream-port.ts";
import { www } from "./www.ts";

/** A new rule is a file in this folder and a name here. */
const RULES: readonly Rule[] = [allowedHosts, https, files, staticFiles, upstreamPort, hsts, www];

/** Findings that are kept: the adapted Caddyfile comes from a container, so it may be of any size. */
const MAX_FINDINGS = 500;

/**
 * Applies all rules. The same message is reported once.
 * @param django notes which settings were asked for and are not known
 */
export function compareWithDjango(
  adapted: AdaptedConfig,
  settings: Settings,
  project: ProjectFacts,
  django = new DjangoSettings(settings),
): Disagreement[] {
  const tour = new Tour(adapted);
  const visits = tour.visits();
  const proxies = proxyRoutes(visits);
  const { routes, certain } = routesToDjango(proxies, project);
  const groups = new Set(routes.map(groupOf));
  const isDjangos = (answer: Answer) => answer.by === "proxy" && groups.has(groupOf(answer));
  const comparison = { tour, visits, proxies, routes, certain, isDjangos, django, project };
  const found = RULES.flatMap((rule) => rule(comparison)).slice(0, MAX_FINDINGS);
  const texts = found.map(({ id, message }) => `${id} ${message}`);
  return found.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}
