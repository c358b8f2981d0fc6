import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { checkoutOf, whereabouts } from "../../../src/request/checkout.ts";
import { type GitFacts, gitWith } from "../../../src/request/git.ts";
import type { Run } from "../../../src/request/request.ts";
import { aRequest } from "../samples.ts";
import { folder, sweep } from "./world.ts";

/** What git says of a folder, as far as a test names it. */
type Where = Partial<Parameters<typeof checkoutOf>[0]>;

afterAll(sweep);

const SHA = "a".repeat(40);
const OTHER = "b".repeat(40);

function commit(head: string, parents: readonly string[] = []): GitFacts {
  return {
    head,
    parents,
    committed: "2026-01-02T03:04:05Z",
    origin: "",
    remoteBranches: [],
    tags: [],
    hasOtherRemotes: false,
  };
}

function found(where: Where, at = "/ws", facts: GitFacts | undefined = commit(SHA), run: Partial<Run> = {}) {
  const request = aRequest({
    workspace: "/ws",
    run: { sha: SHA, source: "https://github.com/acme/shop", ...run },
  });
  return checkoutOf({ prefix: "", origin: "https://github.com/acme/shop", ...where }, at, facts, request);
}

describe("the checkout's folder", () => {
  it.each<[string, Where, string, string]>([
    ["at the workspace's root", {}, "/ws", ""],
    ["at the root, with a context below it", { prefix: "apps/shop/" }, "/ws/apps/shop", ""],
    ["in a folder of the workspace", {}, "/ws/src", "src"],
    ["in a folder, with a context below it", { prefix: "apps/shop/" }, "/ws/src/apps/shop", "src"],
    ["a context that is a link to another folder", { prefix: "real/" }, "/ws/link", ""],
    ["outside of the workspace", {}, "/elsewhere", ""],
    ["without git", { origin: "" }, "/ws", ""],
  ])("%s", (_, where, at, expected) => expect(found(where, at).folder).toBe(expected));
});

describe("the repository", () => {
  it.each([
    ["https://github.com/acme/shop", true],
    ["https://github.com/Acme/Shop.git", true],
    ["git@github.com:acme/shop.git", true],
    ["ssh://git@github.com/acme/shop.git", true],
    ["", true],
    ["/srv/mirror/shop", true],
    ["https://github.com/acme/other", false],
    ["https://gitlab.example.org/acme/shop", false],
  ])("with the origin %j is ours: %j", (origin, ours) => {
    expect(found({ origin }).annotated).toBe(ours);
    expect(found({ origin }).source === "https://github.com/acme/shop").toBe(ours);
  });

  it("of another name on the same server has pages of the same form, of another server none", () => {
    expect(found({ origin: "git@github.com:acme/other.git" }).source).toBe("https://github.com/acme/other");
    expect(found({ origin: "git@gitlab.com:acme/shop.git" }).source).toBe("");
  });
});

describe("the commit", () => {
  it.each<[string, GitFacts | undefined, Partial<Run>, { sha: string; annotated: boolean }]>([
    ["of the event", commit(SHA), {}, { sha: SHA, annotated: true }],
    ["that was made on top of it", commit(OTHER, [SHA]), {}, { sha: OTHER, annotated: true }],
    ["that is another one", commit(OTHER), {}, { sha: OTHER, annotated: false }],
    ["of a pull request's head", commit(OTHER), { event: "pull_request" }, { sha: OTHER, annotated: true }],
    ["that git does not know", undefined, {}, { sha: SHA, annotated: true }],
  ])("%s", (_, facts, run, expected) => {
    const request = aRequest({ workspace: "/ws", run: { sha: SHA, ...run } });
    expect(checkoutOf({ prefix: "", origin: "" }, "/ws", facts, request)).toMatchObject(expected);
  });
});

describe("git itself", () => {
  const git = gitWith(process.env);

  it("knows a folder's path from the root, and origin without its credentials", async () => {
    const root = folder();
    const inner = path.join(root, "apps", "a b");
    mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(inner, "x"), "");
    execFileSync("git", ["-C", root, "init", "--quiet"]);
    execFileSync("git", ["-C", root, "remote", "add", "origin", "https://me:secret@github.com/acme/shop"]);
    const origin = "https://github.com/acme/shop";
    await expect(whereabouts(git, inner)).resolves.toEqual({ prefix: "apps/a b/", origin });
    await expect(whereabouts(git, root)).resolves.toEqual({ prefix: "", origin });
  });

  it("knows nothing about a folder outside a repository", async () => {
    await expect(whereabouts(git, "/")).resolves.toEqual({ prefix: "", origin: "" });
  });
});
