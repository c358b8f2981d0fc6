import { describe, expect, it } from "@jest/globals";
import { decide, questionsOf, type Wish } from "../../../src/request/event.ts";
import type { GitFacts } from "../../../src/request/git.ts";
import type { CheckoutFacts } from "../../../src/request/strangers.ts";

const BASE = "1".repeat(40);
const FORK = "2".repeat(40);
const OTHER = "3".repeat(40);

const ENV = {
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_SHA: BASE,
  GITHUB_REF: "refs/heads/main",
};
const OURS = { full_name: "acme/shop" };
const THEIRS = { full_name: "octo/shop" };

const pull = (repo: unknown) => ({ pull_request: { head: { sha: FORK, repo } } });
const finished = (head_repository: unknown) => ({ workflow_run: { head_sha: FORK, head_repository } });
const comment = { issue: { number: 5, pull_request: { url: "…" } } };

const at = (head: string, more: Partial<GitFacts> = {}): GitFacts => ({
  head,
  parents: [],
  committed: "2024-01-01T00:00:00Z",
  origin: "https://github.com/acme/shop",
  remoteBranches: [],
  tags: [],
  hasOtherRemotes: false,
  changes: [],
  ...more,
});

const on = (
  event: string,
  payload: unknown,
  wish: Wish,
  env: NodeJS.ProcessEnv = {},
  checkouts: readonly CheckoutFacts[] = [at(BASE)],
  urls: readonly string[] = [],
) => decide({ wish, env: { ...ENV, GITHUB_EVENT_NAME: event, ...env }, payload, checkouts, urls });

describe("push", () => {
  const PUSHES = "pushes";
  const QUIET = "does not push";
  const NOTICE = "does not push, with a notice";
  const ERROR = "is an error";

  it.each<[event: string, about: string, payload: unknown, auto: string, wished: string]>([
    ["push", "", {}, PUSHES, PUSHES],
    ["workflow_dispatch", "", {}, PUSHES, PUSHES],
    ["schedule", "", {}, PUSHES, PUSHES],
    ["release", "", {}, PUSHES, PUSHES],
    ["repository_dispatch", "", {}, PUSHES, PUSHES],
    ["an event of the future", "", {}, NOTICE, ERROR],
    ["", "outside GitHub", undefined, NOTICE, ERROR],
    ["issues", "", { issue: { number: 5 } }, NOTICE, ERROR],
    ["discussion_comment", "", {}, NOTICE, ERROR],
    ["check_run", "", {}, NOTICE, ERROR],
    ["create", "", {}, NOTICE, ERROR],
    ["merge_group", "", {}, QUIET, PUSHES],
    ["pull_request", "of the repository", pull(OURS), QUIET, PUSHES],
    ["pull_request", "of the repository, in other case", pull({ full_name: "Acme/Shop" }), QUIET, PUSHES],
    ["pull_request", "of a fork", pull(THEIRS), QUIET, NOTICE],
    ["pull_request", "of a deleted fork", pull(null), QUIET, NOTICE],
    ["pull_request", "without a payload", undefined, QUIET, NOTICE],
    ["pull_request", "with a malformed payload", { pull_request: "x" }, QUIET, NOTICE],
    ["pull_request_target", "of the repository", pull(OURS), QUIET, PUSHES],
    ["pull_request_target", "of a fork, at the base", pull(THEIRS), QUIET, NOTICE],
    ["pull_request_review", "of a fork", pull(THEIRS), QUIET, NOTICE],
    ["pull_request_review_comment", "of a fork", pull(THEIRS), QUIET, NOTICE],
    ["workflow_run", "of the repository", finished(OURS), PUSHES, PUSHES],
    ["workflow_run", "of a fork, at the base", finished(THEIRS), PUSHES, PUSHES],
    ["issue_comment", "on an issue", { issue: { number: 5 } }, NOTICE, ERROR],
    ["issue_comment", "on a pull request, at the base", comment, NOTICE, ERROR],
  ])("on %s %s", (event, _, payload, auto, wished) => {
    const outcome = (wish: Wish) => {
      const { push, notice, refusal } = on(event, payload, wish);
      if (refusal !== undefined) {
        expect(refusal).toContain("`push`, `release`, `schedule`, `workflow_dispatch`");
        return ERROR;
      }
      if (push.push) return PUSHES;
      expect(push.why).toMatch(/\.$/);
      return notice === undefined ? QUIET : NOTICE;
    };
    expect([outcome("auto"), outcome("true"), outcome("false")]).toEqual([auto, wished, QUIET]);
  });

  it("escapes the name of the fork", () => {
    const { notice } = on("pull_request", pull({ full_name: "octo/x\n::set-output name=digest::y" }), "true");
    expect(notice).toContain("octo/x\\n::set-output");
    expect(notice).not.toContain("\n");
  });

  it("is off for a pull request's ref on any event", () =>
    expect(on("unheard_of", {}, "auto", { GITHUB_REF: "refs/pull/5/merge" }).push.push).toBe(false));

  it.each([
    ["push", "auto", false],
    ["push", "true", true],
    ["workflow_run", "auto", true],
    ["schedule", "auto", true],
  ] as const)("by Dependabot on %s with %s: %s", (event, wish, pushes) => {
    const { push, notice } = on(event, finished(OURS), wish, { GITHUB_ACTOR: "dependabot[bot]" });
    expect(push.push).toBe(pushes);
    expect(notice ?? "").toEqual(pushes ? "" : expect.stringContaining("its token may only read"));
  });
});

