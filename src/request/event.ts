/**
 * What the event allows: whether the image may be pushed, and whether it may be built at all. Pure: the
 * runner's variables, the event's payload and git's facts go in.
 *
 * Dangerous are the events that run with this repository's secrets although anyone may have written the code
 * (docs.github.com, "Securely using pull_request_target"; actions/checkout 7 has the same guard). The events that may
 * push are listed, and not those that may not: GitHub has about forty, and adds some.
 */
import { at } from "./json.ts";
import { show } from "./problems.ts";
import type { PushWish } from "./request.ts";
import {
  type EventFacts,
  forkNamed,
  refuseStrangers,
  strangersCommit,
  WITHOUT_STRANGERS,
} from "./strangers.ts";

/** The `push` input. */
export const PUSH_WISHES = ["auto", "true", "false"] as const;
export type Wish = (typeof PUSH_WISHES)[number];

export interface Decision {
  readonly push: PushWish;
  /** Why the step must end with this sentence, before anything is built. */
  readonly refusal?: string;
  /** A sentence for a notice: the workflow asked for something that the event does not allow. */
  readonly notice?: string;
}

/** The events on which an image may be released. */
const RELEASING = ["push", "release", "schedule", "workflow_dispatch", "repository_dispatch", "workflow_run"];
/** A merge queue's commits are those of approved pull requests. Only `push: true` pushes there. */
const MERGE_QUEUE = "merge_group";
const PULL_REQUEST_EVENT = /^pull_request(_target|_review|_review_comment)?$/;

/** What git must say about each checkout before an event is decided on. */
export function questionsOf(env: NodeJS.ProcessEnv): { readonly refs: boolean; readonly changes: boolean } {
  const event = env.GITHUB_EVENT_NAME ?? "";
  const changes = !WITHOUT_STRANGERS.test(event);
  const isWished = /^true$/i.test((env.INPUT_PUSH ?? "").trim());
  const mayRelease = RELEASING.includes(event) || event === MERGE_QUEUE || isWished;
  return { refs: changes || (mayRelease && event !== "push"), changes };
}

/** Decides what the event allows. */
export function decide(facts: EventFacts & { readonly wish: Wish }): Decision {
  const refusal = refuseStrangers(facts);
  if (refusal !== undefined) return refused(refusal);
  const { wish, env, payload } = facts;
  if (wish === "false") return no("`push` is `false`.");
  const event = env.GITHUB_EVENT_NAME ?? "";
  if (PULL_REQUEST_EVENT.test(event) || /^refs\/pull\//.test(env.GITHUB_REF ?? "")) {
    const fork = forkNamed(at(payload, "pull_request", "head", "repo"), env);
    if (wish === "auto") return no(`\`push\` is \`auto\`, and nothing is pushed on ${event}.`);
    if (fork === undefined) return released(facts);
    return noticed(`A pull request from a fork (${fork}) is checked, never pushed.`);
  }
  if (event === MERGE_QUEUE && wish === "auto")
    return no(`\`push\` is \`auto\`, and nothing is pushed on ${event}.`);
  if (event !== MERGE_QUEUE && !RELEASING.includes(event)) return unexpected(event, wish);
  if (wish === "auto" && env.GITHUB_ACTOR === "dependabot[bot]" && event === "push")
    return noticed(
      "`push` is `auto`, and Dependabot started this run: its token may only read, so nothing is pushed. " +
        "To push, start the workflow by hand or push a commit of your own; or set `push: true` if the job has other credentials.",
    );
  return released(facts);
}

/** A release, unless the commit may be a stranger's. */
function released(facts: EventFacts): Decision {
  const stranger = strangersCommit(facts);
  return stranger === undefined ? { push: { push: true } } : refused(stranger);
}

function no(why: string): Decision {
  return { push: { push: false, why } };
}

function noticed(why: string): Decision {
  return { ...no(why), notice: why };
}

function refused(refusal: string): Decision {
  return { ...no(refusal), refusal };
}

/** An event on which nothing is released: an error if the workflow asked for a push, else a notice. */
function unexpected(event: string, wish: Wish): Decision {
  const list = RELEASING.map((name) => `\`${name}\``).join(", ");
  const which =
    event === "" ? "the run has no event's name (GITHUB_EVENT_NAME)" : `the event is ${show(event)}`;
  const why = `images are released on ${list}, and ${which}`;
  return wish === "true"
    ? refused(
        `\`push\` is \`true\`, but ${why}: anyone may start some of the other events. Start a workflow on one of these events; or check only, with \`push: false\`.`,
      )
    : noticed(`Nothing is pushed: ${why}.`);
}
