import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, jest } from "@jest/globals";
import { type Git, gitFacts, gitWith, parseCommit } from "../../../src/request/git.ts";
import { folder, sweep } from "./world.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);
const C = "c".repeat(40);

const REFS = { refs: true, changes: false };

afterAll(sweep);

/** One commit as `git rev-list --header` prints it. */
function printed(...headers: readonly string[]): string {
  const message = ["    parent of all", "    committer x <y> 1 +0000", "\0"];
  return [A, `tree ${C}`, ...headers, "", ...message].join("\n");
}

const ANN = "author Ann <ann@example.org> 1700000000 +0100";
const COMMITTER = "committer Ann <ann@example.org> 1700000001 +0530";

describe("a commit's facts", () => {
  const committed = "2023-11-14T22:13:21Z";
  it.each([
    ["a first commit", printed(ANN, COMMITTER), []],
    ["a commit", printed(`parent ${B}`, ANN, COMMITTER), [B]],
    ["a merge", printed(`parent ${B}`, `parent ${C}`, ANN, COMMITTER), [B, C]],
    [
      "a signed commit",
      printed(`parent ${B}`, ANN, COMMITTER, "gpgsig -----BEGIN", " parent x", " ", " end"),
      [B],
    ],
  ])("of %s", (_, text, parents) => expect(parseCommit(text)).toEqual({ head: A, parents, committed }));

  it.each([
    ["nothing", ""],
    ["an abbreviated id", printed(COMMITTER).slice(30)],
    ["another line first", `commit ${printed(COMMITTER)}`],
    ["no committer", printed(ANN)],
    ["a time that is not a number", printed("committer Ann <a@b> soon +0000")],
  ])("are missing with %s", (_, text) => expect(parseCommit(text)).toBeUndefined());

  it("are read from the right line when a name looks like the end of one", () =>
    expect(parseCommit(printed(ANN, "committer x> 5 +0000 <y> 1700000001 +0000"))?.committed).toBe(
      committed,
    ));
});

describe("the questions to git", () => {
  const fake = (answers: Readonly<Record<string, string>>) => {
    const asked: string[][] = [];
    const git: Git = async (folder, command) => {
      asked.push([folder, ...command]);
      return answers[command.slice(0, 2).join(" ")] ?? answers[command[0] ?? ""] ?? "";
    };
    return { asked, git };
  };

  it("are one, where the branches do not matter", async () => {
    const { asked, git } = fake({ "rev-list": printed(COMMITTER) });
    await expect(gitFacts(git, "/x")).resolves.toMatchObject({ head: A, origin: "", remoteBranches: [] });
    expect(asked).toEqual([["/x", "rev-list", "--max-count=1", "--header", "HEAD", "--"]]);
  });

  it("are about origin and its branches too, where these matter", async () => {
    const { git } = fake({
      "rev-list": printed(COMMITTER),
      "config --get": "https://x-access-token:hunter2@github.com/acme/shop\n",
      "config --name-only": "remote.origin.url\n",
      "for-each-ref":
        ["HEAD", "main", "feature/x"].map((name) => `refs/remotes/origin/${name}\n`).join("") +
        "refs/tags/v1\n",
    });
    await expect(gitFacts(git, "/x", REFS)).resolves.toMatchObject({
      origin: "https://github.com/acme/shop",
      remoteBranches: ["main", "feature/x"],
      tags: ["v1"],
      hasOtherRemotes: false,
    });
  });

  it("give no branches where git gives no answer", async () => {
    const { git } = fake({ "rev-list": printed(COMMITTER) });
    await expect(gitFacts(git, "/x", REFS)).resolves.toMatchObject({ remoteBranches: [] });
  });
});

