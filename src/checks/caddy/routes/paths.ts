/** Paths of URLs and files as Caddy treats them: Go's `path` and `net/url`, and Caddy's own CleanPath. Pure. */
import { posix } from "node:path";

/** The path and query of a request, as Go's `url.URL` keeps them. */
export interface Url {
  /** Decoded; undefined when it depends on something unknown. */
  readonly path: string | undefined;
  /** As it was sent, where that differs from how Go would write it; else empty. */
  readonly raw: string;
  /** Undefined when it depends on something unknown. */
  readonly query: string | undefined;
}

/** Reads `/a%20b?x=y`. */
export function urlOf(target: string): Url {
  const [, sent = "", query = ""] = /^([^?]*)\??(.*)$/s.exec(target) ?? [];
  return { ...withPath(sent), query };
}

/** A path that was written in its escaped form. One that is not valid stays as it is. */
export function withPath(sent: string): Pick<Url, "path" | "raw"> {
  const path = unescaped(sent);
  if (path === undefined || path === "") return { path: sent, raw: "" };
  return { path, raw: sent === escaped(path) ? "" : sent };
}

/** The path as Caddy sends it on. */
export function escapedPath({ path, raw }: Url): string | undefined {
  return path === undefined || raw !== "" ? raw || undefined : path === "*" ? path : escaped(path);
}

/** Path and query as Caddy sends them on. */
export function targetOf(url: Url): string | undefined {
  const path = escapedPath(url);
  if (path === undefined || url.query === undefined) return undefined;
  return (path === "" ? "/" : path) + (url.query === "" ? "" : `?${url.query}`);
}

function escaped(path: string): string {
  return encodeURI(path.toWellFormed()).replace(
    /[?!*'()#]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The text without its escapes; undefined when one of them is broken. */
export function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Go's path.Clean. */
export function clean(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, "$1");
}

/** Caddy's CleanPath: a trailing slash stays, and doubled slashes where they are not merged. */
export function cleanPath(path: string, mergeSlashes: boolean): string {
  const marked = mergeSlashes ? path : path.replace(/(?<=\/)\//g, "\uffff/");
  const cleaned = clean(marked).replaceAll("\uffff", "");
  return path.endsWith("/") && !cleaned.endsWith("/") ? `${cleaned}/` : cleaned;
}

/** Caddy's SanitizedPathJoin: the result is never outside of the root, and a trailing slash stays. */
export function fileBelow(root: string, path: string): string {
  const joined = clean(posix.join(root === "" ? "." : root, clean(`/${path}`)));
  return path.endsWith("/") && path.length > 1 && joined !== "/" ? `${joined}/` : joined;
}

/** One character of a glob: any text without a slash, or what a character must be. */
type GlobPart = "*" | ((char: string) => boolean);

/** Go's path.Match. A pattern that is not valid matches nothing. */
export function globMatches(pattern: string, text: string): boolean {
  const parts = globParts(pattern);
  if (parts === undefined) return false;
  let part = 0;
  let char = 0;
  let back: { readonly part: number; char: number } | undefined;
  while (char < text.length) {
    const wanted = parts[part];
    if (wanted === "*") {
      back = { part: ++part, char };
    } else if (wanted?.(text.charAt(char))) {
      part++;
      char++;
    } else {
      // The last star takes one character more, but never a slash.
      if (back === undefined || text.charAt(back.char) === "/") return false;
      back.char++;
      part = back.part;
      char = back.char;
    }
  }
  return parts.slice(part).every((one) => one === "*");
}

function globParts(pattern: string): GlobPart[] | undefined {
  const found = [...pattern.matchAll(/\*|\?|\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|([^\\[])|(.)/gs)];
  const parts = found.map(([all, escaped, not, set, plain]): GlobPart | undefined => {
    if (all === "*") return "*";
    if (all === "?") return (char) => char !== "/";
    if (set !== undefined) {
      const ranges = [...set.matchAll(/\\?(.)(?:-\\?(.))?/gs)];
      const has = (char: string) => ranges.some(([, low = "", high = low]) => low <= char && char <= high);
      return (char) => has(char) === (not === "");
    }
    const literal = escaped ?? plain;
    return literal === undefined ? undefined : (char) => char === literal;
  });
  return parts.includes(undefined) ? undefined : (parts as GlobPart[]);
}

/**
 * Caddy's trimPathPrefix: letters match in either case, and an escape in the prefix only the same escape.
 * @param path an escaped path
 */
export function withoutPrefix(path: string, prefix: string): string {
  let at = 0;
  let wanted = 0;
  for (; at < path.length && wanted < prefix.length; at++, wanted++) {
    let char = path.charAt(at);
    if (char === "%" && prefix.charAt(wanted) !== "%" && path.length >= at + 3) {
      char = unescaped(path.slice(at, at + 3)) ?? char;
      at += 2;
    }
    if (char.toLowerCase() !== prefix.charAt(wanted).toLowerCase()) return path;
  }
  return at >= prefix.length ? path.slice(at) : path;
}
