/**
 * Rule: Caddy serves static and media files under Django's URL and from Django's folder (`hosts.static-url`,
 * `hosts.static-root`, `hosts.static-volume`, and the same for media). Pure.
 */
import { posix } from "node:path";
import type { FileServer } from "../adapted.ts";
import { type Comparison, type Disagreement, onHostsOf } from "./comparison.ts";
import { type Sharing, sharedFolder, sharingIn } from "./shared-folder.ts";

/** Static or media files: their settings, the ids of their findings, and how a path of theirs looks. */
interface Kind {
  readonly url: "STATIC_URL" | "MEDIA_URL";
  readonly root: "STATIC_ROOT" | "MEDIA_ROOT";
  readonly ids: { readonly url: string; readonly root: string; readonly volume: string };
  readonly path: RegExp;
  /** The only middleware that serves them when Caddy does not; undefined when views of the project may do it. */
  readonly middleware: RegExp | undefined;
}

const STATIC: Kind = {
  url: "STATIC_URL",
  root: "STATIC_ROOT",
  ids: { url: "hosts.static-url", root: "hosts.static-root", volume: "hosts.static-volume" },
  path: /static|asset/i,
  middleware: /whitenoise|servestatic/i,
};

const MEDIA: Kind = {
  url: "MEDIA_URL",
  root: "MEDIA_ROOT",
  ids: { url: "hosts.media-url", root: "hosts.media-root", volume: "hosts.media-volume" },
  path: /media|upload/i,
  middleware: undefined,
};

/** Where Caddy serves files and Django expects them elsewhere. */
export function files(comparison: Comparison): Disagreement[] {
  const { adapted, routes, certain, project } = comparison;
  const servers = onHostsOf(routes, adapted.files);
  if (routes.length === 0 || servers.length === 0) return [];
  const sharing = sharingIn(project, routes);
  const found = [STATIC, MEDIA].flatMap((kind) => filesOf(kind, servers, sharing, comparison));
  return certain ? found : found.map((one) => ({ ...one, level: "INFO" }));
}

function filesOf(
  kind: Kind,
  servers: readonly FileServer[],
  sharing: Sharing | undefined,
  comparison: Comparison,
): Disagreement[] {
  const { django } = comparison;
  const url = django.text(kind.url);
  if (url === undefined || !url.startsWith("/") || url === "/") return [];
  const server = servers.find(({ paths }) => paths.some((path) => covers(path, url)));
  if (server !== undefined) return inOtherFolder(kind, server, url, sharing, comparison);
  // A file server without a path looks the whole site up in its folder, so the URL may be served after all.
  if (servers.some(({ paths }) => paths.length === 0)) return [];
  const similar = servers.find(({ paths }) => paths.some((path) => kind.path.test(path)));
  if (similar === undefined) return [];
  const mayServeItself = kind.middleware === undefined || django.hasMiddleware(kind.middleware) !== false;
  return [
    {
      id: kind.ids.url,
      level: mayServeItself ? "INFO" : "WARNING",
      message:
        `Caddy serves files under ${similar.paths.join(", ")}, but ${django.quote(kind.url)}: it serves no files ` +
        `under ${url}${mayServeItself ? "" : ", and nothing in MIDDLEWARE does"}.`,
      hint: `Use the same path in both: \`handle_path ${url}*\`.`,
      at: { directive: "file_server", argument: similar.paths[0] ?? "" },
    },
  ];
}

/** Whether a path matcher of Caddy's covers all of a URL. */
function covers(matcher: string, url: string): boolean {
  return matcher.endsWith("*") ? url.startsWith(matcher.slice(0, -1)) : matcher === url;
}

/** Compares the folder that Caddy serves a URL from with the folder that Django puts the files into. */
function inOtherFolder(
  kind: Kind,
  server: FileServer,
  url: string,
  sharing: Sharing | undefined,
  { django }: Comparison,
): Disagreement[] {
  const setting = django.text(kind.root) ?? "";
  // A placeholder in Caddy's folder is known only at run time.
  if (setting === "" || server.root === "" || /[{}]/.test(server.root)) return [];
  const root = setting.replace(/\/$/, "");
  const inside = server.stripPrefix === "" ? url : url.replace(server.stripPrefix.replace(/\/$/, ""), "");
  const folder = posix.join(server.root, inside).replace(/\/$/, "");
  const serves = `Caddy serves ${url} from ${folder}`;
  const at = { directive: "root", argument: server.root };
  const quoted = django.quote(kind.root);
  const shared =
    sharing && sharedFolder(folder, { path: root, quoted, isFromEnv: django.isFromEnv(kind.root) }, sharing);
  if (shared === "same" || (shared === undefined && folder === root)) return [];
  if (shared !== undefined) {
    const { why, hint } = shared;
    return [{ id: kind.ids.volume, level: "INFO", message: `${serves}, ${why}.`, hint, at }];
  }
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
