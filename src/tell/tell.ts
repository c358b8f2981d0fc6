/** The last step of the story: outputs, files, annotations, summary and the closing lines. Loaded when it is told. */
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as core from "@actions/core";
import type { Call } from "../engine/engine.ts";
import type { Finding } from "../verdict/finding.ts";
import { reaches } from "../verdict/finding.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { Log } from "./log.ts";
import { type Files, outputsOf, reportOf } from "./result.ts";
import { sarifOf } from "./sarif.ts";
import { sayers } from "./say.ts";
import type { Story } from "./story.ts";
import { summaryOf } from "./summary.ts";
import { checkText, closingText, findingText, settingsText, suppliedText } from "./text.ts";

/** The runner keeps 10 annotations of each type a step; one error is the step's own. */
const MOST_ANNOTATIONS = 10;
const MOST_CHARACTERS = 4000;

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
export async function tell(story: Story, { log, env }: Audience): Promise<boolean> {
  // What comes now is to be read without unfolding anything.
  log.endGroup();
  const { warn } = sayers(log);
  const files = await writeFiles(story, warn);
  const told = setOutputs(outputsOf(story, files), log);
  if (story.verdict) sayFindings(story.verdict, log);
  log.line(closingText(story));
  log.outside(() => annotate(story));
  const summary = env.GITHUB_STEP_SUMMARY;
  if (story.request?.summary !== false && summary)
    await tried(() => appendFile(summary, summaryOf(story)), warn, "job summary");
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
async function writeFiles(story: Story, warn: (text: string) => void): Promise<Files> {
  const { folder } = story;
  const write = async (name: string, content: unknown, what: string) => {
    if (folder === undefined || content === undefined) return "";
    const path = join(folder, name);
    const text = `${JSON.stringify(content, null, 2)}\n`;
    return (await tried(() => writeFile(path, text), warn, what)) ? path : "";
  };
  return {
    report: await write("report.json", reportOf(story), "report file"),
    sarif: await write("report.sarif", sarifOf(story), "SARIF file"),
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

function sayFindings(verdict: Verdict, log: Log): void {
  for (const finding of verdict.findings) log.line(`${findingText(finding)}\n`);
  for (const check of verdict.checks) {
    log.line(checkText(check));
    for (const note of check.notes) log.line(`  ${note}`);
  }
  const allRan = verdict.checks.every(({ status }) => status !== "error");
  for (const { rule, findings } of verdict.ignored)
    if (findings > 0 || allRan)
      log.line(findings > 0 ? `ignored by \`${rule}\`: ${findings}` : `\`ignore: ${rule}\` matched nothing`);
  for (const text of [settingsText(verdict), suppliedText(verdict)]) if (text !== "") log.line(text);
}

function annotate(story: Story): void {
  const { failure, verdict, request } = story;
  if (failure) {
    const place = failure.place;
    core.error(short(failure.message), {
      title: failure.kind,
      ...(place === undefined ? {} : { file: place.file }),
      ...(place?.line === undefined ? {} : { startLine: place.line }),
    });
  }
  // Findings without a place in the repository are in the error's text, the log and the summary.
  const placed = (verdict?.findings ?? []).filter(({ file }) => file !== "");
  const threshold = request?.failLevel ?? "WARNING";
  const counts = placed.filter(({ level }) => reaches(level, threshold));
  const rest = placed.filter((one) => !counts.includes(one));
  for (const finding of counts.slice(0, MOST_ANNOTATIONS - 1)) core.error(message(finding), at(finding));
  for (const finding of rest.slice(0, MOST_ANNOTATIONS)) core.notice(message(finding), at(finding));
}

function at(finding: Finding): core.AnnotationProperties {
  return {
    title: finding.id === "" ? finding.check : `${finding.check}: ${finding.id}`,
    file: finding.file,
    ...(finding.line === undefined ? {} : { startLine: finding.line }),
  };
}

function message(finding: Finding): string {
  return short(finding.hint === "" ? finding.message : `${finding.message}\n${finding.hint}`);
}

function short(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
