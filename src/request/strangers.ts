/**
 * Whose commit is built. The events that GitHub starts for anyone run with this repository's secrets, and other events
 * tell the workflow what to check out. Pure: the runner's variables, the event's payload and git's facts go in.
 */
import type { GitFacts } from "./git.ts";
import { at, text } from "./json.ts";
import { show } from "./problems.ts";

/** What is known of the event and of the checkouts. */
export interface EventFacts {
  readonly env: NodeJS.ProcessEnv;
  /** The parsed event file. It may be anything, for the file may be missing or malformed. */
  readonly payload: unknown;
  /** Facts about the checkout of each folder that the build reads; `undefined` where git has none. */
  readonly checkouts: readonly (GitFacts | undefined)[];
  /** The context, if it is a URL: then its commit is not known. Empty for a folder. */
  readonly remoteContext: string;
}

/** The events that this repository's own people or its clock start, and those of pull requests without secrets. */
export const WITHOUT_STRANGERS =
  /^(push|release|schedule|workflow_dispatch|repository_dispatch|merge_group|create|deployment|pull_request(_review|_review_comment)?|)$/;

/**
 * Why the commit that would be released may be a stranger's. On `push` it is what was pushed. The other events tell the
 * workflow what to check out, in their inputs or their payload, and that may be the head of anyone's pull request.
 */
export function strangersCommit({ env, payload, checkouts, remoteContext }: EventFacts): string | undefined {
  const event = env.GITHUB_EVENT_NAME ?? "";
  if (event === "push") return undefined;
  const wayOut =
    "Check out a branch or a tag of this repository, as `ref: main` of actions/checkout does, and not a commit's id; or release on `push`.";
  if (remoteContext !== "") {
    return isOwnRef(remoteContext, env)
      ? undefined
      : `\`context\` names a commit or a pull request of this repository, and on ${event} that may be anyone's, so it is not released. Name a branch or a tag; or release on \`push\`.`;
  }
  if (checkouts.length === 0 || checkouts.includes(undefined))
    return `On ${event} only a commit of this repository is released, and git cannot say which commit is checked out. See that the job has git, and that actions/checkout runs after git is there. ${wayOut}`;
  const stranger = checkouts.find((facts) => facts !== undefined && !hasAName(facts, payload, env));
  if (stranger === undefined) return undefined;
  const commit = stranger.head.slice(0, 12);
  return `On ${event} only a commit of this repository is released. The one that is checked out (${commit}) is not the event's commit, and no branch or tag of \`origin\` points at it, so it may be anyone's. ${wayOut}`;
}

/**
 * Whether a checkout is the event's own commit, or a branch or a tag of a repository of the same owner. After a workflow
 * run the event's commit is the run's, which `refuseStrangers` has found to be this repository's.
 */
function hasAName(facts: GitFacts, payload: unknown, env: NodeJS.ProcessEnv): boolean {
  const own = env.GITHUB_EVENT_NAME === "workflow_run" ? text(at(payload, "workflow_run", "head_sha")) : "";
  const isOfAFork = foreignHeadOf(env.GITHUB_EVENT_NAME ?? "", payload, env) !== undefined;
  if (facts.head === env.GITHUB_SHA || (!isOfAFork && facts.head === own)) return true;
  return isOrigin(facts.origin, env, ownerOf(env)) && (facts.tags.length > 0 || hasOwnBranch(facts));
}

function ownerOf(env: NodeJS.ProcessEnv): string {
  return (env.GITHUB_REPOSITORY ?? "").replace(/\/.*/, "/");
}

