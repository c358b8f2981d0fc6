/** What the rules of `hosts` compare, and what several of them need. Pure. */

import type { DjangoSettings } from "../../django-settings.ts";
import type { Finding } from "../../finding.ts";
import type { Collecting } from "../../project/collecting.ts";
import type { Service } from "../../project/compose.ts";
import type { ThisImage } from "../../project/image-services.ts";
import type { Mentions } from "../../project/mentions.ts";
import { BROWSERS_HOST, type ProxyRoute } from "../adapted.ts";
import type { Answer } from "../routes/follow.ts";
import type { Tour, Visit } from "./tour.ts";

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
  /** The app's name: `shop`. */
  readonly app: string;
  /** How compose files name its image. */
  readonly image: ThisImage;
  /** Who runs collectstatic; left out where no Dockerfile can be read. */
  readonly collecting?: Collecting | undefined;
  /** Static files that were collected, one of each suffix, as paths below STATIC_URL; left out where none was. */
  readonly collected?: readonly string[];
  /** What the texts of the checkout mention; left out where not all of them could be read. */
  readonly mentions?: Mentions | undefined;
}

/** Everything that a rule may look at. */
export interface Comparison {
  /** Asks sites for more paths. */
  readonly tour: Tour;
  /** What the sites answered for their first pages, the admin, and a path of each route. */
  readonly visits: readonly Visit[];
  /** All that is proxied, to whomever. */
  readonly proxies: readonly ProxyRoute[];
  /** The proxy routes that lead to Django. Hosts that are proxied in the same way are one route. */
  readonly routes: readonly ProxyRoute[];
  /** False when these routes may lead to something other than Django: findings about them are INFO then. */
  readonly certain: boolean;
  /** Whether an answer is Django's. */
  readonly isDjangos: (answer: Answer) => boolean;
  readonly django: DjangoSettings;
  readonly project: ProjectFacts;
}

/** Compares one aspect of the two sides. */
export type Rule = (comparison: Comparison) => readonly Disagreement[];

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
  const forwarded =
    django.value("USE_X_FORWARDED_HOST") === true ? route.headers.get("x-forwarded-host") : "";
  const seen = forwarded === "" ? route.host : forwarded;
  return seen === BROWSERS_HOST ? host : seen?.replace(/:\d+$/, "").toLowerCase();
}
