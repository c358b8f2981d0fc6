/** Caddy's own form of a config: JSON, which no adapter reads and nothing formats (caddyserver.com/docs/json). Pure. */
import type { Caddyfile } from "./caddyfile.ts";
import { FOLDER } from "./layout.ts";
import type { Token } from "./tokens.ts";

/** Its path in the container. By its ending Caddy takes it for JSON, as it does a file without an adapter. */
export const JSON_CONFIG = `${FOLDER}/caddy.json`;

/** Whether a file is Caddy's JSON, by its name. */
export function isJsonConfig(path: string): boolean {
  return /\.json$/i.test(path);
}

/** A JSON config like a Caddyfile without blocks. Its tokens are the texts in it, the names of its fields among them. */
export function parseJsonConfig(text: string): Caddyfile {
  let tokens: readonly Token[] | undefined;
  return {
    path: JSON_CONFIG,
    text,
    blocks: [],
    imports: [],
    // Such a file may have 10 MB, and only a finding needs them.
    get tokens() {
      tokens ??= textsIn(text);
      return tokens;
    },
  };
}

function textsIn(json: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  const lineEnd = (from: number) => {
    const at = json.indexOf("\n", from);
    return at < 0 ? json.length : at;
  };
  let next = lineEnd(0);
  for (let start = json.indexOf('"'); start >= 0; ) {
    let end = json.indexOf('"', start + 1);
    while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
    if (end < 0) break;
    for (; next < start; next = lineEnd(next + 1)) line++;
    tokens.push({ text: json.slice(start + 1, end), line, row: line, quoted: true });
    start = json.indexOf('"', end + 1);
  }
  return tokens;
}

/** Whether an odd number of backslashes is in front of a character. */
function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}

/** The line of an error of Caddy's in a JSON config; undefined when the message does not lead to one place. */
export function lineInJson(message: string, { text, tokens }: Caddyfile): number | undefined {
  const offset = /, at offset (\d+)$/.exec(message)?.[1];
  if (offset !== undefined)
    return Buffer.from(text)
      .subarray(0, Number(offset) - 1)
      .toString("utf8")
      .split("\n").length;
  const words = [
    /unknown field "([^"]+)"$/,
    /Go struct field \S*?([^\s.]+) of type/,
    /unknown module: (?:\S*\.)?([^\s.]+)$/,
    /[:\s]"?(\/[^\s:"]+)/,
    /loading module '([^']+)'(?!.*loading module ')/s,
    /[`'"]([^`'"\s]+)[`'"]/,
  ].flatMap((pattern) => pattern.exec(message)?.[1] ?? []);
  for (const word of words) {
    const [only, ...more] = tokens.filter((token) => token.text === word);
    if (only !== undefined && more.length === 0) return only.line;
  }
  return undefined;
}