/** Branches that a fetch of pull requests made are not the repository's. */
function hasOwnBranch({ remoteBranches }: GitFacts): boolean {
  return remoteBranches.some((name) => !/^(pull|pr)\//.test(name));
}

/**
 * Whether a context's URL names no commit and no pull request of this repository. GitHub serves the commits of forks
 * from every repository of their network. Another repository is the workflow's own choice.
 */
function isOwnRef(url: string, env: NodeJS.ProcessEnv): boolean {
  const [, place = "", query = "", fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const name = env.GITHUB_REPOSITORY ?? "";
  if (
    !place
      .toLowerCase()
      .replace(/\/$/, "")
      .replace(/\.git$/, "")
      .endsWith(name.toLowerCase())
  )
    return true;
  const asked = new URLSearchParams(query);
  const refs = [
    fragment.replace(/:.*/s, ""),
    ...["ref", "commit", "checksum"].flatMap((key) => asked.getAll(key)),
  ];
  const isOwn = (ref: string) =>
    ref === "" || ref === env.GITHUB_SHA || !/^[0-9a-f]{7,64}$|^(refs\/)?(pull|pr)\//i.test(ref);
  return refs.every(isOwn);
}

/** The commit that an event is about, when it comes from a fork or may come from one. */
interface ForeignHead {
  readonly who: string;
  /** The commit's id; empty when the payload does not name it. */
  readonly sha: string;
}

/** Why nothing may be built: a stranger's code would run with this repository's secrets. */
export function refuseStrangers(facts: EventFacts): string | undefined {
  const { env, payload, checkouts, remoteContext } = facts;
  const event = env.GITHUB_EVENT_NAME ?? "";
  const theirs = foreignHeadOf(event, payload, env);
  if (theirs === undefined) return undefined;
  if (remoteContext !== "") return refusal(event, `the context is a URL, so it may be ${theirs.who}`);
  if (checkouts.length === 0 || checkouts.includes(undefined))
    return refusal(event, `git cannot say which commit is checked out, so it may be ${theirs.who}`);
  const known = checkouts.filter((facts) => facts !== undefined);
  const foreign = known.find((facts) => !isOurs(facts, theirs, env));
  if (foreign !== undefined) {
    const certain = theirs.sha !== "" && [foreign.head, ...foreign.parents].includes(theirs.sha);
    const perhaps = certain ? "" : "on no branch of this repository, so it may be ";
    const commit = foreign.head.slice(0, 12);
    return refusal(event, `the commit that is checked out (${commit}) is ${perhaps}${theirs.who}`);
  }
  const changed = known.find(({ changes }) => changes === undefined || changes.length > 0);
  if (changed === undefined) return undefined;
  const names = (changed.changes ?? []).slice(0, 3).map(show).join(", ");
  return refusal(
    event,
    names === ""
      ? "git cannot say whether files were added to the checkout, so they may be anyone's"
      : `the context has files that are not of its commit (${names}), so they may be of ${theirs.who}`,
  );
}

function refusal(event: string, what: string): string {
  return (
    `${event} runs with this repository's secrets and a token that may write, and ${what}. ` +
    "A build would run that code with them, so nothing of it was run. Build pull requests on " +
    "`pull_request`, where GitHub withholds secrets from forks; shipshape checks there and does not push."
  );
}

function foreignHeadOf(event: string, payload: unknown, env: NodeJS.ProcessEnv): ForeignHead | undefined {
  if (event === "pull_request_target") return headIn(at(payload, "pull_request", "head"), "repo", "sha", env);
  if (event === "workflow_run")
    return headIn(at(payload, "workflow_run"), "head_repository", "head_sha", env);
  // The payload does not name the commit: `gh pr checkout` in answer to a comment, a label, a check's end.
  return WITHOUT_STRANGERS.test(event)
    ? undefined
    : { who: "the head of a pull request that anyone may have opened", sha: "" };
}

function headIn(of: unknown, repo: string, sha: string, env: NodeJS.ProcessEnv): ForeignHead | undefined {
  const fork = forkNamed(at(of, repo), env);
  if (fork === undefined) return undefined;
  return { who: `the head of a fork (${fork})`, sha: text(at(of, sha)) };
}

/**
 * Whether a checkout holds this repository's own code: the event's own commit, or a branch of this
 * repository. The foreign commit and a merge of it are never its own.
 */
function isOurs(facts: GitFacts, theirs: ForeignHead, env: NodeJS.ProcessEnv): boolean {
  if (facts.head === env.GITHUB_SHA) return true;
  if (theirs.sha !== "" && [facts.head, ...facts.parents].includes(theirs.sha)) return false;
  return isOrigin(facts.origin, env, env.GITHUB_REPOSITORY ?? "") && hasOwnBranch(facts);
}

/**
 * Whether `origin` is this repository, or one of an owner (`acme/`). In a fork's clone `refs/remotes/origin/*` are the
 * fork's branches.
 */
function isOrigin(origin: string, env: NodeJS.ProcessEnv, wanted: string): boolean {
  const host = (env.GITHUB_SERVER_URL ?? "https://github.com").replace(/^https?:\/\//, "");
  const ours = `${host}/${wanted}`.toLowerCase();
  const place = /^(?:(?:https?|ssh|git):\/\/)?(?:[^/@]*@)?(.+)$/.exec(origin)?.[1] ?? "";
  const plain = place
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .toLowerCase();
  return [plain, plain.replace(":", "/")].some((one) =>
    wanted.endsWith("/") ? one.startsWith(ours) && one.length > ours.length : one === ours,
  );
}

/** The name of a fork; undefined for this repository. A deleted or unnamed repository counts as a fork. */
export function forkNamed(repo: unknown, env: NodeJS.ProcessEnv): string | undefined {
  const name = text(at(repo, "full_name"));
  if (name === "") return "deleted or not named by the event";
  return name.toLowerCase() === (env.GITHUB_REPOSITORY ?? "").toLowerCase() ? undefined : show(name);
}
