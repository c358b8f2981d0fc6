/**
 * What the event allows: whether the image may be pushed, and whether it may be built at all. Pure: the
 * runner's variables, the event's payload and git's facts go in.
 *
 * Dangerous are the events that run with this repository's secrets although anyone may have written the code
 * (docs.github.com, "Securely using pull_request_target"; actions/checkout 7 has the same guard).
 */
import type { GitFacts } from "./git.ts";
import { text } from "./json.ts";
import { show } from "./problems.ts";
import type { PushWish } from "./request.ts";

/** The `push` input. */
export const PUSH_WISHES = ["auto", "true", "false"] as const;
export type Wish = (typeof PUSH_WISHES)[number];

/** What the decision depends on. */
export interface EventFacts {
  readonly wish: Wish;
  readonly env: NodeJS.ProcessEnv;
  /** The parsed event file. It may be anything, for the file may be missing or malformed. */
  readonly payload: unknown;
  /** Facts about the checkout of each folder that the build reads; `undefined` where git has none. */
  readonly checkouts: readonly (GitFacts | undefined)[];
  /** Whether the context is a URL: then its commit is not known. */
  readonly remoteContext: boolean;
}

export interface Decision {
  readonly push: PushWish;
  /** Why nothing may be built. The step must end with this sentence. */
  readonly refusal?: string;
  /** A sentence for a notice: the workflow asked for something that the event does not allow. */
  readonly notice?: string;
}

const PULL_REQUEST_EVENT = /^pull_request(_target|_review|_review_comment)?$/;
/** Other events than pull requests in which Dependabot's runs get a token that may only read. */
const DEPENDABOT_READS_ONLY = ["push", "create", "deployment", "deployment_status"];
/** Events that may be about a fork's code, and run with secrets and a token that may write. */
const TRUSTED_EVENTS = ["pull_request_target", "workflow_run", "issue_comment"];

/** Whether the decision needs to know `origin` and its branches for every checkout. */
export function asksForBranches(env: NodeJS.ProcessEnv): boolean {
  return TRUSTED_EVENTS.includes(env.GITHUB_EVENT_NAME ?? "");
}

/** Decides what the event allows. */
export function decide(facts: EventFacts): Decision {
  const refusal = refuse(facts);
  if (refusal !== undefined) return { ...no(refusal), refusal };
  const { wish, env, payload } = facts;
  if (wish === "false") return no("`push` is `false`.");
  const event = env.GITHUB_EVENT_NAME ?? "";
  if (PULL_REQUEST_EVENT.test(event) || /^refs\/pull\//.test(env.GITHUB_REF ?? "")) {
    const fork = forkNamed(at(payload, "pull_request", "head", "repo"), env);
    if (wish === "auto") return no(`\`push\` is \`auto\`, and nothing is pushed on ${event}.`);
    if (fork === undefined) return { push: { push: true } };
    return noticed(`A pull request from a fork (${fork}) is checked, never pushed.`);
  }
  if (wish === "true") return { push: { push: true } };
  if (event === "merge_group") return no("`push` is `auto`, and nothing is pushed on merge_group.");
  if (env.GITHUB_ACTOR === "dependabot[bot]" && DEPENDABOT_READS_ONLY.includes(event))
    return noticed(
      `\`push\` is \`auto\`, and Dependabot started this run: its token may only read, so nothing is pushed. ` +
        "To push, start the workflow by hand or push a commit of your own; or set `push: true` if the job has other credentials.",
    );
  return { push: { push: true } };
}

function no(why: string): Decision {
  return { push: { push: false, why } };
}

function noticed(why: string): Decision {
  return { ...no(why), notice: why };
}

/** The commit that a trusted event is about, when it comes from a fork or may come from one. */
interface ForeignHead {
  readonly who: string;
  /** The commit's id; empty when the payload does not name it. */
  readonly sha: string;
}

function refuse(facts: EventFacts): string | undefined {
  const { env, payload, checkouts, remoteContext } = facts;
  const event = env.GITHUB_EVENT_NAME ?? "";
  const theirs = foreignHeadOf(event, payload, env);
  if (theirs === undefined) return undefined;
  if (remoteContext) return refusal(event, `the context is a URL, so it may be ${theirs.who}`);
  if (checkouts.length === 0 || checkouts.includes(undefined))
    return refusal(event, `git cannot say which commit is checked out, so it may be ${theirs.who}`);
  const foreign = checkouts.find((facts) => facts !== undefined && !isOurs(facts, theirs, env));
  if (foreign === undefined) return undefined;
  const certain = theirs.sha !== "" && [foreign.head, ...foreign.parents].includes(theirs.sha);
  const perhaps = certain ? "" : "on no branch of this repository, so it may be ";
  const commit = foreign.head.slice(0, 12);
  return refusal(event, `the commit that is checked out (${commit}) is ${perhaps}${theirs.who}`);
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
  if (event !== "issue_comment") return undefined;
  // The payload of a comment does not name the pull request's head.
  const issue = at(payload, "issue");
  const isPlainIssue = isRecord(issue) && !isRecord(issue.pull_request);
  return isPlainIssue
    ? undefined
    : { who: "the head of a pull request that anyone may have opened", sha: "" };
}

function headIn(of: unknown, repo: string, sha: string, env: NodeJS.ProcessEnv): ForeignHead | undefined {
  const fork = forkNamed(at(of, repo), env);
  if (fork === undefined) return undefined;
  return { who: `the head of a fork (${fork})`, sha: text(at(of, sha)) };
}

/** The name of a fork; undefined for this repository. A deleted or unnamed repository counts as a fork. */
function forkNamed(repo: unknown, env: NodeJS.ProcessEnv): string | undefined {
  const name = text(at(repo, "full_name"));
  if (name === "") return "deleted or not named by the event";
  return name.toLowerCase() === (env.GITHUB_REPOSITORY ?? "").toLowerCase() ? undefined : show(name);
}

/**
 * Whether a checkout holds this repository's own code: the event's own commit, or a branch of this
 * repository. The foreign commit and a merge of it are never its own.
 */
function isOurs(facts: GitFacts, theirs: ForeignHead, env: NodeJS.ProcessEnv): boolean {
  if (facts.head === env.GITHUB_SHA) return true;
  if (theirs.sha !== "" && [facts.head, ...facts.parents].includes(theirs.sha)) return false;
  return isOurOrigin(facts.origin, env) && facts.remoteBranches.some((name) => !/^(pull|pr)\//.test(name));
}

/** Whether `origin` is this repository. In a fork's clone `refs/remotes/origin/*` are the fork's branches. */
function isOurOrigin(origin: string, env: NodeJS.ProcessEnv): boolean {
  const host = (env.GITHUB_SERVER_URL ?? "https://github.com").replace(/^https?:\/\//, "");
  const ours = `${host}/${env.GITHUB_REPOSITORY ?? ""}`.toLowerCase();
  const place = /^(?:(?:https?|ssh|git):\/\/)?(?:[^/@]*@)?(.+)$/.exec(origin)?.[1] ?? "";
  const plain = place.replace(/\/$/, "").replace(/\.git$/, "");
  return plain.toLowerCase() === ours || plain.replace(":", "/").toLowerCase() === ours;
}

/** The value at the end of a path of keys; `undefined` when any of the keys is missing. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (here, key) => (isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined),
    value,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
