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
  for (const [found] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|\n/gs)) {
    if (found === "\n") line++;
    else tokens.push({ text: found.slice(1, -1), line, row: line, quoted: true });
  }
  return tokens;
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
