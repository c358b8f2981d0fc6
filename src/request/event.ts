/**
 * What the event allows: whether the image may be pushed, and whether it may be built at all. Pure: the
 * runner's variables, the event's payload and git's facts go in.
 *
 * The events that run with the repository's secrets while a stranger wrote the code are the dangerous ones
 * (docs.github.com, "Securely using pull_request_target"; actions/checkout 7 has the same guard).
 */
import type { GitFacts } from "./git.ts";
import { show } from "./problems.ts";
import type { PushWish } from "./request.ts";

/** The `push` input. */
export const PUSH_WISHES = ["auto", "true", "false"] as const;
export type Wish = (typeof PUSH_WISHES)[number];

/** What is known when the decision is taken. */
export interface Circumstances {
  readonly wish: Wish;
  readonly env: NodeJS.ProcessEnv;
  /** The parsed event file; anything, when it was missing or malformed. */
  readonly payload: unknown;
  /** Facts about the checkout of each folder that the build reads, `undefined` where git knows none. */
  readonly checkouts: readonly (GitFacts | undefined)[];
  /** The context is a URL: what it holds cannot be told. */
  readonly remoteContext: boolean;
}

export interface Decision {
  readonly push: PushWish;
  /** Why nothing of this may be built; the step must end with it. */
  readonly refusal?: string;
  /** A sentence worth a notice: something was asked for that the event does not allow. */
  readonly notice?: string;
}

const PULL_REQUEST_EVENTS = [
  "pull_request",
  "pull_request_target",
  "pull_request_review",
  "pull_request_review_comment",
];
/** Where GitHub gives a run that Dependabot started a token that may only read, besides pull requests. */
const DEPENDABOT_READS_ONLY = ["push", "create", "deployment", "deployment_status"];
/** Events with secrets and a writing token that may be about a stranger's code. */
const TRUSTED_EVENTS = ["pull_request_target", "workflow_run", "issue_comment"];

/** Whether the decision needs `origin` and its branches of every checkout. */
export function asksForBranches(env: NodeJS.ProcessEnv): boolean {
  return TRUSTED_EVENTS.includes(env.GITHUB_EVENT_NAME ?? "");
}

/** Decides what the event allows. */
export function decide(circumstances: Circumstances): Decision {
  const refusal = refuse(circumstances);
  if (refusal !== undefined) return { push: { push: false, why: refusal }, refusal };
  return decidePush(circumstances);
}

function decidePush({ wish, env, payload }: Circumstances): Decision {
  if (wish === "false") return no("`push` is `false`.");
  const event = env.GITHUB_EVENT_NAME ?? "";
  if (isPullRequest(env)) {
    const fork = strangerOf(at(payload, "pull_request", "head", "repo"), env);
    if (wish === "auto") return no(`\`push\` is \`auto\`, and nothing is pushed on ${event}.`);
    if (fork === undefined) return { push: { push: true } };
    return noticed(`A pull request from a fork (${fork}) is checked, never pushed.`);
  }
  if (wish === "true") return { push: { push: true } };
  if (event === "merge_group") return no("`push` is `auto`, and nothing is pushed on merge_group.");
  if (env.GITHUB_ACTOR === "dependabot[bot]" && DEPENDABOT_READS_ONLY.includes(event))
    return noticed(
      `\`push\` is \`auto\`, and Dependabot started this run: its token may only read, so nothing is pushed. ` +
        "To push, start the workflow by hand or push a commit of your own; or set `push: true` where other credentials are at hand.",
    );
  return { push: { push: true } };
}

function no(why: string): Decision {
  return { push: { push: false, why } };
}

function noticed(why: string): Decision {
  return { ...no(why), notice: why };
}

function isPullRequest(env: NodeJS.ProcessEnv): boolean {
  return (
    PULL_REQUEST_EVENTS.includes(env.GITHUB_EVENT_NAME ?? "") || /^refs\/pull\//.test(env.GITHUB_REF ?? "")
  );
}

/** Whose code a trusted event is about, when it is a stranger's or may be. */
interface Stranger {
  readonly who: string;
  /** The stranger's commit; empty when the payload does not name it. */
  readonly sha: string;
}

