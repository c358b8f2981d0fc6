/**
 * Rule: static and media files are where a browser asks for them (`hosts.static-url`, `hosts.static-root`,
 * `hosts.static-volume`, `hosts.static-unreached`, `hosts.static-index`, and the same for media). Each site that leads
 * to Django is asked for such files: for those that were collected, if the report has any. Pure.
 */
import { posix } from "node:path";
import type { DjangoSettings } from "../../django-settings.ts";
import type { Answer } from "../routes/follow.ts";
import type { Site } from "../routes/sites.ts";
import type { Comparison, Disagreement } from "./comparison.ts";
import { type Sharing, sharedFolder, sharingIn } from "./shared-folder.ts";
import { ADMIN, example } from "./tour.ts";

/** Static or media files: their settings, the ids of their findings, and how a path of theirs looks. */
interface Kind {
  readonly ids: Readonly<Record<"url" | "root" | "volume" | "unreached", string>>;
  readonly url: "STATIC_URL" | "MEDIA_URL";
  readonly root: "STATIC_ROOT" | "MEDIA_ROOT";
  /** Files that a project may well have below the URL, where nobody knows which it has. */
  readonly names: readonly string[];
  readonly path: RegExp;
  /** The only middleware that serves them when Caddy does not; undefined when views of the project may do it. */
  readonly middleware: RegExp | undefined;
}

const STATIC: Kind = {
  ids: {
    url: "hosts.static-url",
    root: "hosts.static-root",
    volume: "hosts.static-volume",
    unreached: "hosts.static-unreached",
  },
  url: "STATIC_URL",
  root: "STATIC_ROOT",
  names: [
    "admin/css/base.css",
    "admin/js/core.js",
    "admin/img/icon-yes.svg",
    "img/logo.png",
    "fonts/text.woff2",
  ],
  path: /static|asset/i,
  middleware: /whitenoise|servestatic/i,
};

const MEDIA: Kind = {
  ids: {
    url: "hosts.media-url",
    root: "hosts.media-root",
    volume: "hosts.media-volume",
    unreached: "hosts.media-unreached",
  },
  url: "MEDIA_URL",
  root: "MEDIA_ROOT",
  names: ["photos/one.jpg"],
  path: /media|upload/i,
  middleware: undefined,
};

/** A file that Caddy looks for: the folder that stands for the URL, or another file that it sends instead. */
interface Place {
  readonly root: string;
  readonly folder: string;
}

/** Everything that the judgement of one site's files needs. */
interface Case extends Comparison {
  readonly kind: Kind;
  readonly site: Site;
  /** STATIC_URL or MEDIA_URL. */
  readonly path: string;
  readonly sharing: Sharing | undefined;
}

/** Where Caddy serves files and Django expects them elsewhere. */
export function files(comparison: Comparison): Disagreement[] {
  const { tour, visits, routes, isDjangos, django, project } = comparison;
  const sharing = sharingIn(project, routes);
  const sites = tour.sites.filter((site) =>
    visits.some((visit) => visit.site === site && visit.answers.some(isDjangos)),
  );
  return [STATIC, MEDIA].flatMap((kind) => {
    const path = django.text(kind.url);
    if (path === undefined || !path.startsWith("/") || path === "/") return [];
    const isCertain = comparison.certain && django.areProductions(kind.url, kind.root);
    return sites
      .flatMap((site) => filesOf({ ...comparison, kind, site, path, sharing }))
      .map(
        (one): Disagreement => ({
          ...one,
          level: isCertain ? one.level : "INFO",
          message: withoutUrl(one.message, kind.url, path, django),
          hint: withoutUrl(one.hint, kind.url, path, django),
        }),
      );
  });
}

/** A text that has the setting's name where its value comes from `env`, which is never printed. */
function withoutUrl(text: string, url: Kind["url"], path: string, django: DjangoSettings): string {
  const bare = path.replace(/\/+$/, "");
  return bare === "" ? text : text.replaceAll(bare, django.shown(url, bare).replace(/^(?!\/)/, "/"));
}

