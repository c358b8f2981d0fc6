/** What git knows of a checkout. Git is only asked: nothing here changes a repository. */
import { query } from "../process/query.ts";

/** Facts about the commit that is checked out in a folder. */
export interface GitFacts {
  /** Full id of HEAD's commit. */
  readonly head: string;
  /** Full ids of its parents, also in a shallow clone. */
  readonly parents: readonly string[];
  /** The commit's own time (the committer's): ISO 8601 in UTC, to the second. */
  readonly committed: string;
  /** URL of the remote `origin`, without credentials; empty when there is none or it was not asked for. */
  readonly origin: string;
  /** Branches of `origin` that point at HEAD, without `origin/`; empty when they were not asked for. */
  readonly remoteBranches: readonly string[];
  /** Tags that point at HEAD; empty when they were not asked for. */
  readonly tags: readonly string[];
  /** Whether there is a remote next to `origin`; false when it was not asked for. */
  readonly hasOtherRemotes: boolean;
  /**
   * What the folder has beyond its commit: changed, added and ignored files, and other checkouts, as paths from the
   * root of the checkout. Undefined when git could not say, or was not asked.
   */
  readonly changes?: readonly string[];
}

/**
 * Asks git one question about a folder. Gives what git printed; the empty string when git is missing, the
 * folder is in no repository, or the command failed.
 */
export type Git = (folder: string, command: readonly string[]) => Promise<string>;

/**
 * @param environment that of the git processes: without the step's inputs and tokens. Git must not write into a repository,
 *   and must not fetch what a partial clone lacks: its settings may name a program for that.
 */
export function gitWith(environment: NodeJS.ProcessEnv): Git {
  const env = { ...environment, GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0" };
  return async (folder, command) => {
    try {
      const { code, stdout } = await query(["git", ...SAFELY, "-C", folder, ...command], { env });
      return code === 0 ? stdout : "";
    } catch {
      return "";
    }
  };
}

const SAFELY = [
  "--no-replace-objects",
  // The runner's user is often not the owner of the checkout (container jobs).
  "-c",
  "safe.directory=*",
  // A pull request may add a folder that looks like a bare repository, with a HEAD of its own choice.
  "-c",
  "safe.bareRepository=explicit",
  // No program that the repository's settings name.
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "protocol.allow=never",
];

/**
 * Prints HEAD's commit as it is stored. `git log --format=%P` would print no parents in a shallow clone, and
 * obeys the user's `log.*` settings; this command does neither.
 */
const COMMIT = ["rev-list", "--max-count=1", "--header", "HEAD", "--"];

/**
 * What a folder has beyond its commit. `--branch` prints a first line in any case: no output is no answer. Git may start a
 * filter that the repository's settings name, so this is asked of the workspace's own checkout alone.
 */
const STATUS = [
  "status",
  "--porcelain=v1",
  "-z",
  "--branch",
  "--ignored=matching",
  "--untracked-files=normal",
  "--ignore-submodules=none",
  "--",
  ".",
];

/**
 * Reads the facts about the commit that is checked out in `folder`.
 * @param more whether to ask for `origin` with its branches and the tags too (three more calls), and for what the folder
 *   has beyond its commit (one more): only some events need them, see `questionsOf`
 * @returns undefined when git is missing, or `folder` is in no repository or in one without a commit
 */
export async function gitFacts(
  git: Git,
  folder: string,
  more: { readonly refs: boolean; readonly changes: boolean } = { refs: false, changes: false },
): Promise<GitFacts | undefined> {
  const commit = parseCommit(await git(folder, COMMIT));
  if (commit === undefined) return undefined;
  if (!more.refs) return { ...commit, origin: "", hasOtherRemotes: false, remoteBranches: [], tags: [] };
  const places = ["refs/remotes/origin/", "refs/tags/"];
  const [origin, remotes, printed, status] = await Promise.all([
    originOf(git, folder),
    git(folder, ["config", "--name-only", "--get-regexp", "^remote\\..*\\.url$"]),
    git(folder, ["for-each-ref", `--points-at=${commit.head}`, "--format=%(refname)", ...places]),
    more.changes ? git(folder, STATUS) : "",
  ]);
  const refs = printed.split("\n");
  const [remoteBranches = [], tags = []] = places.map((place) =>
    refs.filter((ref) => ref.startsWith(place)).map((ref) => ref.slice(place.length)),
  );
  const facts = {
    ...commit,
    origin,
    hasOtherRemotes: remotes.split("\n").some((name) => name !== "" && name !== "remote.origin.url"),
    remoteBranches: remoteBranches.filter((name) => name !== "HEAD"),
    tags,
  };
  const changes = parseStatus(status);
  return changes === undefined ? facts : { ...facts, changes };
}

/** Reads what `git status -z --branch` prints. A renamed file has two entries; the second is its old name alone. */
function parseStatus(text: string): readonly string[] | undefined {
  const [branch = "", ...entries] = text.split("\0");
  if (!branch.startsWith("## ")) return undefined;
  return entries.filter((entry) => entry !== "").map((entry) => entry.replace(/^[ MADRCUT?!]{2} /, ""));
}

/** URL of the remote `origin`, without credentials; empty when there is none. */
export async function originOf(git: Git, folder: string): Promise<string> {
  const url = await git(folder, ["config", "--get", "remote.origin.url"]);
  return url.trim().replace(/\/\/[^/@]*@/, "//");
}

/** Reads what `git rev-list --header` prints: the commit's id, its headers, an empty line, its message. */
export function parseCommit(text: string): Pick<GitFacts, "head" | "parents" | "committed"> | undefined {
  const [first = "", ...rest] = text.split("\n");
  const head = /^([0-9a-f]{40}|[0-9a-f]{64})$/.exec(first)?.[1];
  const end = rest.indexOf("");
  const headers = end === -1 ? rest : rest.slice(0, end);
  const committer = headers.find((line) => line.startsWith("committer "));
  const seconds = /> (-?\d{1,12}) [+-]\d{4}$/.exec(committer ?? "")?.[1];
  if (head === undefined || seconds === undefined) return undefined;
  const parents = headers.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
  const committed = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
  return { head, parents, committed };
}