describe("a build under an event with secrets", () => {
  const branch = { remoteBranches: ["main"] };
  const theirOrigin = { origin: "https://github.com/octo/shop", remoteBranches: ["main"] };

  it.each<[event: string, checkout: string, payload: unknown, facts: GitFacts | undefined, allowed: boolean]>(
    [
      ["pull_request_target", "the event's own commit", pull(THEIRS), at(BASE), true],
      [
        "pull_request_target",
        "the event's own commit after the merge",
        pull(THEIRS),
        at(BASE, { parents: [FORK] }),
        true,
      ],
      ["pull_request_target", "a branch of the repository", pull(THEIRS), at(OTHER, branch), true],
      ["pull_request_target", "the fork's head", pull(THEIRS), at(FORK), false],
      [
        "pull_request_target",
        "the fork's head, merged",
        pull(THEIRS),
        at(OTHER, { ...branch, parents: [BASE, FORK] }),
        false,
      ],
      ["pull_request_target", "the fork's head, newer than the event", pull(THEIRS), at(OTHER), false],
      ["pull_request_target", "a branch of the fork", pull(THEIRS), at(OTHER, theirOrigin), false],
      ["pull_request_target", "a checkout that git knows nothing about", pull(THEIRS), undefined, false],
      ["pull_request_target", "a deleted fork's head", pull(null), at(FORK), false],
      ["pull_request_target", "the event's own commit for a deleted fork", pull(null), at(BASE), true],
      ["pull_request_target", "the base, without a payload", undefined, at(BASE), true],
      ["pull_request_target", "anything, without a payload", undefined, at(OTHER), false],
      ["pull_request_target", "the head of an own branch", pull(OURS), at(FORK), true],
      [
        "pull_request_target",
        "a checkout that git knows nothing about, for an own branch",
        pull(OURS),
        undefined,
        true,
      ],
      ["workflow_run", "the event's own commit", finished(THEIRS), at(BASE), true],
      ["workflow_run", "the fork's head", finished(THEIRS), at(FORK), false],
      [
        "workflow_run",
        "the fork's head, merged",
        finished(THEIRS),
        at(OTHER, { parents: [BASE, FORK] }),
        false,
      ],
      ["workflow_run", "a checkout that git knows nothing about", finished(THEIRS), undefined, false],
      ["workflow_run", "a branch of the repository", finished(THEIRS), at(OTHER, branch), true],
      ["workflow_run", "the head of an own branch", finished(OURS), at(FORK), true],
      ["workflow_run", "a deleted fork's head", finished(null), at(FORK), false],
      ["issue_comment", "the event's own commit", comment, at(BASE), true],
      ["issue_comment", "a branch of the repository", comment, at(OTHER, branch), true],
      ["issue_comment", "a pull request's head", comment, at(OTHER), false],
      [
        "issue_comment",
        "a pull request fetched as a branch",
        comment,
        at(OTHER, { remoteBranches: ["pr/5"] }),
        false,
      ],
      [
        "issue_comment",
        "a pull request's ref as a branch",
        comment,
        at(OTHER, { remoteBranches: ["pull/5/head"] }),
        false,
      ],
      ["issue_comment", "a branch of a fork's clone", comment, at(OTHER, theirOrigin), false],
      ["issue_comment", "a checkout that git knows nothing about", comment, undefined, false],
      ["issue_comment", "anything, without a payload", undefined, at(OTHER), false],
      ["issue_comment", "a commit, on an issue", { issue: { number: 5 } }, at(OTHER), false],
      ["issues", "the event's own commit", {}, at(BASE), true],
      ["issues", "a commit that a payload names", {}, at(OTHER), false],
      ["discussion_comment", "a commit that a payload names", {}, at(OTHER), false],
      ["commit_comment", "a commit that a payload names", {}, at(OTHER), false],
      ["check_run", "a pull request's head", {}, at(FORK), false],
      ["an event of the future", "a commit", {}, at(OTHER), false],
      ["", "anything", {}, at(OTHER), true],
      ["create", "anything", {}, at(OTHER), true],
      ["pull_request", "the fork's head", pull(THEIRS), at(FORK), true],
      ["push", "anything", {}, undefined, true],
    ],
  )("%s with %s", (event, _, payload, facts, allowed) => {
    const { refusal, push } = on(event, payload, "false", {}, [facts]);
    if (allowed) {
      expect(refusal).toBeUndefined();
      return;
    }
    expect(push.push).toBe(false);
    expect(refusal).toContain(`${event} runs with this repository's secrets`);
    expect(refusal).toContain("nothing of it was run");
    expect(refusal).toContain("`pull_request`");
  });

  it("is refused when one of its folders holds the fork's head", () => {
    expect(on("pull_request_target", pull(THEIRS), "auto", {}, [at(BASE), at(FORK)]).refusal).toContain(
      FORK.slice(0, 12),
    );
  });

  it("is refused when no checkout was looked at", () => {
    expect(on("pull_request_target", pull(THEIRS), "auto", {}, []).refusal).toBeDefined();
  });

  it("is refused from a URL", () => {
    expect(
      on("issue_comment", comment, "auto", {}, [at(BASE)], ["https://github.com/acme/shop.git"]).refusal,
    ).toContain("is a URL, so it may be");
  });

  it("is refused without a commit of the event to compare with", () => {
    const env = { GITHUB_SHA: undefined };
    expect(on("pull_request_target", pull(THEIRS), "auto", env, [at(BASE)]).refusal).toBeDefined();
  });

  it.each([
    ["https://github.com/acme/shop", true],
    ["https://github.com/acme/shop.git", true],
    ["https://github.com/Acme/Shop/", true],
    ["https://x-access-token:y@github.com/acme/shop", true],
    ["git@github.com:acme/shop.git", true],
    ["ssh://git@github.com/acme/shop.git", true],
    ["https://github.com/octo/shop", false],
    ["https://github.com.evil.example/acme/shop", false],
    ["https://evil.example/github.com/acme/shop", false],
    ["https://github.com/octo/acme/shop", false],
    ["../acme/shop", false],
    ["", false],
  ])("treats a clone of %j as this repository's own: %s", (origin, own) => {
    const facts = at(OTHER, { origin, ...branch });
    expect(on("issue_comment", comment, "auto", {}, [facts]).refusal === undefined).toBe(own);
  });

  it("knows GitHub Enterprise by its server", () => {
    const facts = at(OTHER, { origin: "https://ghe.acme.example/acme/shop", ...branch });
    const env = { GITHUB_SERVER_URL: "https://ghe.acme.example" };
    expect(on("issue_comment", comment, "auto", env, [facts]).refusal).toBeUndefined();
  });
});

