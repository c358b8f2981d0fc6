/**
 * Whose commit is built. The events that GitHub starts for anyone run with this repository's secrets, and other events
 * tell the workflow what to check out. Pure: the runner's variables, the event's payload and git's facts go in.
 */
import type { GitFacts } from "./git.ts";
import { at, text } from "./json.ts";
import { show } from "./problems.ts";

/**
 * What git says of a folder's checkout. `elsewhere`: it is in another checkout than the workspace's own, and on this event
 * nobody knows who made that one, so git was not asked. Undefined: git has no answer.
 */
export type CheckoutFacts = GitFacts | "elsewhere" | undefined;

/** What is known of the event and of the checkouts. */
export interface EventFacts {
  readonly env: NodeJS.ProcessEnv;
  /** The parsed event file. It may be anything, for the file may be missing or malformed. */
  readonly payload: unknown;
  /** Facts about the checkout of each folder that the build reads. */
  readonly checkouts: readonly CheckoutFacts[];
  /** URLs that the build reads: the context and those of `build-contexts`. */
  readonly urls: readonly string[];
}

/** The events that this repository's own people or its clock start, and those of pull requests without secrets. */
export const WITHOUT_STRANGERS =
  /^(push|release|schedule|workflow_dispatch|repository_dispatch|merge_group|create|pull_request(_review|_review_comment)?|)$/;
/** Nothing in these events' payload is anyone's text. */
const WITHOUT_INPUT = ["release", "schedule"];

/**
 * Why the commit that would be released may be a stranger's. On `push` it is what was pushed. The other events tell the
 * workflow what to check out, in their inputs or their payload, and that may be the head of anyone's pull request.
 */
export function strangersCommit(facts: EventFacts): string | undefined {
  const { env, checkouts, urls } = facts;
  const event = env.GITHUB_EVENT_NAME ?? "";
  if (event === "push") return undefined;
  const own = ownCommits(facts);
  const url = WITHOUT_INPUT.includes(event) ? undefined : urls.find((one) => !isOwnUrl(one, env, own));
  if (url !== undefined)
    return (
      `On ${event} only a commit of this repository is released, and ${show(url)} may be anyone's: GitHub serves a fork's commits ` +
      "from the original repository too. Name a branch or a tag of this repository (`URL#main`); or release on `push`."
    );
  if (urls.length > 0 && checkouts.length === 0) return undefined;
  if (checkouts.length === 0 || checkouts.includes(undefined) || checkouts.includes("elsewhere"))
    return `On ${event} only a commit of this repository is released, and git cannot say which commit is checked out. See that the job has git, and that actions/checkout runs after git is there. ${WAY_OUT}`;
  const known = checkouts.filter((one) => typeof one === "object");
  const stranger = known.find((one) => !own.includes(one.head) && !hasAName(one, env));
  if (stranger === undefined) return undefined;
  const commit = stranger.head.slice(0, 12);
  const why = isOrigin(stranger.origin, env, ownerOf(env))
    ? "no branch or tag of `origin` points at it"
    : `its \`origin\` (${show(stranger.origin)}) is no repository of this owner`;
  return `On ${event} only a commit of this repository is released. The one that is checked out (${commit}) is not the event's commit, and ${why}, so it may be anyone's. ${WAY_OUT}`;
}

const WAY_OUT =
  "Check out a branch or a tag of this repository, as `ref: main` of actions/checkout does, and not a commit's id; or release on `push`.";

/** The commits that the event is about, where they are this repository's. */
function ownCommits({ env, payload }: EventFacts): readonly string[] {
  const event = env.GITHUB_EVENT_NAME ?? "";
  const isOfAFork = foreignHeadOf(event, payload, env) !== undefined;
  const heads = isOfAFork
    ? []
    : [text(at(payload, "workflow_run", "head_sha")), text(at(payload, "pull_request", "head", "sha"))];
  return [env.GITHUB_SHA ?? "", ...heads].filter((sha) => sha !== "");
}

