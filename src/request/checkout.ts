/**
 * Where the repository lies in the workspace, and at which commit: actions/checkout may put it into a
 * folder (`path`), take another commit (`ref`) or another repository. Annotations and links need to know.
 */
import { relative } from "node:path";
import { type Git, type GitFacts, originOf } from "./git.ts";
import type { Request } from "./request.ts";

export interface Checkout {
  /** The repository's root, relative to the workspace; empty when they are the same. */
  readonly folder: string;
  /** The commit that its files are of. */
  readonly sha: string;
  /** The repository's page, for links: `https://github.com/acme/shop`. Empty when unknown. */
  readonly source: string;
  /** The files are those of the commit that the run is about, so that annotations hit the right lines. */
  readonly annotated: boolean;
}

/** What git says of a folder's checkout. */
export interface Whereabouts {
  /** The folder's path from the checkout's root: `apps/shop/`; undefined where there is no git. */
  readonly prefix: string | undefined;
  /** URL of the remote `origin`, without credentials. */
  readonly origin: string;
}

/** Asks git where `folder` is in its checkout, in two calls at the same time. */
export async function whereabouts(git: Git, folder: string): Promise<Whereabouts> {
  const [prefix, origin] = await Promise.all([
    git(folder, ["rev-parse", "--show-prefix"]),
    originOf(git, folder),
  ]);
  // Git prints a line for the root too, an empty one: nothing at all means that there is no checkout.
  return { prefix: prefix === "" ? undefined : prefix.replace(/\n$/, ""), origin };
}

/**
 * @param folder the one that git was asked for
 * @param commit what is checked out; without it the event's commit is taken to be
 */
export function checkoutOf(
  { prefix, origin }: Whereabouts,
  folder: string,
  commit: GitFacts | undefined,
  { workspace, run }: Pick<Request, "workspace" | "run">,
): Checkout {
  const page = pageOf(origin);
  const ours = page === "" || run.source === "" || page.toLowerCase() === run.source.toLowerCase();
  const sha = commit?.head ?? run.sha;
  // A pull request's head is not the merge commit that the event names, and shows the same lines.
  const same = commit === undefined || [sha, ...commit.parents].includes(run.sha);
  return {
    folder: rootIn(workspace, folder, prefix ?? ""),
    sha,
    source: ours ? run.source : sameHost(page, run.source) ? page : "",
    annotated: ours && (same || run.event.startsWith("pull_request")),
  };
}

/** The folder without its prefix, relative to the workspace. */
function rootIn(workspace: string, folder: string, prefix: string): string {
  const inner = prefix.replace(/\/$/, "");
  const root =
    inner === "" ? folder : folder.endsWith(`/${inner}`) ? folder.slice(0, -inner.length - 1) : workspace;
  const path = relative(workspace, root);
  return path.startsWith("..") ? "" : path;
}

/** `git@github.com:acme/shop.git` → `https://github.com/acme/shop`; empty for what is no such URL. */
function pageOf(origin: string): string {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(origin) ??
    /^(?:[^/@]+@)?([^/:]+):(?!\/)(.+)$/.exec(origin);
  if (match === null) return "";
  const [, host = "", path = ""] = match;
  return `https://${host}/${path.replace(/\/$/, "").replace(/\.git$/, "")}`;
}

/** Pages of the same server have the same form. */
function sameHost(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).hostname === new URL(b).hostname;
}