describe("files that are not of the commit", () => {
  it.each<[event: string, payload: unknown, changes: readonly string[] | undefined, allowed: boolean]>([
    ["pull_request_target", pull(THEIRS), [], true],
    ["pull_request_target", pull(THEIRS), ["pr/"], false],
    ["pull_request_target", pull(THEIRS), undefined, false],
    ["pull_request_target", pull(OURS), ["pr/"], true],
    ["workflow_run", finished(THEIRS), ["static/app.js"], false],
    // An artifact of this repository's own run.
    ["workflow_run", finished(OURS), ["static/app.js"], true],
    ["issue_comment", comment, ["node_modules/"], false],
  ])("on %s: %#", (event, payload, changes, allowed) => {
    const { changes: _, ...clean } = at(BASE);
    const facts = changes === undefined ? clean : { ...clean, changes };
    const { refusal } = on(event, payload, "false", {}, [facts]);
    expect(refusal === undefined).toBe(allowed);
    for (const name of allowed ? [] : (changes ?? ["git cannot say"])) expect(refusal).toContain(name);
  });
});

it("a build that reads another checkout than the workspace's own is refused where strangers start it", () => {
  for (const [event, payload] of [
    ["workflow_run", finished(THEIRS)],
    ["issue_comment", comment],
  ] as const)
    expect(on(event, payload, "false", {}, [at(BASE), "elsewhere"]).refusal).toContain(
      "another checkout than the workspace's own",
    );
  expect(on("workflow_run", finished(OURS), "false", {}, ["elsewhere"]).refusal).toBeUndefined();
});

