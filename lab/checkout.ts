/** The checkout that the benchmark changes, builds and ships. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type RunnerStep, runnerStep } from "./runner.ts";

/**
 * Removes the images of a repository from the local engine: the script and the recipe leave all of theirs
 * there, the step its latest.
 */
export function forget(repository: string): void {
  const references = [repository, `shipshape/kept:*-${repository.split("/").at(-1)}`];
  const list = ["image", "ls", "--quiet", ...references.flatMap((name) => ["--filter", `reference=${name}`])];
  const ids = execFileSync("docker", list, { encoding: "utf8" })
    .split("\n")
    .filter((id) => id !== "");
  if (ids.length > 0)
    execFileSync("docker", ["image", "rm", "--force", ...new Set(ids)], { stdio: "ignore" });
}

/** A project in a checkout of its own that can be changed. */
export class Checkout {
  readonly #folder = mkdtempSync(join(tmpdir(), "shipshape-bench-"));
  readonly path = join(this.#folder, "checkout");

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    mkdirSync(this.path);
    this.git("init", "--quiet", "--initial-branch=main");
    this.change(files);
  }

  /** Writes files and commits them. As a checkout does, it leaves alone what is the same already. */
  change(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.path, path);
      if (existsSync(file) && readFileSync(file).equals(Buffer.from(content))) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "A change");
  }

  git(...args: string[]): string {
    const identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"];
    return execFileSync("git", [...identity, ...args], { cwd: this.path, encoding: "utf8" }).trim();
  }

  /** An empty folder that goes with the checkout. */
  folder(): string {
    return mkdtempSync(join(this.#folder, "runner-"));
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** GITHUB_RUN_NUMBER of the last step. */
let number = 0;

/** A step of a run of its own on what is checked out. */
export function stepOf(checkout: Checkout, inputs: Readonly<Record<string, string>>): RunnerStep {
  const sha = checkout.git("rev-parse", "HEAD");
  return runnerStep(checkout.folder(), { workspace: checkout.path, sha, number: ++number, inputs });
}
