/** Text for Markdown in which nothing is Markdown or HTML. Pure. */

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

/** The same over several lines, indented as they were; what stands in backticks is code. */
export function escapeLines(text: string): string {
  return text
    .trim()
    .split(/\r\n|\n|\r/)
    .map((line) => "&emsp;".repeat(/^ */.exec(line)?.[0].length ?? 0) + withCode(line))
    .join("<br>");
}

/** `` `text` `` of our own hints as code; the parts are escaped one by one, so nothing else comes through. */
function withCode(line: string): string {
  const parts = line.trim().split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : spaced(part))).join("");
}

/** Escaping trims, and the space beside code is to stay. */
function spaced(text: string): string {
  const [before = "", after = ""] = [/^ /.exec(text)?.[0], /(?<=.) $/.exec(text)?.[0]];
  return `${before}${escapeMarkdown(text)}${after}`;
}

/** What people may unfold. The title is Markdown already. */
export function fold(title: string, inner: string): string {
  return `<details><summary>${title}</summary>\n\n${inner.trim()}\n\n</details>`;
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

export function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