/** Whether a branch or a tag of a repository of the same owner points at a checkout. */
function hasAName(facts: GitFacts, env: NodeJS.ProcessEnv): boolean {
  if (!isOrigin(facts.origin, env, ownerOf(env))) return false;
  // A tag does not say where it comes from: a fetch from another remote brings that one's tags along.
  return hasOwnBranch(facts) || (facts.tags.length > 0 && !facts.hasOtherRemotes);
}

function ownerOf(env: NodeJS.ProcessEnv): string {
  return (env.GITHUB_REPOSITORY ?? "").replace(/\/.*/, "/");
}

/** Pull requests that were fetched as branches are not the repository's. */
function hasOwnBranch({ remoteBranches }: GitFacts): boolean {
  return remoteBranches.some(
    (name) => !/^(pulls?|prs?|pull-?requests?|merge-?requests?)\/\d+(\/(head|merge))?$/i.test(name),
  );
}

/**
 * Whether a URL is this repository at a branch, a tag or one of its own commits. Anything that BuildKit might read in
 * another way (an encoded name, a query, a second `#`) is not.
 */
function isOwnUrl(url: string, env: NodeJS.ProcessEnv, own: readonly string[]): boolean {
  const [, place = "", , ref = ""] = /^([^#?%]*?)(#([\w./-]*)(:[\w./-]*)?)?$/.exec(url) ?? [];
  if (!isOrigin(place, env, env.GITHUB_REPOSITORY ?? "")) return false;
  if (ref === "" || own.includes(ref) || /^refs\/(heads|tags)\/[\w.-]/.test(ref)) return true;
  return !/^[0-9a-f]{7,64}$|^refs\/|^(pulls?|prs?)\//i.test(ref);
}

/** The commit that an event is about, when it comes from a fork or may come from one. */
interface ForeignHead {
  readonly who: string;
  /** The commit's id; empty when the payload does not name it. */
  readonly sha: string;
}

/** Why nothing may be built: a stranger's code would run with this repository's secrets. */
export function refuseStrangers(facts: EventFacts): string | undefined {
  const { env, payload, checkouts, urls } = facts;
  const event = env.GITHUB_EVENT_NAME ?? "";
  const theirs = foreignHeadOf(event, payload, env);
  if (theirs === undefined) return undefined;
  if (urls.length > 0) return refusal(event, `${show(urls[0] ?? "")} is a URL, so it may be ${theirs.who}`);
  if (checkouts.includes("elsewhere"))
    return refusal(
      event,
      `the build reads another checkout than the workspace's own, which may be ${theirs.who}`,
    );
  if (checkouts.length === 0 || checkouts.includes(undefined))
    return refusal(event, `git cannot say which commit is checked out, so it may be ${theirs.who}`);
  const known = checkouts.filter((one) => typeof one === "object");
  const foreign = known.find((one) => !isOurs(one, theirs, env));
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
 * Whether a URL of git is this repository's, or that of one of an owner (`acme/`). In a fork's clone `refs/remotes/origin/*`
 * are the fork's branches.
 */
function isOrigin(origin: string, env: NodeJS.ProcessEnv, wanted: string): boolean {
  const server = (env.GITHUB_SERVER_URL ?? "https://github.com").replace(/^https?:\/\//, "").toLowerCase();
  const place = /^(?:(?:https?|ssh|git):\/\/)?(?:[^/@]*@)?(.+)$/.exec(origin)?.[1] ?? "";
  const plain = place
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .toLowerCase();
  const [, host = "", path = ""] = /^([^/:]+)(?::\d+(?=\/))?[/:](.+)$/.exec(plain) ?? [];
  if (host !== server.replace(/:\d+$/, "") || !/^[\w-][\w.-]*\/[\w.-]+$/.test(path)) return false;
  const name = wanted.toLowerCase();
  return name.endsWith("/") ? path.startsWith(name) && !/^\.+$/.test(path.slice(name.length)) : path === name;
}

/** The name of a fork; undefined for this repository. A deleted or unnamed repository counts as a fork. */
export function forkNamed(repo: unknown, env: NodeJS.ProcessEnv): string | undefined {
  const name = text(at(repo, "full_name"));
  if (name === "") return "deleted or not named by the event";
  return name.toLowerCase() === (env.GITHUB_REPOSITORY ?? "").toLowerCase() ? undefined : show(name);
}
