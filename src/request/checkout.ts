/**
 * Where the repository lies in the workspace, and at which commit: actions/checkout may put it into a
 * folder (`path`), take another commit (`ref`) or another repository. Annotations and links need to know.
 */
import { relative } from "node:path";
import { ask, type Exec, type GitFacts, withoutCredentials } from "./git.ts";
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

/** Asks git: two calls side by side. */
export async function whereabouts(exec: Exec, folder: string): Promise<Whereabouts> {
  const [prefix, origin] = await Promise.all([
    ask(exec, folder, ["rev-parse", "--show-prefix"]),
    ask(exec, folder, ["config", "--get", "remote.origin.url"]),
  ]);
  // A root has the empty prefix, and prints a line nevertheless.
  const known = prefix === "" ? undefined : prefix.replace(/\n$/, "");
  return { prefix: known, origin: withoutCredentials(origin.trim()) };
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
