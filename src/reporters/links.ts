/** Turns workspace paths into repository paths and links, for annotations, the summary and SARIF. Pure. */
import type { Checkout } from "../request/checkout.ts";

/**
 * A workspace path as a path from the root of the repository; undefined for a file outside the checkout. When
 * nothing is known about the checkout, it is taken to be the workspace.
 */
export function inRepository(path: string, checkout: Checkout | undefined): string | undefined {
  const folder = checkout?.folder ?? "";
  if (path === "" || path.startsWith("/") || path.startsWith("../")) return undefined;
  if (folder === "") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** The URL of a file or line at the commit that is checked out; undefined when it is not known. */
export function pageOf(path: string, line: number | undefined, checkout: Checkout | undefined) {
  const file = inRepository(path, checkout);
  if (file === undefined || !checkout?.source || !checkout.sha) return undefined;
  return `${checkout.source}/blob/${checkout.sha}/${uriOf(file)}${line === undefined ? "" : `#L${line}`}`;
}

/** A path as a relative URI. Each segment is escaped, so that it is not read as a scheme or as Markdown. */
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
