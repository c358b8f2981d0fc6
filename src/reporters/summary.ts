/** The job summary, as Markdown. All text that came from the image is escaped. Pure. */

import { type Finding, reaches } from "../checks/finding.ts";
import type { Verdict } from "../checks/verdict.ts";
import { sizeText } from "../docker/words.ts";
import { visible } from "../request/invisible.ts";
import { pageOf } from "./links.ts";
import { code, escapeLines, escapeMarkdown, fence, fold } from "./markdown.ts";
import { type Lint, type Outcome, statusOf } from "./outcome.ts";
import {
  besidesFailure,
  bytesOf,
  cut,
  firstLine,
  foundOn,
  ignoredTexts,
  imageText,
  indent,
  joined,
  layersWithBytes,
  lintTitle,
  platformsText,
  settingsText,
  several,
  skippedTexts,
  suppliedText,
  timesText,
  unreadText,
} from "./text.ts";
import { timelineOf } from "./timeline.ts";

/** The runner drops a summary of more than 1 MiB completely. This limit leaves room for other steps' parts. */
const MOST_BYTES = 900 * 1024;
const LONGEST_MESSAGE = 20_000;
const MOST_LAYERS = 5;
const LONGEST_INSTRUCTION = 100;
const MARKS = {
  passed: "✅",
  failed: "❌",
  reported: "📋",
  error: "⚠️",
  cancelled: "🚫",
  skipped: "➖",
} as const;

/** The whole summary. If it is too long, its first part is cut, with a note. */
export function summaryOf(outcome: Outcome): string {
  const { request, release, image, verdict, failure } = outcome;
  const status = statusOf(outcome);
  const parts = [`## ${MARKS[status]} ${escapeMarkdown(outcome.app || "shipshape")}: ${status}\n`];
  if (release) {
    const tags = joined(", also ", code(release.tag), release.tags.map(code).join(", "));
    parts.push(`${code(release.pinned)}\n\ntagged ${tags}\n`);
  } else if (image) parts.push(`Not released. Built: ${code(image.digest)}\n`);
  const platforms = platformsText(outcome);
  if (image && platforms !== "") parts.push(`${escapeMarkdown(platforms)}\n`);
  if (failure) parts.push(failurePart(failure));
  else if (request && !request.push.push) parts.push(`Not pushed: ${escapeLines(request.push.why)}\n`);
  if (verdict) parts.push(...verdictParts(verdict, outcome));
  if (outcome.lint?.length) parts.push(lintPart(outcome.lint, outcome));
  // Findings may be cut. The table of layers and the timeline must stay whole.
  const rest = joined("\n", layersPart(outcome), timelinePart(outcome));
  return fitted(parts.join("\n"), rest === "" ? "" : `\n${rest}`);
}

/** For failed checks only the first line of the failure: their findings are listed below it. A very long text is cut. */
function failurePart({ kind, message }: NonNullable<Outcome["failure"]>): string {
  if (kind === "Checks failed") return `**${kind}.** ${escapeMarkdown(firstLine(message))}\n`;
  const note = message.length > LONGEST_MESSAGE ? "\n\n**Cut here:** the whole text is in the log." : "";
  return `**${kind}**\n\n${fence(visible(message.slice(0, LONGEST_MESSAGE)))}${note}\n`;
}

function verdictParts(verdict: Verdict, outcome: Outcome): string[] {
  const asked = verdict.checks.filter(({ status }) => status !== "skipped");
  const rows = asked.map(
    ({ name, status, findings, silenced, seconds, cached, reason }) =>
      `| ${escapeMarkdown(name)} | ${MARKS[status]} ${status}${reason === "" ? "" : `: ${escapeMarkdown(reason)}`} | ${findings} | ${silenced} | ${cached ? "cached" : seconds.toFixed(1)} |`,
  );
  const notes = verdict.checks.flatMap(({ name, notes }) =>
    notes.map((note) => `- ${escapeMarkdown(name)}: ${escapeLines(note)}`),
  );
  const printed = verdict.checks
    .filter(({ status, output }) => status !== "passed" && output.trim() !== "")
    .map(({ name, output }) => fold(`The end of what ${code(name)} printed`, fence(visible(output))));
  return [
    "| check | status | findings | silenced | seconds |\n|---|---|---:|---:|---:|",
    `${rows.join("\n")}\n`,
    ...skippedTexts(verdict).map((text) => `- ${escapeLines(text)}`),
    ...notes,
    ...printed,
    ...groups(besidesFailure(verdict.findings, outcome.failure), outcome),
    ...ignoredTexts(verdict).map((text) => `\n${escapeLines(text)}`),
    `\n${escapeLines(joined(". ", settingsText(verdict), joined(" ", suppliedText(verdict), unreadText(verdict))))}\n`,
    environmentPart(verdict),
  ];
}

/** The findings by check. Next to findings that fail the step, those that do not are folded. */
function groups(findings: readonly Finding[], outcome: Outcome): string[] {
  const threshold = outcome.request?.failLevel ?? "WARNING";
  return [...Map.groupBy(findings, ({ check }) => check)].flatMap(([check, own]) => {
    const counting = own.filter(({ level }) => reaches(level, threshold));
    const rest = own.filter((one) => !counting.includes(one));
    const shown = counting.map((one) => findingPart(one, outcome));
    const folded = rest.map((one) => findingPart(one, outcome)).join("\n");
    const title = `${rest.length} that ${rest.length === 1 ? "does" : "do"} not fail the step`;
    return [
      `\n### ${escapeMarkdown(check)}\n`,
      ...shown,
      ...(rest.length === 0 ? [] : [shown.length === 0 ? folded : `\n${fold(title, folded)}\n`]),
    ];
  });
}