describe("a release of a commit that a payload names", () => {
  const branch = { remoteBranches: ["main"] };
  const elsewhere = (origin: string, more: Partial<GitFacts> = branch) => at(OTHER, { origin, ...more });

  it.each<[checkout: string, facts: GitFacts | undefined, allowed: boolean]>([
    ["the event's own commit", at(BASE), true],
    ["a branch of this repository", at(OTHER, branch), true],
    ["a tag of this repository", at(OTHER, { tags: ["v1.0"] }), true],
    ["a commit without a name", at(OTHER), false],
    ["a pull request that was fetched", at(OTHER, { remoteBranches: ["pull/5/head"] }), false],
    ["a checkout that git knows nothing about", undefined, false],
    ["a branch of another repository of the owner", elsewhere("https://github.com/acme/api"), true],
    [
      "a branch of the owner, by a path that leads away",
      elsewhere("https://github.com/acme/../mallory/shop"),
      false,
    ],
    ["a branch, by a URL with a port", elsewhere("ssh://git@github.com:22/acme/shop.git"), true],
    [
      "a tag next to another remote, which may have brought it",
      at(OTHER, { tags: ["v1.0"], hasOtherRemotes: true }),
      false,
    ],
    [
      "a pull request that was fetched under another name",
      at(OTHER, { remoteBranches: ["pull-requests/5"] }),
      false,
    ],
    ["a branch whose name begins like a pull request's", at(OTHER, { remoteBranches: ["pr/feature"] }), true],
    ["a checkout of another owner, which is named", elsewhere("https://github.com/django/django"), false],
    ["a branch of a fork", elsewhere("https://github.com/mallory/shop"), false],
    ["a branch of an owner whose name only begins so", elsewhere("https://github.com/acme-evil/shop"), false],
    ["a tag of a fork", elsewhere("https://github.com/mallory/shop", { tags: ["v1.0"] }), false],
  ])("is decided by its checkout: %s", (_, facts, allowed) => {
    for (const event of ["workflow_dispatch", "repository_dispatch", "schedule", "release", "merge_group"])
      for (const wish of ["auto", "true"] as const) {
        if (event === "merge_group" && wish === "auto") continue;
        const { refusal, push } = on(event, {}, wish, {}, [facts]);
        expect([event, refusal === undefined, push.push]).toEqual([event, allowed, allowed]);
        if (!allowed) expect(refusal).toContain("Check out a branch or a tag of this repository");
      }
    expect(on("workflow_dispatch", {}, "false", {}, [facts]).refusal).toBeUndefined();
    expect(on("push", {}, "true", {}, [facts]).push.push).toBe(true);
  });

  it("is that of the workflow run itself, when it is this repository's", () => {
    expect(on("workflow_run", finished(OURS), "auto", {}, [at(FORK)]).push.push).toBe(true);
    expect(on("workflow_run", finished(OURS), "auto", {}, [at(OTHER)]).refusal).toBeDefined();
  });

  it.each([
    ["https://github.com/acme/shop.git", true],
    ["https://github.com/Acme/Shop.git#main:app", true],
    ["git@github.com:acme/shop.git#release/1.2", true],
    ["https://github.com/acme/shop.git#refs/tags/v1", true],
    [`https://github.com/acme/shop.git#${BASE}`, true],
    [`https://github.com/acme/shop.git#${OTHER}:app`, false],
    ["https://github.com/acme/shop.git#3333333", false],
    ["https://github.com/Acme/Shop#refs/pull/5/head", false],
    ["git@github.com:acme/shop.git#pull/5/merge", false],
    ["https://github.com/acme/shop.git##ref=refs/pull/5/head", false],
    ["https://github.com/acme/shop.git#refs%2Fpull%2F5%2Fhead", false],
    ["https://github.com/acme/shop.git#+refs/pull/5/head", false],
    ["https://github.com/acme%2Fshop.git#pull/5/head", false],
    ["https://github.com/acme/shop/.#pull/5/head", false],
    [`https://github.com/acme/shop.git?commit=${OTHER}`, false],
    ["https://github.com/acme/shop.git?ref=refs/pull/5/head&subdir=app", false],
    [`https://github.com/acme/shop/archive/${OTHER}.tar.gz`, false],
    ["https://github.com/xacme/shop.git#main", false],
    ["https://github.com/mallory/shop.git#main", false],
    ["https://example.org/context.tar.gz", false],
  ])("may be named by a URL: %s: %s", (url, allowed) =>
    expect(on("workflow_dispatch", {}, "auto", {}, [], [url]).refusal === undefined).toBe(allowed),
  );

  it("is the workflow's own choice on a schedule and a release, whose payload has no text of strangers", () => {
    for (const event of ["schedule", "release", "push"])
      expect(on(event, {}, "auto", {}, [], ["https://example.org/context.tar.gz"]).push.push).toBe(true);
  });

  it("may be the commit of the workflow run, by its URL too", () =>
    expect(
      on("workflow_run", finished(OURS), "auto", {}, [], [`https://github.com/acme/shop.git#${FORK}`]).push
        .push,
    ).toBe(true));

  it("is that of the pull request, where `push: true` releases it", () => {
    for (const event of ["pull_request", "pull_request_target"]) {
      const pushes = (facts: GitFacts) => on(event, pull(OURS), "true", {}, [facts]).push.push;
      expect([pushes(at(BASE)), pushes(at(FORK)), pushes(at(OTHER, branch))]).toEqual([true, true, true]);
      expect(pushes(at(OTHER))).toBe(false);
      expect(pushes(elsewhere("https://github.com/mallory/shop"))).toBe(false);
    }
  });
});

it.each([
  null,
  [],
  7,
  "x",
  { pull_request: null },
  { pull_request: [] },
  { workflow_run: 1 },
  { issue: null },
])("takes the payload %j without a crash", (payload) => {
  for (const event of ["pull_request", "pull_request_target", "workflow_run", "issue_comment", "push"])
    expect(on(event, payload, "auto")).toHaveProperty("push");
});

it.each([
  ["pull_request_target", true, true],
  ["workflow_run", true, true],
  ["issue_comment", true, true],
  ["an event of the future", true, true],
  ["workflow_dispatch", true, false],
  ["schedule", true, false],
  ["merge_group", true, false],
  ["deployment", true, true],
  ["pull_request", false, false],
  ["push", false, false],
  [undefined, false, false],
])("on %s git is asked for branches and tags: %s, and for changes: %s", (event, refs, changes) =>
  expect(questionsOf({ GITHUB_EVENT_NAME: event })).toEqual({ refs, changes }),
);