function refuse(circumstances: Circumstances): string | undefined {
  const { env, payload, checkouts, remoteContext } = circumstances;
  const event = env.GITHUB_EVENT_NAME ?? "";
  const stranger = strangerIn(event, payload, env);
  if (stranger === undefined) return undefined;
  if (remoteContext)
    return refusal(event, `the context is a URL, so it cannot be told whether it is ${stranger.who}`);
  if (checkouts.length === 0 || checkouts.includes(undefined))
    return refusal(event, `git cannot say which commit is checked out, so it may be ${stranger.who}`);
  const foreign = checkouts.find((facts) => facts !== undefined && !isOurs(facts, stranger, env));
  if (foreign === undefined) return undefined;
  const certain = stranger.sha !== "" && [foreign.head, ...foreign.parents].includes(stranger.sha);
  return refusal(
    event,
    certain
      ? `the commit that is checked out (${foreign.head.slice(0, 12)}) is ${stranger.who}`
      : `the commit that is checked out (${foreign.head.slice(0, 12)}) is on no branch of this repository, so it may be ${stranger.who}`,
  );
}

function refusal(event: string, what: string): string {
  return (
    `${event} runs with this repository's secrets and a token that may write, and ${what}. ` +
    "A build would run that code with them, so nothing of it was run. Build pull requests on " +
    "`pull_request`, where GitHub withholds secrets from forks; shipshape checks there and does not push."
  );
}

function strangerIn(event: string, payload: unknown, env: NodeJS.ProcessEnv): Stranger | undefined {
  if (event === "pull_request_target") return head(at(payload, "pull_request", "head"), "repo", "sha", env);
  if (event === "workflow_run") return head(at(payload, "workflow_run"), "head_repository", "head_sha", env);
  if (event !== "issue_comment") return undefined;
  // The payload of a comment does not name the pull request's head.
  const issue = at(payload, "issue");
  const isPlainIssue = isRecord(issue) && !isRecord(issue.pull_request);
  return isPlainIssue
    ? undefined
    : { who: "the head of a pull request that anyone may have opened", sha: "" };
}

function head(of: unknown, repo: string, sha: string, env: NodeJS.ProcessEnv): Stranger | undefined {
  const fork = strangerOf(at(of, repo), env);
  if (fork === undefined) return undefined;
  return { who: `the head of a fork (${fork})`, sha: text(at(of, sha)) };
}

/** The name of a repository that is not this one; a deleted or unnamed one is a stranger too. */
function strangerOf(repo: unknown, env: NodeJS.ProcessEnv): string | undefined {
  const name = text(at(repo, "full_name"));
  if (name === "") return "deleted or not named by the event";
  return name.toLowerCase() === (env.GITHUB_REPOSITORY ?? "").toLowerCase() ? undefined : show(name);
}

/**
 * Whether a checkout holds this repository's own code: the event's own commit, or a branch of this
 * repository, and not the stranger's commit or a merge of it.
 */
function isOurs(facts: GitFacts, stranger: Stranger, env: NodeJS.ProcessEnv): boolean {
  if (facts.head === env.GITHUB_SHA) return true;
  if (stranger.sha !== "" && [facts.head, ...facts.parents].includes(stranger.sha)) return false;
  return isOurOrigin(facts.origin, env) && facts.remoteBranches.some((name) => !/^(pull|pr)\//.test(name));
}

/** Whether `origin` is this repository: a fork's own branches are `refs/remotes/origin/*` of its clone too. */
function isOurOrigin(origin: string, env: NodeJS.ProcessEnv): boolean {
  const host = (env.GITHUB_SERVER_URL ?? "https://github.com").replace(/^https?:\/\//, "");
  const ours = `${host}/${env.GITHUB_REPOSITORY ?? ""}`.toLowerCase();
  const place = /^(?:(?:https?|ssh|git):\/\/)?(?:[^/@]*@)?(.+)$/.exec(origin)?.[1] ?? "";
  const plain = place.replace(/\/$/, "").replace(/\.git$/, "");
  return plain.toLowerCase() === ours || plain.replace(":", "/").toLowerCase() === ours;
}

/** The value at the end of a path of keys; `undefined` where anything on it is missing. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (here, key) => (isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined),
    value,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
