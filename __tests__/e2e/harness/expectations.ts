/** What a user would look at after a step: exit code, the one error, the registry, the report. */
import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { stagingNames } from "./docker.ts";
import { type Registry, registry as theRegistry } from "./registry.ts";
import type { Step } from "./step.ts";

export type Kind =
  | "Invalid input"
  | "Build failed"
  | "Checks failed"
  | "Checks could not run"
  | "Publish failed"
  | "Cancelled";

const KINDS: readonly string[] = [
  "Invalid input",
  "Build failed",
  "Checks failed",
  "Checks could not run",
  "Publish failed",
  "Cancelled",
] satisfies Kind[];

export interface Finding {
  readonly check: string;
  readonly level: string;
  readonly id: string;
  readonly message: string;
  readonly hint?: string;
  readonly object?: string;
  readonly file?: string;
  readonly line?: number;
  readonly count?: number;
  readonly platforms?: readonly string[];
}

export interface Result {
  readonly schema: number;
  readonly app: string;
  readonly status: string;
  readonly stage: string;
  readonly image: string;
  readonly tag: string;
  readonly ref: string;
  readonly digest: string;
  readonly pinned: string;
  readonly pushed: boolean;
  readonly platforms: readonly { readonly platform: string; readonly checked: boolean }[];
  readonly run: {
    readonly number: number;
    readonly attempt: number;
    readonly sha: string;
    readonly url: string;
  };
  readonly django: {
    readonly version: string;
    readonly python: string;
    readonly settings: string;
    readonly manage: string;
  };
  readonly checks: Readonly<
    Record<
      string,
      {
        readonly status: string;
        readonly findings: number;
        readonly seconds: number;
        readonly cached: boolean;
      }
    >
  >;
}

export interface Report extends Result {
  readonly findings: readonly Finding[];
}

const OUTPUTS = [
  "app",
  "checks",
  "digest",
  "image",
  "metadata",
  "pinned",
  "pushed",
  "ref",
  "report",
  "result",
  "sarif",
  "tag",
] as const;

/** `result`, read. */
export function result(step: Step): Result {
  return JSON.parse(step.outputs.result ?? "") as Result;
}

/** Statuses of the checks that had something to look at, by name. */
export function statuses(step: Step): Record<string, string> {
  const asked = Object.entries(result(step).checks).filter(([, { status }]) => status !== "skipped");
  return Object.fromEntries(asked.map(([name, { status }]) => [name, status]));
}

/** The report file, read. */
export function report(step: Step): Report {
  return JSON.parse(readFileSync(step.outputs.report ?? "", "utf8")) as Report;
}

/** The summary as people read it: without tags, entities resolved. */
export function summaryText(step: Step): string {
  return step.summary
    .replace(/<\/?[a-z]+[^>]*>/gi, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

/** Findings that are more than advice. */
export function failing(step: Step): Finding[] {
  return report(step).findings.filter(({ level }) => !["DEBUG", "INFO"].includes(level));
}

/** Ids of those, sorted, each once. */
export function failingIds(step: Step): string[] {
  return [...new Set(failing(step).map(({ id }) => id))].sort();
}

/** The one finding of an id. */
export function finding(step: Step, id: string): Finding {
  const found = report(step).findings.filter((one) => one.id === id);
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

/** Every output of the contract is set, if only to nothing. */
export function expectAllOutputs(step: Step): void {
  expect(Object.keys(step.outputs)).toEqual(expect.arrayContaining([...OUTPUTS]));
}

/** The step failed with exactly one error of that kind. Returns its annotation. */
export function expectFailure(
  step: Step,
  kind: Kind,
): { message: string; file: string | undefined; line: string | undefined } {
  const kinds = step.commands.filter(
    ({ name, properties }) => name === "error" && KINDS.includes(properties.title ?? ""),
  );
  const seen = kinds.map(({ properties, message }) => `${properties.title}: ${message}`);
  if (step.code !== 1 || kinds.length !== 1 || kinds[0]?.properties.title !== kind) {
    throw new Error(
      `expected exit code 1 and one error "${kind}", got ${step.code} and ${JSON.stringify(seen, null, 2)}\n${step.log}`,
    );
  }
  const [{ message, properties }] = kinds as [(typeof kinds)[0]];
  expect(message).not.toBe("");
  expectAllOutputs(step);
  return { message, file: properties.file, line: properties.line };
}

/**
 * Nothing of this repository is in the registry, neither tag nor digest, no output says otherwise, and the
 * engine has forgotten the name that the image had until the verdict.
 */
export async function expectNothingShipped(
  step: Step,
  repo: string,
  registry: Registry = theRegistry,
): Promise<void> {
  expect(await registry.tags(repo)).toEqual([]);
  expect(step.outputs).toMatchObject({ pushed: "false", tag: "", ref: "", pinned: "" });
  const { digest } = step.outputs;
  if (digest) expect(await registry.manifest(repo, digest)).toBeUndefined();
  expect(await stagingNames(step.runId)).toEqual([]);
}

/** The step passed, and the registry has these very bytes under the tag that the outputs name. */
export async function expectShipped(
  step: Step,
  repo: string,
  tag = "build-7",
  registry: Registry = theRegistry,
): Promise<void> {
  if (step.code !== 0) throw new Error(`expected exit code 0, got ${step.code}\n${step.log}`);
  expectAllOutputs(step);
  expect(step.commands.filter(({ name }) => name === "error")).toEqual([]);
  const { digest } = step.outputs;
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(step.outputs).toMatchObject({
    image: repo,
    tag,
    ref: `${repo}:${tag}`,
    pinned: `${repo}@${digest}`,
    pushed: "true",
  });
  expect((await registry.manifest(repo, tag))?.digest).toBe(digest);
  expect(await stagingNames(step.runId)).toEqual([]);
}

/**
 * The image that was released is the one that the checks ran in: the stamp that `stamped` gives each build is the same.
 * @returns the stamp
 */
export async function expectChecked(step: Step, repo: string): Promise<string> {
  const stamp = (await theRegistry.file(repo, step.outputs.digest ?? "", "stamp"))?.trim() ?? "";
  expect(stamp).not.toBe("");
  expect(report(step).findings.find(({ id }) => id === "shop.I001")?.message).toBe(stamp);
  return stamp;
}
