/**
 * Where the repository is in the workspace, and which commit of it is checked out. actions/checkout may put it into
 * a folder (`path`), and may take another commit (`ref`) or another repository. Annotations and links depend on it.
 */
import { relative } from "node:path";
import { type Git, type GitFacts, originOf } from "./git.ts";
import type { Request } from "./request.ts";

export interface Checkout {
  /** The repository's root, relative to the workspace; empty when they are the same. */
  readonly folder: string;
  /** The commit that is checked out. */
  readonly sha: string;
  /** The repository's page, for links: `https://github.com/acme/shop`. Empty when unknown. */
  readonly source: string;
  /** Whether the files are those of the run's commit: only then do annotations hit the right lines. */
  readonly annotated: boolean;
}

/**
 * Asks git where `folder` is in its checkout, in two calls at the same time.
 * @returns the folder's path from the root of the checkout, like `apps/shop/` (empty for the root, or without a checkout),
 *   and the URL of the remote `origin`, without credentials
 */
export async function whereabouts(git: Git, folder: string) {
  const [prefix, origin] = await Promise.all([
    git(folder, ["rev-parse", "--show-prefix"]),
    originOf(git, folder),
  ]);
  return { prefix: prefix.replace(/\n$/, ""), origin };
}

/**
 * Describes the checkout, from what git said about it and from the run.
 * @param folder the folder that git was asked about
 * @param commit the commit that is checked out; when git does not know it, the event's commit is assumed
 */
export function checkoutOf(
  { prefix, origin }: Awaited<ReturnType<typeof whereabouts>>,
  folder: string,
  commit: GitFacts | undefined,
  { workspace, run }: Pick<Request, "workspace" | "run">,
): Checkout {
  const page = pageOf(origin);
  const ours = page === "" || run.source === "" || page.toLowerCase() === run.source.toLowerCase();
  const sha = commit?.head ?? run.sha;
  // The head of a pull request is not the merge commit of its event, but has the same lines.
  const same = commit === undefined || [sha, ...commit.parents].includes(run.sha);
  return {
    folder: rootIn(workspace, folder, prefix),
    sha,
    source: ours ? run.source : sameHost(page, run.source) ? page : "",
    annotated: ours && (same || run.event.startsWith("pull_request")),
  };
}

/** The root of the checkout, relative to the workspace. */
function rootIn(workspace: string, folder: string, prefix: string): string {
  const inner = prefix.replace(/\/$/, "");
  const root =
    inner === "" ? folder : folder.endsWith(`/${inner}`) ? folder.slice(0, -inner.length - 1) : workspace;
  const path = relative(workspace, root);
  return path.startsWith("..") ? "" : path;
}

/** `git@github.com:acme/shop.git` → `https://github.com/acme/shop`; empty for any other form. */
function pageOf(origin: string): string {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(origin) ??
    /^(?:[^/@]+@)?([^/:]+):(?!\/)(.+)$/.exec(origin);
  if (match === null) return "";
  const [, host = "", path = ""] = match;
  return `https://${host}/${path.replace(/\/$/, "").replace(/\.git$/, "")}`;
}

/** Whether two pages are on the same server: then their URLs have the same form. */
function sameHost(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).hostname === new URL(b).hostname;
}
