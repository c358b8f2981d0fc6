/** The last step of the story: outputs, files, annotations, summary and the closing lines. Loaded when it is told. */
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as core from "@actions/core";
import type { Call } from "../docker/docker.ts";
import { annotationsOf, failureAnnotation } from "./annotations.ts";
import { painter } from "./colours.ts";
import type { Log } from "./log.ts";
import type { Lint, Outcome } from "./outcome.ts";
import { outputsOf, type ReportFiles, reportOf } from "./result.ts";
import { sarifOf } from "./sarif.ts";
import { annotate, sayers } from "./say.ts";
import { summaryOf } from "./summary.ts";
import {
  besidesFailure,
  checkTexts,
  closingText,
  findingText,
  ignoredTexts,
  imageText,
  settingsText,
  skippedTexts,
  suppliedText,
} from "./text.ts";

/** Where it is told. */
export interface Audience {
  readonly log: Log;
  readonly env: NodeJS.ProcessEnv;
}

/** What each call of the engine took: shown where the workflow runs with debug logging. */
export function sayCalls(calls: readonly Call[], log: Log): void {
  log.outside(() => {
    for (const { command, from, milliseconds } of calls)
      core.debug(`${command}: ${milliseconds} ms, from ${from} ms`);
  });
}

/**
 * Tells the whole story. Outputs come first, so that they are there whatever happens after.
 * @returns false when the outputs could not be set: a job that reads them must not go on
 */
export async function tell(outcome: Outcome, { log, env }: Audience): Promise<boolean> {
  // What comes now is to be read without unfolding anything.
  log.endGroup();
  const { warn } = sayers(log);
  const files = await writeFiles(outcome, warn);
  const told = setOutputs(outputsOf(outcome, files), log);
  const paint = painter(env);
  const lint = await lintOf(outcome);
  const whole = { ...outcome, lint };
  if (lint.length > 0) log.group(`${lint.length} of Docker's build checks complain of ${lint[0]?.file}`);
  for (const one of lint) log.line(`${one.file}:${one.line}  ${one.message}`);
  log.endGroup();
  sayVerdict(outcome, (text) => log.line(paint(text)));
  annotateAll(whole, log);
  log.line(paint(closingText(outcome)));
  const failure = failureAnnotation(outcome);
  if (failure) annotate(failure, log);
  const summary = env.GITHUB_STEP_SUMMARY;
  if (outcome.request?.summary !== false && summary)
    await tried(() => appendFile(summary, summaryOf(whole)), warn, "job summary");
  log.close();
  return told;
}

function setOutputs(outputs: Record<string, string>, log: Log): boolean {
  try {
    log.outside(() => {
      for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    });
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.outside(() =>
      core.error(`The step's outputs could not be set: ${reason}. Is the runner's disk full?`),
    );
    return false;
  }
}

/** Writes the report file and the SARIF file into the step's folder, once there is one. */
async function writeFiles(outcome: Outcome, warn: (text: string) => void): Promise<ReportFiles> {
  const { folder } = outcome;
  const write = async (name: string, content: unknown, what: string) => {
    if (folder === undefined || content === undefined) return "";
    const path = join(folder, name);
    const text = `${JSON.stringify(content, null, 2)}\n`;
    return (await tried(() => writeFile(path, text), warn, what)) ? path : "";
  };
  return {
    report: await write("report.json", reportOf(outcome), "report file"),
    sarif: await write("report.sarif", sarifOf(outcome), "SARIF file"),
  };
}

/** What cannot be written (a full disk) is worth a warning, and never the verdict. */
async function tried(
  write: () => Promise<void>,
  warn: (text: string) => void,
  what: string,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    warn(`The ${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** What the build says of the workflow's own Dockerfile: its text tells it from ours and from others. */
async function lintOf({ trace, request }: Outcome): Promise<readonly Lint[]> {
  if (request === undefined || trace === undefined || trace.warnings.length === 0) return [];
  const text = await readFile(request.build.file, "utf8").catch(() => undefined);
  return trace.warnings
    .filter(({ source }) => source === text)
    .map(({ source: _, ...warning }) => ({ ...warning, file: request.build.fileShown }));
}

function sayVerdict(outcome: Outcome, say: (text: string) => void): void {
  const { verdict, failure } = outcome;
  if (verdict === undefined) return;
  for (const finding of besidesFailure(verdict.findings, failure)) say(`${findingText(finding)}\n`);
  const ran = verdict.checks.filter(({ status }) => status !== "skipped");
  for (const [index, line] of checkTexts(ran).entries()) {
    say(line);
    for (const note of ran[index]?.notes ?? []) say(`  ${note}`);
  }
  for (const text of [
    ...skippedTexts(verdict),
    ...ignoredTexts(verdict),
    settingsText(verdict),
    suppliedText(verdict),
    imageText(outcome),
  ])
    if (text !== "") say(text);
}

/** Folded, because each of them was told before: the runner prints an annotation where it is made. */
function annotateAll(outcome: Outcome, log: Log): void {
  const annotations = annotationsOf(outcome, log.annotated);
  if (annotations.length > 0) log.group("Annotations");
  for (const one of annotations) annotate(one, log);
  log.endGroup();
}
