import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { type Exec, gitFacts, parseCommit } from "../../../src/request/git.ts";
import { folder, sweep } from "./world.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);
const C = "c".repeat(40);

afterAll(sweep);

/** One commit as `git cat-file --batch` prints it. */
function printed(...headers: readonly string[]): string {
  const text = [`tree ${C}`, ...headers, "", "parent of all\ncommitter x <y> 1 +0000", ""].join("\n");
  return `${A} commit ${text.length}\n${text}`;
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
    ["no commit yet", "HEAD missing\n"],
    ["another object", `${A} blob 3\nabc\n`],
    ["no committer", printed(ANN)],
    ["a time that is none", printed("committer Ann <a@b> soon +0000")],
  ])("are missing with %s", (_, text) => expect(parseCommit(text)).toBeUndefined());

  it("have a committer with a name that looks like one", () =>
    expect(parseCommit(printed(ANN, "committer x> 5 +0000 <y> 1700000001 +0000"))?.committed).toBe(
      committed,
    ));
});

describe("asking git", () => {
  const fake = (answers: Readonly<Record<string, string>>) => {
    const asked: string[][] = [];
    const exec: Exec = async (argv) => {
      asked.push([...argv]);
      const verb = argv[argv.indexOf("-C") + 2] ?? "";
      const stdout = answers[verb];
      return stdout === undefined
        ? { code: 128, stdout: "x", stderr: "fatal" }
        : { code: 0, stdout, stderr: "" };
    };
    return { asked, exec };
  };

  it("is one call where the branches do not matter", async () => {
    const { asked, exec } = fake({ "cat-file": printed(COMMITTER) });
    await expect(gitFacts(exec, "/x")).resolves.toMatchObject({ head: A, origin: "", remoteBranches: [] });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.slice(-4)).toEqual(["-C", "/x", "cat-file", "--batch"]);
  });

  it("asks for origin and its branches where they do", async () => {
    const { exec } = fake({
      "cat-file": printed(COMMITTER),
      config: "https://x-access-token:hunter2@github.com/acme/shop\n",
      "for-each-ref": "HEAD\nmain\nfeature/x\n",
    });
    await expect(gitFacts(exec, "/x", { branches: true })).resolves.toMatchObject({
      origin: "https://github.com/acme/shop",
      remoteBranches: ["main", "feature/x"],
    });
  });

  it("knows no branches where git does not say", async () => {
    const { exec } = fake({ "cat-file": printed(COMMITTER) });
    await expect(gitFacts(exec, "/x", { branches: true })).resolves.toMatchObject({ remoteBranches: [] });
  });

  it("gives nothing without git", async () => {
    await expect(gitFacts(() => Promise.reject(new Error("ENOENT")), "/x")).resolves.toBeUndefined();
  });
});

describe("a real repository", () => {
  const exec: Exec = async ([program, ...args], { stdin }) => {
    const { status, stdout, stderr } = spawnSync(program, args, { input: stdin ?? "", encoding: "utf8" });
    return { code: status, stdout, stderr };
  };
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
    await expect(gitFacts(exec, root)).resolves.toBeUndefined();
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    const first = git(root, "rev-parse", "HEAD");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "two");
    const head = git(root, "rev-parse", "HEAD");
    git(root, "remote", "add", "origin", "git@github.com:acme/shop.git");
    git(root, "update-ref", "refs/remotes/origin/feature/x", "HEAD");
    git(root, "update-ref", "refs/remotes/origin/old", first);
    git(root, "update-ref", "refs/remotes/pull/5/head", "HEAD");
    await expect(gitFacts(exec, path.join(root, "app"), { branches: true })).resolves.toEqual({
      head,
      parents: [first],
      committed: "2024-05-06T05:08:09Z",
      origin: "git@github.com:acme/shop.git",
      remoteBranches: ["feature/x"],
    });
  });

  it("knows the parents in a shallow clone", async () => {
    const root = folder({});
    git(root, "init", "--quiet");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "two");
    const clone = folder({});
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${root}`, clone], { stdio: "pipe" });
    const facts = await gitFacts(exec, clone);
    expect(facts?.parents).toEqual([git(root, "rev-parse", "HEAD~1")]);
  });

  it("is not what a folder dressed up as a bare repository says", async () => {
    const root = folder({ "evil/refs/": "", "evil/config": "[core]\n\tbare = true\n" });
    const evil = path.join(root, "evil");
    git(root, "init", "--quiet");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "one");
    const trusted = git(root, "rev-parse", "HEAD");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "the fork's");
    cpSync(path.join(root, ".git/objects"), path.join(evil, "objects"), { recursive: true });
    writeFileSync(path.join(evil, "HEAD"), `${trusted}\n`);
    expect(git(evil, "rev-parse", "HEAD")).toBe(trusted);
    await expect(gitFacts(exec, evil)).resolves.toBeUndefined();
  });
});

it("gives nothing outside a repository", async () => {
  const exec: Exec = async () => ({ code: 128, stdout: "", stderr: "fatal: not a git repository" });
  await expect(gitFacts(exec, "/")).resolves.toBeUndefined();
});
