import { describe, expect, it } from "@jest/globals";
import { tokensOf } from "../../../../src/checks/caddy/tokens.ts";

/** `text@line`; quoted tokens in quotes. */
function shown(text: string): string[] {
  return tokensOf(text).map(({ text, line, quoted }) => `${quoted ? JSON.stringify(text) : text}@${line}`);
}

describe("tokensOf splits a text as Caddy's lexer does", () => {
  it.each<[what: string, text: string, tokens: string[]]>([
    ["words and lines", "a b\n  c\n\nd", ["a@1", "b@1", "c@2", "d@4"]],
    ["comments, which do not begin inside a word", "a # b\n# c\nd#e", ["a@1", "d#e@3"]],
    ["quotes", 'a "b c" `d "e"`', ["a@1", '"b c"@1', '"d \\"e\\""@1']],
    ["an escaped quote", 'a "b \\"c\\" d" e', ["a@1", '"b \\"c\\" d"@1', "e@1"]],
    ["a quote over several lines", 'a "b\nc" d\ne', ["a@1", '"b\\nc"@1', "d@2", "e@3"]],
    ["a quote that is never closed", 'a "b c', ["a@1", '"b c"@1']],
    ["a quote inside a word", 'a"b c"', ['a"b@1', 'c"@1']],
    ["a line that is continued", "a \\\n  b\nc", ["a@1", "b@2", "c@3"]],
    ["a heredoc", "respond <<END\n  a b\n  END 200\nc", ["respond@1", '"  a b"@1', "200@3", "c@4"]],
    ["`<<` without a marker is not a heredoc", "a << b", ["a@1", "<<@1", "b@1"]],
    ["a variable with blanks in its default", "{$A:b c} d", ["{$A:b c}@1", "d@1"]],
    ["a variable that is never closed", "{$A b\nc", ["{$A@1", "b@1", "c@2"]],
    ["a byte order mark", "\ufeffa", ["a@1"]],
    ["Windows line endings", "a\r\nb\r\n", ["a@1", "b@2"]],
    ["nothing", "", []],
  ])("%s", (_, text, tokens) => {
    expect(shown(text)).toEqual(tokens);
  });

  it("keeps the tokens after an escaped or quoted line break on the same row", () => {
    expect(tokensOf("a \\\n b\nc").map(({ row }) => row)).toEqual([1, 1, 3]);
    expect(tokensOf('a "b\nc" d\ne').map(({ row }) => row)).toEqual([1, 1, 1, 3]);
  });
});