/** What is wrong with the first file of a site for which something is. */
function filesOf(one: Case): readonly Disagreement[] {
  const { collected = [] } = one.kind === STATIC ? one.project : {};
  for (const name of collected.length > 0 ? collected : one.kind.names) {
    const { answers } = one.tour.visit(one.site, one.path + name);
    // What a plugin does is not judged.
    if (answers.some(({ by }) => by === "unknown")) continue;
    const place = placeIn(answers, name);
    const index = answers.find(
      (answer) =>
        answer.by === "files" &&
        answer.status === "200" &&
        answer.file !== undefined &&
        !answer.file.endsWith(`/${name}`),
    );
    const found =
      index?.by === "files"
        ? sentInstead(one, index.file ?? "", place)
        : place !== undefined
          ? inOtherFolder(one, place)
          : answers.every(one.isDjangos)
            ? (unreached(one, name) ?? elsewhere(one))
            : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** The folder in which Caddy looks for a file that is below the URL in the same way as below Django's folder. */
function placeIn(answers: readonly Answer[], name: string): Place | undefined {
  for (const answer of answers)
    if (answer.by === "files" && answer.root !== undefined && answer.file?.endsWith(`/${name}`))
      return { root: answer.root, folder: answer.file.slice(0, -name.length - 1) || "/" };
  return undefined;
}

/** Whether Django's own middleware, a view, the WSGI application or the server may serve the files. */
function mayServeItself({ kind, django, project: { mentions } }: Case): boolean {
  if (kind.middleware === undefined || django.hasMiddleware(kind.middleware) !== false) return true;
  return mentions === undefined || mentions.staticFiles;
}

/** A file server that never sees the request, because Django gets all of them first. */
function unreached(one: Case, name: string): readonly Disagreement[] | undefined {
  const { kind, site, path, tour, visits } = one;
  const place = placeIn(tour.visit(site, path + name, "reverse_proxy").answers, name);
  // One that answers other requests is not forgotten: Django's part of the URLs is meant.
  const isReached = visits.some(
    (visit) =>
      visit.site === site &&
      visit.answers.some((answer) => answer.by === "files" && answer.root === place?.root),
  );
  const isNamed = site.filePatterns.some((pattern) => pattern.startsWith(path));
  if (place === undefined || isReached || !(kind === STATIC || isNamed)) return undefined;
  const mayServe = mayServeItself(one);
  return [
    {
      id: kind.ids.unreached,
      // One for all paths may be meant for other files.
      level: mayServe || !isNamed ? "INFO" : "WARNING",
      message:
        `Caddy's file_server for ${place.folder} is never reached: reverse_proxy comes first in Caddy's order of ` +
        `directives, and sends requests for ${path} to Django${mayServe ? "" : ", where nothing in MIDDLEWARE serves them"}.`,
      hint: `Keep the two apart: \`handle_path ${path}* { … file_server }\` and \`handle { reverse_proxy … }\`, each on lines of its own.`,
      at: { directive: "file_server", argument: `${path}*` },
    },
  ];
}

/**
 * Django gets the request, and Caddy serves such files under another path. They may well be another project's, of a
 * frontend say, unless Caddy takes them from Django's folder.
 */
function elsewhere(one: Case): readonly Disagreement[] {
  const { kind, site, path, visits, django } = one;
  const served = site.patterns.flatMap((pattern) => {
    const visit = visits.find((other) => other.site === site && other.path === example(pattern));
    const answer = visit?.answers.find(({ by }) => by === "files");
    return kind.path.test(pattern) && answer !== undefined ? [{ pattern, answers: [answer] }] : [];
  });
  const [similar] = served;
  if (similar === undefined) return [];
  const place = placeIn(similar.answers, posix.basename(example(similar.pattern)));
  const isDjangosFolder = place !== undefined && compare(one, place) === "same";
  const isWrong = isDjangosFolder && !mayServeItself(one);
  return [
    {
      id: kind.ids.url,
      level: isWrong ? "WARNING" : "INFO",
      message:
        `Caddy serves files under ${similar.pattern}, but ${django.quote(kind.url)}: it serves no files ` +
        `under ${path}${isWrong ? ", and nothing in MIDDLEWARE does" : ""}.`,
      hint: `${isDjangosFolder ? "Use" : `If these are Django's files, use`} the same path in both: \`handle_path ${path}*\`.`,
      at: { directive: "file_server", argument: similar.pattern },
    },
  ];
}

/** A page of a single-page app is sent for each path without a file, and Django's admin is on the same site. */
function sentInstead(one: Case, index: string, place: Place | undefined): readonly Disagreement[] {
  const { kind, site, path, tour, isDjangos, django } = one;
  if (kind !== STATIC || !tour.visit(site, ADMIN).answers.some(isDjangos)) return [];
  const compared = place && compare(one, place);
  if (compared === "same") return [];
  return [
    {
      id: "hosts.static-index",
      level: compared?.why === undefined ? "INFO" : "WARNING",
      message:
        `Caddy answers requests for ${path} with files of ${place?.root ?? posix.dirname(index)}, and with ${index} where there is none` +
        `${compared?.why === undefined ? "" : `, ${compared.why}`}. They never reach Django, whose admin is on the same site and ` +
        `needs its own files there (${django.quote(kind.root)}).`,
      hint: `Serve them before the single-page app: \`handle_path ${path}* { root * … file_server }\` with Django's folder, or add \`${path}*\` to what goes to Django if WhiteNoise serves them.`,
      at: { directive: "try_files", argument: posix.basename(index) },
    },
  ];
}

/** Compares the folder that Caddy serves a URL from with the folder that Django puts the files into. */
function inOtherFolder(one: Case, place: Place): readonly Disagreement[] {
  const { kind, path, django } = one;
  const compared = compare(one, place);
  if (compared === "same" || compared === undefined) return [];
  const serves = `Caddy serves ${path} from ${place.folder}`;
  const at = { directive: "root", argument: place.root };
  const quoted = django.quote(kind.root);
  // The prefix is still there, and without it the folder would be right.
  const keepsPrefix = place.folder === posix.join(place.root, path).replace(/\/$/, "");
  if (keepsPrefix && compare(one, { root: place.root, folder: place.root }) === "same")
    return [
      {
        id: kind.ids.root,
        level: "WARNING",
        message: `${serves}, but Django's files are in ${place.root} itself (${quoted}): every file is looked for in the wrong folder.`,
        hint: `Write \`handle_path ${path}*\`, which removes the prefix from the path. \`handle\` does not.`,
        at,
      },
    ];
  if (compared.why !== undefined)
    return [
      {
        id: kind.ids.volume,
        level: "INFO",
        message: `${serves}, ${compared.why}.`,
        hint: compared.hint,
        at,
      },
    ];
  return [
    {
      id: kind.ids.root,
      level: "INFO",
      message: `${serves}, and ${quoted}.`,
      hint:
        "That is right only if both containers mount the same volume: Caddy at the first path, Django at the " +
        "second. `handle_path` removes the prefix from the path, `handle` does not.",
      at,
    },
  ];
}

/**
 * Whether Caddy's folder is Django's.
 * @returns `why` it is not, where the compose files say so; undefined when Django's folder is not known
 */
function compare(
  { kind, django, sharing }: Case,
  { root, folder }: Place,
): "same" | { readonly why?: string; readonly hint: string } | undefined {
  const setting = django.text(kind.root) ?? "";
  // Without a root, Caddy looks in the folder that it was started in.
  if (setting === "" || root === "" || root === ".") return undefined;
  const path = setting.replace(/\/$/, "");
  const settingOf = { path, quoted: django.quote(kind.root), isFromEnv: django.isFromEnv(kind.root) };
  const shared = sharing && sharedFolder(folder, settingOf, sharing);
  if (shared !== undefined) return shared;
  return folder === path ? "same" : { hint: "" };
}
