/**
 * The tokens of a Caddyfile, as Caddy's own lexer makes them (caddyconfig/caddyfile/lexer.go), but before
 * `{$NAME}` is replaced: a variable stays a part of its token. Pure.
 */

/** One word of a Caddyfile. */
export interface Token {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** Equal for tokens that Caddy treats as one line: a `\` at the end of a line continues it. */
  readonly row: number;
  /** Written in quotes or as a heredoc, so it is neither a brace nor a comment. */
  readonly quoted: boolean;
}

/** Splits a text into tokens. A quote that is never closed ends with the text. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  /** How many lines before this one belong to the same row. */
  let joined = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 300);
    const char = rest.charAt(0);
    const continued = /^\\\r?\n/.exec(rest)?.[0];
    if (continued !== undefined) {
      at += continued.length;
      line++;
      joined++;
      continue;
    }
    if (char === "\n") {
      line++;
      joined = 0;
    }
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (char === "#") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
      continue;
    }
    const piece = quotedPiece(text, at) ?? heredoc(text, at) ?? plainPiece(text, at);
    tokens.push({ text: piece.text, line, row: line - joined, quoted: piece.quoted });
    const breaks = text.slice(at, piece.end).split("\n").length - 1;
    line += breaks;
    // The tokens after one of several lines are on its row.
    joined += breaks;
    at = piece.end;
  }
  return tokens;
}

type Piece = Pick<Token, "text" | "quoted"> & { readonly end: number };

function quotedPiece(text: string, start: number): Piece | undefined {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "`") return undefined;
  let found = "";
  let at = start + 1;
  for (; at < text.length && text.charAt(at) !== quote; at++) {
    if (quote === '"' && text.charAt(at) === "\\" && text.charAt(at + 1) === '"') at++;
    found += text.charAt(at);
  }
  return { text: found, end: at + 1, quoted: true };
}

function heredoc(text: string, start: number): Piece | undefined {
  const [head, marker] = /^<<([A-Za-z0-9_-]+)\r?\n/.exec(text.slice(start, start + 200)) ?? [];
  if (head === undefined) return undefined;
  const from = start + head.length;
  const close = new RegExp(`^[ \\t]*${marker}(?=\\s|$)`, "m").exec(text.slice(from));
  if (close === null) return { text: text.slice(from), end: text.length, quoted: true };
  return {
    text: text.slice(from, from + close.index).replace(/\r?\n$/, ""),
    end: from + close.index + close[0].length,
    quoted: true,
  };
}

function plainPiece(text: string, start: number): Piece {
  let at = start;
  while (at < text.length && !/\s/.test(text.charAt(at))) {
    // A default may contain blanks: `{$NAME:two words}`.
    const close = text.startsWith("{$", at) ? text.indexOf("}", at) : -1;
    const isVariable = close >= 0 && !text.slice(at, close).includes("\n");
    if (!isVariable && /^\\\r?\n/.test(text.slice(at, at + 3))) break;
    at = isVariable ? close + 1 : at + 1;
  }
  return { text: text.slice(start, at), end: at, quoted: false };
}
