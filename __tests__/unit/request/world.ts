/** A workspace on disk and the runner's variables for it, for the tests of request/. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { Failure } from "../../../src/failure.ts";
import type { GitFacts } from "../../../src/request/git.ts";
import { readRequest } from "../../../src/request/inputs.ts";
import type { Request } from "../../../src/request/request.ts";

export const CATALOGUE = ["system", "deploy", "migrations", "static"];

/** What action.yml says. */
export const ACTION: {
  readonly inputs: Record<string, { description: string; required?: boolean; default?: unknown }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: Record<string, string>;
} = parse(readFileSync(new URL("../../../action.yml", import.meta.url), "utf8"));
/** The names of all inputs. */
export const INPUTS: readonly string[] = Object.keys(ACTION.inputs);

/** Folders of this test file; removed by `sweep`. */
const made: string[] = [];

/** A new folder with these files (path → text); a path that ends with a slash is a folder. */
export function folder(files: Readonly<Record<string, string>> = { Dockerfile: "FROM scratch\n" }): string {
  const root = mkdtempSync(path.join(tmpdir(), "request-"));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(name.endsWith("/") ? file : path.dirname(file), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(file, text);
  }
  return root;
}

export function sweep(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true });
}

/** The runner's variables for a step with these inputs in a workspace. `more` overrides them. */
export function runner(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const given = Object.entries({ image: "ghcr.io/acme/shop", ...inputs });
  return {
    GITHUB_EVENT_NAME: "push",
    GITHUB_WORKSPACE: workspace,
    GITHUB_RUN_NUMBER: "7",
    ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...more,
  };
}

/** Reads the request of these variables. */
export function read(env: NodeJS.ProcessEnv, checkouts: readonly (GitFacts | undefined)[] = []): Request {
  return readRequest(env, { catalogue: CATALOGUE, checkouts });
}

/** The message of the failure that these variables cause; empty when they are fine. */
export function complaint(env: NodeJS.ProcessEnv, checkouts: readonly (GitFacts | undefined)[] = []): string {
  try {
    read(env, checkouts);
    return "";
  } catch (error) {
    if (error instanceof Failure && error.kind === "Invalid input") return error.message;
    throw error;
  }
}
