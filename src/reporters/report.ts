/** Reports a step that has ended: outputs, files, annotations, summary and the last lines of the log. */
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as core from "@actions/core";
import type { Call } from "../docker/docker.ts";
import { annotationsOf, failureAnnotation } from "./annotations.ts";
import { painter } from "./colours.ts";
import type { Log } from "./log.ts";
import type { Lint, Outcome } from "./outcome.ts";
import { setOutputs } from "./outputs.ts";
import { outputsOf, reportOf } from "./result.ts";
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
  lintTitle,
  settingsText,
  skippedTexts,
  suppliedText,
  unreadText,
} from "./text.ts";

/** Writes how long each command took. GitHub shows it when debug logging is on. */
export function logCalls(calls: readonly Call[], log: Log): void {
  log.outside(() => {
    for (const { command, from, milliseconds } of calls)
      core.debug(`${command}: ${milliseconds} ms, from ${from} ms`);
  });
}

/**
 * Reports how the step ended. The outputs are set first, so that they are there even if a later part fails.
 * @param env the runner's environment, which names the file of the summary
 * @returns false when the outputs could not be set: then the step must fail, because a later job reads them
 */
export async function report(outcome: Outcome, log: Log, env: NodeJS.ProcessEnv): Promise<boolean> {
  // Everything from here on must be readable without unfolding anything.
  log.endGroup();
  const { warn } = sayers(log);
  const files = await writeFiles(outcome, warn);
  const areSet = setOutputs(outputsOf(outcome, files), log);
  const paint = painter(env);
  const lint = await lintOf(outcome);
  const whole = { ...outcome, lint };
  if (lint.length > 0) log.group(`${lintTitle(lint)} about ${lint[0]?.file}`);
  for (const one of lint) log.line(`${one.file}:${one.line}  ${one.message}`);
  log.endGroup();
  sayVerdict(outcome, (text) => log.line(paint(text)));
  // In a fold: the runner prints each of them, and the log above has their text already.
  const annotations = annotationsOf(whole, log.annotated);
  if (annotations.length > 0) log.group("Annotations");
  for (const one of annotations) annotate(one, log);
  log.endGroup();
  log.line(paint(closingText(outcome)));
  const failure = failureAnnotation(outcome);
  if (failure) annotate(failure, log);
  const summary = env.GITHUB_STEP_SUMMARY;
  if (outcome.request?.summary !== false && summary)
    await tried(() => appendFile(summary, summaryOf(whole)), warn, "job summary");
  log.close();
  return areSet;
}

/** Writes the report file and the SARIF file into the step's folder, once there is one. Gives their paths. */
async function writeFiles(outcome: Outcome, warn: (text: string) => void) {
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

/** Writes something. A failure to write (a full disk) becomes a warning and does not change the verdict. */
async function tried(
  write: () => Promise<void>,
  warn: (text: string) => void,
  what: string,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    warn(`The ${what} could not be written: ${(error as Error).message}`);
    return false;
  }
}

/** The build's warnings about the workflow's own Dockerfile. Its text distinguishes it from other Dockerfiles. */
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
  const ran = verdict.checks.filter(({ status, notes }) => status !== "skipped" || notes.length > 0);
  for (const [index, line] of checkTexts(ran).entries()) {
    say(line);
    for (const note of ran[index]?.notes ?? []) say(`  ${note}`);
  }
  for (const text of [
    ...skippedTexts(verdict),
    ...ignoredTexts(verdict),
    settingsText(verdict),
    suppliedText(verdict),
    unreadText(verdict),
    imageText(outcome),
  ])
    if (text !== "") say(text);
}
