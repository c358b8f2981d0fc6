/** Caddy's handler `rewrite` (caddyserver.com/docs/json/apps/http/servers/routes/handle/rewrite). Pure. */
import { list, object, text, texts } from "../../../request/json.ts";
import { cleanPath, escapedPath, type Url, unescaped, withoutPrefix } from "./paths.ts";
import { replaceAll } from "./regexp.ts";
import type { Run, Value } from "./run.ts";

type Change = Readonly<Record<string, unknown>>;

/** Changes the method and the URL as the handler says, in Caddy's order. */
export function rewrite(change: Change, run: Run): void {
  if (text(change.method) !== "") run.method = (run.replace(text(change.method)) ?? run.method).toUpperCase();
  if (text(change.uri) !== "") run.url = withUri(text(change.uri), run);
  stripped(text(change.strip_path_prefix), run, (path, prefix) =>
    withoutPrefix(path, prefix.startsWith("/") ? prefix : `/${prefix}`),
  );
  stripped(text(change.strip_path_suffix), run, (path, suffix) =>
    reversed(withoutPrefix(reversed(path), reversed(suffix))),
  );
  for (const one of list(change.uri_substring).map(object)) {
    const [find, by] = [run.replace(text(one.find)), run.replace(text(one.replace))];
    const limit = typeof one.limit === "number" && one.limit > 0 ? one.limit : Number.POSITIVE_INFINITY;
    const replaced = (where: string) => replaceSome(where, find ?? "", by ?? "", limit);
    if (text(one.find) === "") continue;
    const isKnown = find !== undefined && by !== undefined;
    changePath(run, (path) =>
      isKnown ? replaced(cleanPath(path, !text(one.find).includes("//"))) : undefined,
    );
    const { query } = run.url;
    run.url = { ...run.url, query: isKnown && query !== undefined ? replaced(query) : undefined };
  }
  for (const one of list(change.path_regexp).map(object)) {
    const by = run.replace(text(one.replace));
    changePath(run, (path) => (by === undefined ? undefined : replaceAll(text(one.find), path, by)));
  }
  if (change.query !== undefined) run.url = { ...run.url, query: withQuery(object(change.query), run) };
}

function stripped(what: string, run: Run, without: (path: string, what: string) => string): void {
  if (what === "") return;
  const known = run.replace(what);
  changePath(run, (path) =>
    known === undefined ? undefined : without(cleanPath(path, !known.includes("//")), known),
  );
}

/** Changes the path in its escaped form, as Caddy's changePath does. */
function changePath(run: Run, change: (path: string) => Value): void {
  const sent = escapedPath(run.url);
  const changed = sent === undefined ? undefined : change(sent);
  if (changed === undefined) {
    run.url = { ...run.url, path: undefined, raw: "" };
    return;
  }
  const path = unescaped(changed);
  if (path !== undefined && path !== "") {
    run.url = { ...run.url, path, raw: changed === path ? "" : changed };
    return;
  }
  run.url = { ...run.url, path: change(run.url.path ?? ""), raw: changed };
}

/** A new URI: the parts that it does not name stay. */
function withUri(uri: string, run: Run): Url {
  const [, path = "", mark, query = ""] = /^([^?#]*)(\?)?([^#]*)/.exec(uri) ?? [];
  const escaped = escapedPath(run.url);
  const newPath =
    escaped === undefined && path.includes("{http.request.uri.path}")
      ? undefined
      : run.replace(path.replaceAll("{http.request.uri.path}", escaped ?? ""));
  // A placeholder may bring a query into the path.
  const [before = "", ...after] = newPath?.split("?") ?? [];
  const newQuery = query === "" ? after.join("?") : query;
  const url = { ...run.url };
  if (path !== "")
    Object.assign(url, newPath === undefined ? { path: undefined, raw: "" } : plain(before, url.raw));
  if (mark !== undefined) url.query = queryOf(newQuery, run);
  return url;
}

/** Caddy sets the path alone: the escaped form of before counts only if it still says the same. */
function plain(written: string, raw: string): Pick<Url, "path" | "raw"> {
  const path = unescaped(written) ?? written;
  return { path, raw: unescaped(raw) === path ? raw : "" };
}

/** The values of placeholders are escaped, but for a whole query. */
function queryOf(query: string, run: Run): Value {
  let isKey = true;
  const parts = query.split(/([=&])/).map((part) => {
    if (part === "=" || part === "&") {
      isKey = part === "&";
      return part;
    }
    if (isKey && part === "{http.request.uri.query}") return run.url.query;
    return run.replace(part, false, (value) => encodeURIComponent(value).replaceAll("%20", "+"));
  });
  return parts.includes(undefined) ? undefined : parts.join("").replace(/^&|&$/g, "");
}

/** `add`, `set`, `rename` and `delete` of query parameters. Go writes them in the order of their names. */
function withQuery(change: Change, run: Run): Value {
  const { query } = run.url;
  if (query === undefined || list(change.replace).length > 0) return undefined;
  const sent = new URLSearchParams(query);
  for (const [what, apply] of [
    [
      "rename",
      (key: string, to: string) => {
        for (const value of sent.getAll(key)) sent.append(to, value);
        sent.delete(key);
      },
    ],
    ["set", (key: string, value: string) => sent.set(key, value)],
    ["add", (key: string, value: string) => sent.append(key, value)],
  ] as const)
    for (const { key, val } of list(change[what]).map(object)) {
      const [name, value] = [run.replace(text(key)), run.replace(text(val))];
      if (name === undefined || value === undefined) return undefined;
      if (name !== "") apply(name, value);
    }
  for (const pattern of texts(change.delete)) {
    const name = run.replace(pattern);
    if (name === undefined) return undefined;
    sent.delete(name);
  }
  sent.sort();
  return sent.toString();
}

function replaceSome(where: string, find: string, by: string, limit: number): string {
  if (find === "") return where;
  const parts = where.split(find);
  if (parts.length <= limit + 1) return parts.join(by);
  return [parts.slice(0, limit + 1).join(by), ...parts.slice(limit + 1)].join(find);
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
