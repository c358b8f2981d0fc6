/** The action `collect`: merges the results of a matrix's legs into the outputs that a deploy job reads. */
import { appendFile } from "node:fs/promises";
import * as core from "@actions/core";
import { Log } from "../reporters/log.ts";
import { code, escapeLines, escapeMarkdown } from "../reporters/markdown.ts";
import { setOutputs } from "../reporters/outputs.ts";
import { annotate } from "../reporters/say.ts";
import { namesIn, reportsIn, resultsIn, Unusable } from "./inputs.ts";
import { type AppResult, type Merged, merge, NO_OUTPUTS, outputsOf, sameVariables } from "./merge.ts";

/**
 * Runs the whole step.
 * @param env the runner's environment
 * @returns the exit code: 0 when every expected app has exactly one result and has passed
 */
export async function collect(env: NodeJS.ProcessEnv): Promise<0 | 1> {
  const log = new Log();
  const merged = await mergeInputs(env);
  const outputs = merged.ok ? outputsOf(merged.apps) : NO_OUTPUTS;
  const areSet = setOutputs(outputs, log);
  if (merged.ok)
    for (const one of merged.apps) log.line(`${one.app}: ${one.pinned || `${one.status}, not released`}`);
  else annotate({ type: "error", message: merged.problems.join("\n"), title: "Collect failed" }, log);
  log.close();
  if (env.GITHUB_STEP_SUMMARY)
    await appendFile(env.GITHUB_STEP_SUMMARY, summaryOf(merged)).catch((error) =>
      core.warning(`The job summary could not be written: ${error}`),
    );
  return merged.ok && areSet ? 0 : 1;
}

async function mergeInputs(env: NodeJS.ProcessEnv): Promise<Merged> {
  const [results, path, expected] = ["RESULTS", "PATH", "EXPECT"].map((name) =>
    (env[`INPUT_${name}`] ?? "").trim(),
  );
  try {
    if (!results === !path)
      throw new Unusable("Give either `results` (`${{ toJSON(needs.ship.outputs) }}`) or `path` (a folder).");
    const sources = results ? resultsIn(results) : await reportsIn(path ?? "", env.GITHUB_WORKSPACE ?? ".");
    const merged = merge(sources, namesIn(expected ?? ""), results ? undefined : path);
    const clash = merged.ok ? sameVariables(merged.apps) : undefined;
    return clash === undefined ? merged : { ok: false, problems: [clash] };
  } catch (error) {
    if (error instanceof Unusable) return { ok: false, problems: [error.message] };
    throw error;
  }
}

function summaryOf(merged: Merged): string {
  if (!merged.ok)
    return `## ❌ collect\n\n${merged.problems.map((one) => `- ${escapeLines(one)}`).join("\n")}\n`;
  const row = ({ app, tag, pinned }: AppResult) =>
    `| ${escapeMarkdown(app)} | ${tag === "" ? "not released" : code(tag)} | ${pinned === "" ? "" : code(pinned)} |`;
  return `## ✅ collect\n\n| app | tag | deploy |\n|---|---|---|\n${merged.apps.map(row).join("\n")}\n`;
}
