/** What `hosts` reports for routes of one site, with settings that are good but for some. */

import { serversOf } from "../../../../../src/checks/caddy/routes/servers.ts";
import type { ProjectFacts } from "../../../../../src/checks/caddy/rules/comparison.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import type { Settings } from "../../../../../src/checks/django-settings.ts";
import type { Mentions } from "../../../../../src/checks/project/mentions.ts";
import { thisShop } from "../../../samples.ts";
import { production } from "../goldens.ts";

/** A checkout in which gunicorn is started, and nothing else is mentioned. */
export const GUNICORN: Mentions = {
  plainServer: true,
  forwardedProto: false,
  staticFiles: false,
  rendering: false,
};

export interface Compared {
  /** Routes of shop.example.org. */
  readonly routes?: readonly object[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Who supplied settings; others are the project's. */
  readonly supplied?: Readonly<Record<string, string>>;
  /** The variables whose defaults settings are. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly project?: Partial<ProjectFacts>;
}

/** A route to an upstream. */
export function proxy(dial = "web:8000", more: object = {}): object {
  return { handle: [{ handler: "reverse_proxy", upstreams: [{ dial }], ...more }] };
}

/** A route that serves files of a folder, without the path's prefix as `handle_path` does. */
export function fileServer(path: string, root: string): object {
  return {
    match: [{ path: [path] }],
    handle: [
      { handler: "rewrite", strip_path_prefix: path.replace(/\/\*$/, "") },
      { handler: "vars", root },
      { handler: "file_server" },
    ],
    terminal: true,
  };
}

export function compared({ routes = [proxy()], settings, supplied = {}, defaults = {}, project }: Compared) {
  const site = { match: [{ host: ["shop.example.org"] }], handle: [{ handler: "subroute", routes }] };
  const facts: Settings = Object.fromEntries(
    Object.entries(production(settings)).map(([name, fact]) => [
      name,
      { ...fact, supplied: supplied[name] ?? "project", default_of: defaults[name] ?? "" },
    ]),
  );
  return compareWithDjango(serversOf({ servers: { srv0: { listen: [":443"], routes: [site] } } }), facts, {
    imagePorts: [8000],
    ...{ services: [], ownCaddy: false, app: "shop", image: thisShop(), mentions: GUNICORN },
    ...project,
  });
}

/** `LEVEL id` of each finding. */
export function shown(given: Compared): string[] {
  return compared(given).map(({ level, id }) => `${level} ${id}`);
}
