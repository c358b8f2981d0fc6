/** Events as GitHub delivers them: name, payload, and the variables that go with them. */
import type { Project } from "./project.ts";
import type { StepOptions } from "./step.ts";

type Event = NonNullable<StepOptions["event"]>;

const OURS = { full_name: "acme/shop", fork: false };
const FORK = { full_name: "mallory/shop", fork: true };
const MERGE = { GITHUB_REF: "refs/pull/12/merge", GITHUB_REF_NAME: "12/merge", GITHUB_BASE_REF: "main" };

function pullRequest(head: typeof OURS, sha: string) {
  return {
    number: 12,
    repository: OURS,
    pull_request: {
      number: 12,
      head: { ref: "feature", sha, repo: head },
      base: { ref: "main", sha: "b".repeat(40), repo: OURS },
    },
  };
}

export function fromFork(project: Project): Event {
  return {
    name: "pull_request",
    payload: pullRequest(FORK, project.sha),
    env: { ...MERGE, GITHUB_HEAD_REF: "feature" },
  };
}

/** GITHUB_SHA is the base branch's commit there; `head` is the pull request's. */
export function pullRequestTarget(head: "fork" | "own", sha: string, base: string): Event {
  return {
    name: "pull_request_target",
    payload: pullRequest(head === "fork" ? FORK : OURS, sha),
    env: { GITHUB_SHA: base, GITHUB_BASE_REF: "main", GITHUB_HEAD_REF: "feature" },
  };
}
