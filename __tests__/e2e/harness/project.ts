/** A checkout as a workflow has it: a base project from `fixtures/`, changed by overlays, committed by git. */
import { spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder } from "./temporary.ts";

/** A file's new content; null deletes the file or folder; a function changes what is there. */
export type Change = string | Uint8Array | null | ((before: string) => string);
/** Changes by path. A path that ends in `!` is written executable. */
export type Overlay = Readonly<Record<string, Change>>;

export interface Project {
  readonly dir: string;
  /** HEAD's commit. */
  readonly sha: string;
  /** Applies more overlays and commits them. */
  change(...overlays: Overlay[]): Project;
}

const FIXTURES = join(import.meta.dirname, "..", "fixtures");

/** A fresh committed workspace. `base` is a folder of `fixtures/`, an absolute path, or files. */
export function project(base: string | Overlay, ...overlays: Overlay[]): Project {
  const dir = folder("project");
  if (typeof base === "string") cpSync(join(FIXTURES, base), dir, { recursive: true, filter: isSource });
  else apply(dir, base);
  git(dir, "init", "--quiet", "--initial-branch=main");
  return committed(dir, overlays);
}

/** The same from a folder anywhere on this machine. */
export function projectAt(source: string, ...overlays: Overlay[]): Project {
  const dir = folder("project");
  cpSync(source, dir, { recursive: true, filter: isSource });
  git(dir, "init", "--quiet", "--initial-branch=main");
  return committed(dir, overlays);
}

/** An overlay that makes the project's bytes, and so every cache entry, its own. */
export function unique(path = "nonce.txt"): Overlay {
  return { [path]: `${randomBytes(8).toString("hex")}\n` };
}

/** Makes the first steps of a project its own, so that no cache has them. */
export function firstStep(): Overlay {
  return { Dockerfile: replace("WORKDIR", `RUN echo ${randomUUID()}\nWORKDIR`) };
}

/**
 * A change that replaces one piece of a file.
 * @throws when the piece is not there, so that a fixture cannot drift away from its faults
 */
export function replace(piece: string | RegExp, by: string): (before: string) => string {
  return (before) => {
    const after = before.replace(piece, () => by);
    if (after === before) throw new Error(`${piece} is not in:\n${before}`);
    return after;
  };
}

/** A change that adds lines to the end of a file. */
export function append(text: string): (before: string) => string {
  return (before) => `${before}${text}`;
}

/** Several changes of one file, one after another. */
export function both(...changes: ((before: string) => string)[]): (before: string) => string {
  return (before) => changes.reduce((text, change) => change(text), before);
}

function isSource(path: string): boolean {
  return !/(^|\/)(__pycache__|\.git|staticfiles|db\.sqlite3)$/.test(path);
}

function committed(dir: string, overlays: readonly Overlay[]): Project {
  for (const overlay of overlays) apply(dir, overlay);
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", "--allow-empty", "--message", "A commit");
  const sha = git(dir, "rev-parse", "HEAD").trim();
  return { dir, sha, change: (...more) => committed(dir, more) };
}

function apply(dir: string, overlay: Overlay): void {
  for (const [name, change] of Object.entries(overlay)) {
    const path = join(dir, name.replace(/!$/, ""));
    if (change === null) {
      if (!existsSync(path)) throw new Error(`nothing to delete at ${name}`);
      rmSync(path, { recursive: true });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    const content = typeof change === "function" ? change(readFileSync(path, "utf8")) : change;
    writeFileSync(path, content, { mode: name.endsWith("!") ? 0o755 : 0o644 });
  }
}

/** git with an identity and a clock of its own, so that equal files make equal commits everywhere. */
function git(dir: string, ...args: string[]): string {
  const identity = [
    "user.name=E2E",
    "user.email=e2e@example.com",
    "commit.gpgsign=false",
    "core.autocrlf=false",
  ];
  const date = "2026-01-02T03:04:05+00:00";
  const { status, stdout, stderr } = spawnSync(
    "git",
    [...identity.flatMap((pair) => ["-c", pair]), ...args],
    {
      cwd: dir,
      encoding: "utf8",
      env: {
        ...process.env,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_SYSTEM: "/dev/null",
      },
    },
  );
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}
