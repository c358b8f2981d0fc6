/** Writes Markdown with text that we do not trust. Pure. */
import { visible } from "../request/invisible.ts";

/** Escapes all Markdown and HTML in a text and puts it on one line. */
export function escapeMarkdown(text: string): string {
  return (
    visible(text)
      .replace(/\n+/g, " ")
      .trim()
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/[\\`*_{}[\]()#+!|~$@:]/g, entity)
      // At the beginning of a line these make a list, a heading or a rule; `www.` makes a link anywhere.
      .replace(/^[-=]/, entity)
      .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => digits + entity(mark))
      .replace(/\bwww\./gi, (one) => one.slice(0, -1) + entity("."))
  );
}

/** Escapes a text of several lines. The lines keep their indentation; text in backticks becomes code. */
export function escapeLines(text: string): string {
  return text
    .trim()
    .split(/\r\n|\n|\r/)
    .map((line) => "&emsp;".repeat(/^ */.exec(line)?.[0].length ?? 0) + withCode(line))
    .join("<br>");
}

/** Makes code of text in backticks. Each part is escaped by itself, so no other Markdown comes through. */
function withCode(line: string): string {
  const parts = line.trim().split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : spaced(part))).join("");
}

/** Escapes a text that stands next to code, without losing the spaces between them. */
function spaced(text: string): string {
  const [before = "", after = ""] = [/^ /.exec(text)?.[0], /(?<=.) $/.exec(text)?.[0]];
  return `${before}${escapeMarkdown(text)}${after}`;
}

/** A folded part of a page. The title must be escaped already. */
export function fold(title: string, inner: string): string {
  return `<details><summary>${title}</summary>\n\n${inner.trim()}\n\n</details>`;
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Inline code. The text may have backticks and pipes in it. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/**
 * A code block. Its fence is longer than every run of backticks in the text, which may be one to be committed: nothing else
 * is changed in it.
 */
export function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\r\n?/g, "\n").trimEnd()}\n${ticks}`;
}
