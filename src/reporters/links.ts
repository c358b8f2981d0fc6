/** Workspace paths as the repository's: for annotations, links and SARIF. Pure. */
import type { Checkout } from "../request/checkout.ts";

/**
 * A workspace path from the repository's root, as GitHub knows it; undefined for a file beside the
 * checkout. Without facts about the checkout it is the workspace.
 */
export function inRepository(path: string, checkout: Checkout | undefined): string | undefined {
  const folder = checkout?.folder ?? "";
  if (path === "" || path.startsWith("/") || path.startsWith("../")) return undefined;
  if (folder === "") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** The page of a line at the commit that is checked out; undefined when there is none. */
export function pageOf(path: string, line: number | undefined, checkout: Checkout | undefined) {
  const file = inRepository(path, checkout);
  if (file === undefined || !checkout?.source || !checkout.sha) return undefined;
  return `${checkout.source}/blob/${checkout.sha}/${uriOf(file)}${line === undefined ? "" : `#L${line}`}`;
}

/** A path as a relative URI: each segment escaped, so that none is read as a scheme or as Markdown. */
export function uriOf(path: string): string {
  return path
    .split("/")
    .map((segment) =>
      encodeURIComponent(segment.toWellFormed()).replace(
        /[()'!*~]/g,
        (one) => `%${one.charCodeAt(0).toString(16)}`,
      ),
    )
    .join("/");
}