function findingPart(finding: Finding, outcome: Outcome): string {
  const { level, id, object, message, hint, migration, replacement } = finding;
  const head = joined(
    " ",
    `**${level}**`,
    id === "" ? "" : code(id),
    object === "" ? "" : code(object),
    place(finding, outcome),
    timesText(finding),
    escapeMarkdown(foundOn(finding)),
  );
  const advice = hint === "" ? "" : `<br>💡 ${escapeLines(hint)}`;
  const lines = [`- ${head}<br>${escapeLines(message)}${advice}`];
  if (migration) {
    const { path, text, operations } = migration;
    const title = escapeMarkdown(operations.join("; ") || path);
    lines.push(`\n${indent(fold(title, `${code(path)}\n\n${committed(text, "python")}`))}`);
  }
  if (replacement !== undefined)
    lines.push(`\n${indent(fold("The file as it should be", committed(replacement)))}`);
  return lines.join("\n");
}

/** A text to be committed, which nothing is changed in. One that is not what it seems is not shown. */
function committed(text: string, language = ""): string {
  const isPlain = visible(text) === text.replace(/\r\n?/g, "\n");
  return isPlain
    ? fence(text, language)
    : "It has characters that cannot be seen, or that turn a line's direction: take it from the report file, and look at them.";
}

function place({ file, line, containerFile }: Finding, outcome: Outcome): string {
  if (file === "") return containerFile === "" ? "" : `${code(containerFile)} in the image`;
  return linked(file, line, outcome);
}

function linked(file: string, line: number | undefined, { checkout, request }: Outcome): string {
  const text = line ? `${file}:${line}` : file;
  const event = request && { folder: "", sha: request.run.sha, source: request.run.source, annotated: true };
  const page = pageOf(file, line, checkout ?? event);
  return page === undefined ? code(text) : `[${escapeMarkdown(text)}](${page})`;
}

const SUPPLIERS = {
  image: "the image",
  user: "the workflow (`env`)",
  shipshape: "**shipshape**, for the checks only",
  nobody: "not set",
} as const;

/** A table of the variables that the settings read, and who gave them a value. */
function environmentPart({ environment, reads }: Verdict): string {
  if (environment.length === 0) return "";
  const rows = environment.map(({ name, supplied }) => `| ${code(name)} | ${SUPPLIERS[supplied]} |`);
  const also = reads.complete ? "" : ", and the whole environment at once: the list may lack some";
  const title = `The settings read ${several(environment.length, "variable")}${also}`;
  return fold(title, `| variable | value from |\n|---|---|\n${rows.join("\n")}`);
}

function lintPart(lint: readonly Lint[], outcome: Outcome): string {
  const lines = lint.map(
    ({ message, detail, url, file, line }) =>
      `- ${linked(file, line, outcome)} ${escapeMarkdown(message)}${detail === "" ? "" : `<br>${escapeLines(detail)}`}${/^https:\/\/[\w./-]+$/.test(url) ? ` ([why](${url}))` : ""}`,
  );
  return `\n${fold(lintTitle(lint), lines.join("\n"))}\n`;
}

function layersPart(outcome: Outcome): string {
  const full = layersWithBytes(outcome.layers);
  const total = bytesOf(full);
  if (total === 0) return "";
  const rows = [...full]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, MOST_LAYERS)
    .filter(({ bytes }) => bytes >= total / 100)
    .map(
      ({ bytes, by }) =>
        `| ${sizeText(bytes)} | ${Math.round((100 * bytes) / total)} % | ${by === "" ? "the base image" : code(instruction(by))} |`,
    );
  return `\n### ${imageText(outcome)}\n\n| largest layers | share | made by |\n|---:|---:|---|\n${rows.join("\n")}\n`;
}

/** An instruction as the Dockerfile has it, from a line of the image's history. */
function instruction(by: string): string {
  const line = by
    .replace(/^RUN (?:\|\d+ .*?)?\/bin\/sh -c /s, "RUN ")
    .replace(/ # buildkit$/, "")
    .replace(/\s+/g, " ");
  return cut(line, LONGEST_INSTRUCTION);
}

function timelinePart({ trace, request }: Outcome): string {
  const timeline = timelineOf(trace?.steps ?? [], request?.commands.lines);
  return timeline === "" ? "" : `\n### Timeline\n\n${timeline}\n`;
}

/** Cuts the first part if both together are too long: between two findings, and with every fold closed. */
function fitted(text: string, rest: string): string {
  const room = MOST_BYTES - Buffer.byteLength(rest);
  if (Buffer.byteLength(text) <= room) return `${text}${rest}`;
  const kept = Buffer.from(text).subarray(0, room).toString("utf8");
  const end = kept.lastIndexOf("\n- ");
  const whole = kept.slice(0, end < 0 ? undefined : end);
  const open = (whole.match(/<details>/g) ?? []).length - (whole.match(/<\/details>/g) ?? []).length;
  return `${whole}\n${"\n</details>".repeat(Math.max(0, open))}\n\n**Cut here:** the whole list is in the report file.\n${rest}`;
}