describe("a real repository", () => {
  const real = gitWith(process.env);
  const git = (root: string, ...args: readonly string[]) => {
    const who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main"];
    const env = { ...process.env, GIT_COMMITTER_DATE: "2024-05-06T07:08:09+02:00" };
    return execFileSync("git", [...who, "-C", root, ...args], {
      encoding: "utf8",
      env,
      stdio: "pipe",
    }).trim();
  };

  it("is read at HEAD, also from a folder in it", async () => {
    const root = folder({ "app/Dockerfile": "" });
    git(root, "init", "--quiet");
    await expect(gitFacts(real, root)).resolves.toBeUndefined();
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    const first = git(root, "rev-parse", "HEAD");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "two");
    const head = git(root, "rev-parse", "HEAD");
    git(root, "remote", "add", "origin", "git@github.com:acme/shop.git");
    git(root, "update-ref", "refs/remotes/origin/feature/x", "HEAD");
    git(root, "update-ref", "refs/remotes/origin/old", first);
    git(root, "update-ref", "refs/remotes/pull/5/head", "HEAD");
    git(root, "tag", "v0", first);
    git(root, "tag", "-a", "v1", "-m", "one");
    await expect(gitFacts(real, path.join(root, "app"), REFS)).resolves.toEqual({
      head,
      parents: [first],
      committed: "2024-05-06T05:08:09Z",
      origin: "git@github.com:acme/shop.git",
      remoteBranches: ["feature/x"],
      tags: ["v1"],
      hasOtherRemotes: false,
    });
  });

  it("names a remote next to origin", async () => {
    const root = folder({});
    git(root, "init", "--quiet");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    git(root, "remote", "add", "origin", "https://github.com/acme/shop");
    git(root, "remote", "add", "contributor", "https://github.com/mallory/shop");
    await expect(gitFacts(real, root, REFS)).resolves.toMatchObject({
      origin: "https://github.com/acme/shop",
      hasOtherRemotes: true,
    });
  });

  it("is not written to, and starts no hook and no monitor of its own", async () => {
    const root = folder({ "a.py": "" });
    git(root, "init", "--quiet");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "-m", "one");
    const marker = path.join(root, "..", `${path.basename(root)}-ran`);
    for (const name of ["post-index-change", "fsmonitor"])
      writeFileSync(path.join(root, ".git/hooks", name), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    git(root, "config", "core.fsmonitor", ".git/hooks/fsmonitor");
    const index = readFileSync(path.join(root, ".git/index"));
    utimesSync(path.join(root, "a.py"), 1, 1);
    await expect(gitFacts(real, root, { refs: true, changes: true })).resolves.toMatchObject({ changes: [] });
    expect(existsSync(marker)).toBe(false);
    expect(readFileSync(path.join(root, ".git/index"))).toEqual(index);
  });

  it("says what a folder has beyond its commit", async () => {
    const root = folder({
      "app/a.py": "1\n",
      "app/old name.py": "2\n".repeat(50),
      "other/b.py": "",
      ".gitignore": "*.log\n",
    });
    git(root, "init", "--quiet");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "-m", "one");
    const changes = async (place: string) =>
      (await gitFacts(real, path.join(root, place), { refs: true, changes: true }))?.changes;
    await expect(changes("app")).resolves.toEqual([]);
    cpSync(path.join(root, ".git"), path.join(root, "app/pr/.git"), { recursive: true });
    writeFileSync(path.join(root, "app/a.py"), "changed\n");
    writeFileSync(path.join(root, "app/x.log"), "");
    writeFileSync(path.join(root, "app/new\nname"), "");
    git(root, "mv", "app/old name.py", "app/moved.py");
    const all = ["app/a.py", "app/moved.py", "app/new\nname", "app/old name.py", "app/pr/", "app/x.log"];
    expect([...((await changes("app")) ?? [])].sort()).toEqual(all);
    await expect(changes("other")).resolves.toEqual([]);
  });

  it("knows the parents in a shallow clone", async () => {
    const root = folder({});
    git(root, "init", "--quiet");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "two");
    const clone = folder({});
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${root}`, clone], { stdio: "pipe" });
    const facts = await gitFacts(real, clone);
    expect(facts?.parents).toEqual([git(root, "rev-parse", "HEAD~1")]);
  });

  it("is read whatever the user's settings for git's log are, and next to a file named HEAD", async () => {
    const root = folder({ HEAD: "" });
    git(root, "init", "--quiet");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    git(root, "config", "log.decorate", "full");
    git(root, "config", "format.pretty", "oneline");
    git(root, "config", "color.ui", "always");
    await expect(gitFacts(real, root)).resolves.toMatchObject({
      head: git(root, "rev-parse", "HEAD", "--").split("\n")[0],
    });
  });

  it("is not read from a folder that looks like a bare repository", async () => {
    const root = folder({ "evil/refs/": "", "evil/config": "[core]\n\tbare = true\n" });
    const evil = path.join(root, "evil");
    git(root, "init", "--quiet");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    const trusted = git(root, "rev-parse", "HEAD");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "the fork's");
    cpSync(path.join(root, ".git/objects"), path.join(evil, "objects"), { recursive: true });
    writeFileSync(path.join(evil, "HEAD"), `${trusted}\n`);
    expect(git(evil, "rev-parse", "HEAD")).toBe(trusted);
    await expect(gitFacts(real, evil)).resolves.toBeUndefined();
  });
});

describe("there are no facts, and nothing is printed,", () => {
  const { PATH } = process.env;
  afterEach(() => {
    process.env.PATH = PATH;
  });

  it.each([
    ["outside a repository", () => gitFacts(gitWith(process.env), "/", REFS)],
    ["in a folder that does not exist", () => gitFacts(gitWith(process.env), "/nowhere")],
    [
      "without git",
      () => {
        process.env.PATH = "/nowhere";
        return gitFacts(gitWith(process.env), "/");
      },
    ],
  ])("%s", async (_, facts) => {
    const write = jest.spyOn(process.stdout, "write");
    await expect(facts()).resolves.toBeUndefined();
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });
});
