/** The job summary, as Markdown. Whatever came from the image is escaped. Pure. */

import type { Request } from "../request/request.ts";
import type { Finding } from "../verdict/finding.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { uriOf } from "./sarif.ts";
import { type Story, statusOf } from "./story.ts";
import { platformsText, settingsText, suppliedText } from "./text.ts";

/** The runner drops a summary of more than 1 MiB whole; this leaves room for other steps' parts. */
const MOST_BYTES = 900 * 1024;
const LONGEST_MESSAGE = 20_000;
const MARKS = { passed: "✅", failed: "❌", error: "⚠️", cancelled: "🚫", skipped: "➖" } as const;

/** The whole summary, cut with a note when it would be too long. */
export function summaryOf(story: Story): string {
  const { request, release, held, verdict, failure } = story;
  const status = statusOf(story);
  const parts = [`## ${MARKS[status]} ${escapeMarkdown(story.app || "shipshape")}: ${status}\n`];
  if (release)
    parts.push(`${code(release.pinned)}\n\ntagged ${code(release.tag)}${furtherTags(release.tags)}\n`);
  else if (held) parts.push(`Not released. Built: ${code(held.digest)}\n`);
  const platforms = platformsText(story);
  if (held && platforms !== "") parts.push(`${escapeMarkdown(platforms)}\n`);
  if (failure) parts.push(`**${failure.kind}**\n\n${messageBlock(failure.message)}\n`);
  else if (request && !request.push.push) parts.push(`Not pushed: ${escapeMarkdown(request.push.why)}\n`);
  if (verdict) parts.push(...verdictParts(verdict, request));
  return cut(parts.join("\n"));
}

function verdictParts(verdict: Verdict, request: Request | undefined): string[] {
  const rows = verdict.checks.map(
    ({ name, status, findings, silenced, seconds, cached, reason }) =>
      `| ${escapeMarkdown(name)} | ${MARKS[status]} ${status}${reason === "" ? "" : `: ${escapeMarkdown(reason)}`} | ${findings} | ${silenced} | ${cached ? "cached" : seconds.toFixed(1)} |`,
  );
  return [
    "| check | status | findings | silenced | seconds |\n|---|---|---:|---:|---:|",
    `${rows.join("\n")}\n`,
    `${escapeMarkdown([settingsText(verdict), suppliedText(verdict)].filter(Boolean).join(". "))}\n`,
    ...verdict.checks.flatMap(({ name, notes }) =>
      notes.map((note) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(note)}`),
    ),
    ...groups(verdict.findings, request),
    ...ignoredPart(verdict),
  ];
}

function groups(findings: readonly Finding[], request: Request | undefined): string[] {
  const checks = [...new Set(findings.map(({ check }) => check))];
  return checks.flatMap((check) => [
    `\n### ${escapeMarkdown(check)}\n`,
    ...findings.filter((one) => one.check === check).map((one) => findingPart(one, request)),
  ]);
}

function findingPart(finding: Finding, request: Request | undefined): string {
  const times = finding.count > 1 ? ` (${finding.count} times)` : "";
  const head = [
    `**${finding.level}**`,
    finding.id === "" ? "" : code(finding.id),
    finding.object === "" ? "" : code(finding.object),
    place(finding, request),
  ].filter(Boolean);
  const lines = [`- ${head.join(" ")}${times}  `, `  ${escapeMarkdown(finding.message)}`];
  if (finding.hint !== "") lines.push(`  \n  _${escapeMarkdown(finding.hint)}_`);
  if (finding.migration) {
    const { path, text, operations } = finding.migration;
    lines.push(
      `\n  <details><summary>${escapeMarkdown(operations.join("; ") || path)}</summary>\n`,
      indent(`${code(path)}\n\n${fence(text, "python")}`),
      "\n  </details>",
    );
  }
  return lines.join("\n");
}

function place(finding: Finding, request: Request | undefined): string {
  if (finding.file === "")
    return finding.containerFile === "" ? "" : `${code(finding.containerFile)} in the image`;
  const text = finding.line ? `${finding.file}:${finding.line}` : finding.file;
  if (!request?.run.source || !request.run.sha) return code(text);
  const path = uriOf(finding.file);
  const anchor = finding.line ? `#L${finding.line}` : "";
  return `[${escapeMarkdown(text)}](${request.run.source}/blob/${request.run.sha}/${path}${anchor})`;
}

function ignoredPart(verdict: Verdict): string[] {
  if (verdict.ignored.length === 0) return [];
  const rules = verdict.ignored.map(({ rule, findings }) => `${code(rule)} (${findings})`);
  return [`\nIgnored: ${rules.join(", ")}\n`];
}

function furtherTags(tags: readonly string[]): string {
  return tags.length === 0 ? "" : `, also ${tags.map(code).join(", ")}`;
}

/** Text in which nothing is Markdown or HTML, on one line. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\r\n]+/g, " ")
      .trim()
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/[\\`*_{}[\]()#+!|~$@:]/g, entity)
      // What makes a list, a heading or a rule at the beginning of a line, and a link anywhere.
      .replace(/^[-=]/, entity)
      .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => digits + entity(mark))
      .replace(/\bwww\./gi, (one) => one.slice(0, -1) + entity("."))
  );
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Inline code, also with backticks and pipes in it. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** A code block whose fence is longer than any in the text. */
export function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\r\n?/g, "\n").trimEnd()}\n${ticks}`;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

/** A failure's message as a block, shortened with a note when it is long beyond reading. */
function messageBlock(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return fence(text);
  return `${fence(text.slice(0, LONGEST_MESSAGE))}\n\n**Cut here:** the whole text is in the log.`;
}

function cut(text: string): string {
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  const room = Buffer.from(text).subarray(0, MOST_BYTES).toString("utf8");
  const end = room.lastIndexOf("\n- ");
  return `${room.slice(0, end < 0 ? undefined : end)}\n\n**Cut here:** the whole list is in the report file.\n`;
}
