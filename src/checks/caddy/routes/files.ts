/** Caddy's handler `file_server` (caddyserver.com/docs/json/apps/http/servers/routes/handle/file_server). Pure. */
import { text, texts } from "../../../request/json.ts";
import { fileBelow, globMatches, urlOf } from "./paths.ts";
import { CaddyError, type Run, type Value } from "./run.ts";

/** The file that Caddy sends. What is undefined is not known. */
export interface Served {
  readonly by: "files";
  readonly root: Value;
  readonly file: Value;
  /** 200, or that of the error that the file explains. */
  readonly status: Value;
}

/** A redirect to the same path with or without its last slash. */
interface Canonical {
  readonly by: "caddy";
  readonly status: "308";
  readonly location: string;
}

/**
 * Looks the file up.
 * @returns undefined when there is none and the next handler is called (`pass_thru`)
 * @throws {CaddyError} 404, or 405 for a method other than GET and HEAD
 */
export function serveFile(
  handler: Readonly<Record<string, unknown>>,
  run: Run,
): Served | Canonical | undefined {
  const root = run.replace(text(handler.root) || "{http.vars.root}");
  const { path } = run.url;
  const status = run.replace(String(handler.status_code ?? run.error ?? 200));
  if (root === undefined || path === undefined) return { by: "files", root, file: undefined, status };
  const sanitized = fileBelow(root, path);
  let file = sanitized.replace(/(.)\/$/, "$1");
  const hidden = texts(handler.hide).map((one) => run.replace(one) ?? one);
  const isFile = (name: string) => run.ask(`file ${name}`);
  let isIndex = false;
  // A path that ends with a slash is a folder's, unless somebody knows better.
  const isFolder =
    sanitized.endsWith("/") || path === ""
      ? run.ask(`folder ${file}`)
      : !isFile(file) && run.ask(`folder ${file}`);
  if (isFolder) {
    const names = Array.isArray(handler.index_names)
      ? texts(handler.index_names)
      : ["index.html", "index.txt"];
    const index = names
      .map((name) => fileBelow(file, run.replace(name) ?? name))
      .find((name) => !isHidden(name, hidden) && isFile(name));
    if (index === undefined) {
      if (handler.browse !== undefined && !isHidden(file, hidden)) return { by: "files", root, file, status };
      return notFound(handler);
    }
    file = index;
    isIndex = true;
  } else if (!isFile(file)) return notFound(handler);
  if (isHidden(file, hidden)) return notFound(handler);
  const original = urlOf(run.asked.target).path ?? "";
  if (handler.canonical_uris !== false && base(original) === base(path) && isIndex !== original.endsWith("/"))
    return { by: "caddy", status: "308", location: isIndex ? `${original}/` : original.slice(0, -1) };
  if (!["GET", "HEAD"].includes(run.method) && run.error === undefined) throw new CaddyError(405);
  return { by: "files", root, file, status };
}

function notFound(handler: Readonly<Record<string, unknown>>): undefined {
  if (handler.pass_thru !== true) throw new CaddyError(404);
}

/** By a name anywhere in the path, or by the path of a file or folder. */
function isHidden(file: string, hidden: readonly string[]): boolean {
  return hidden.some((pattern) =>
    pattern.includes("/")
      ? file.startsWith(`${pattern}/`) || globMatches(pattern, file)
      : file.split("/").some((part) => globMatches(pattern, part)),
  );
}

/** Go's path.Base. */
function base(path: string): string {
  return path.replace(/\/+$/, "").replace(/^.*\//s, "") || (path === "" ? "." : "/");
}
