/** What git knows of a checkout. Asked, never changed; without git or a commit there is nothing to know. */

/** Facts about the commit that is checked out in a folder. */
export interface GitFacts {
  /** Full id of HEAD's commit. */
  readonly head: string;
  /** Full ids of its parents, also in a shallow clone. */
  readonly parents: readonly string[];
  /** The commit's own time (the committer's): ISO 8601 in UTC, to the second. */
  readonly committed: string;
  /** URL of the remote `origin`, without credentials; empty when it was not asked for or there is none. */
  readonly origin: string;
  /** Branches of `origin` that point at HEAD, without `origin/`; empty when they were not asked for. */
  readonly remoteBranches: readonly string[];
}

/** Starts one program to its end. May reject when it cannot be started. */
export type Exec = (
  argv: readonly [string, ...string[]],
  options: { readonly stdin?: string },
) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;

/**
 * Reads the facts about `folder`'s checkout.
 * @param where ask for `origin` and its branches too: two more calls, which only the events of
 *   `asksForBranches` need
 */
export async function gitFacts(
  exec: Exec,
  folder: string,
  where: { readonly branches: boolean } = { branches: false },
): Promise<GitFacts | undefined> {
  const commit = parseCommit(await ask(exec, folder, ["cat-file", "--batch"], "HEAD\n"));
  if (commit === undefined) return undefined;
  if (!where.branches) return { ...commit, origin: "", remoteBranches: [] };
  const format = "--format=%(refname:lstrip=3)";
  const [origin, branches] = await Promise.all([
    ask(exec, folder, ["config", "--get", "remote.origin.url"]),
    ask(exec, folder, ["for-each-ref", `--points-at=${commit.head}`, format, "refs/remotes/origin/"]),
  ]);
  return { ...commit, origin: withoutCredentials(origin.trim()), remoteBranches: parseBranches(branches) };
}

export function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}

/** Standard output of one git command; empty when git is missing or the command failed. */
export async function ask(
  exec: Exec,
  folder: string,
  command: readonly string[],
  stdin = "",
): Promise<string> {
  try {
    const exit = await exec(["git", ...SAFELY, "-C", folder, ...command], { stdin });
    return exit.code === 0 ? exit.stdout : "";
  } catch {
    return "";
  }
}

const SAFELY = [
  "--no-replace-objects",
  // The runner's user is often not the owner of the checkout (container jobs).
  "-c",
  "safe.directory=*",
  // A folder of the repository could be dressed up as a bare repository with a HEAD of its own choice.
  "-c",
  "safe.bareRepository=explicit",
];

/** Reads what `git cat-file --batch` prints of a commit: `<id> commit <size>`, its headers, its message. */
export function parseCommit(text: string): Pick<GitFacts, "head" | "parents" | "committed"> | undefined {
  const [first = "", ...rest] = text.split("\n");
  const head = /^([0-9a-f]{40}|[0-9a-f]{64}) commit \d+$/.exec(first)?.[1];
  const end = rest.indexOf("");
  const headers = end === -1 ? rest : rest.slice(0, end);
  const committer = headers.find((line) => line.startsWith("committer "));
  const seconds = /> (-?\d{1,12}) [+-]\d{4}$/.exec(committer ?? "")?.[1];
  if (head === undefined || seconds === undefined) return undefined;
  const parents = headers.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
  return { head, parents, committed: instant(Number(seconds)) };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function parseBranches(text: string): readonly string[] {
  return text.split("\n").filter((name) => name !== "" && name !== "HEAD");
}
