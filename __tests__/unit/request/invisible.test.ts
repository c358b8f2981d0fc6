import { expect, it } from "@jest/globals";
import { escapeInvisible, visible } from "../../../src/request/invisible.ts";

it.each([
  ["plain", "plain"],
  ["a\tb\nc", "a\tb\nc"],
  ["a\r\nb\rc", "a\nb\nc"],
  ["ü — 🚢 日本", "ü — 🚢 日本"],
  // Cursor movements of progress bars, and control characters that do nothing.
  ["\u001b[2K\u001b[1Gx\u001b[?25h\b\u0000", "x"],
  ["\u001b[31mred\u001b[0m", "red"],
  // Trojan Source, CVE-2021-42574.
  ["if admin\u202e\u2066 // check\u2069", "if admin\\u202e\\u2066 // check\\u2069"],
  ["\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"],
  // Marks of no width, and a byte order mark.
  ["pass\u200bword\u200d\u2060\ufeff", "pass\\u200bword\\u200d\\u2060\\ufeff"],
  // The eight-bit forms of escape sequences; a title of the terminal; a link; a device's answer.
  ["\u009b31mred\u009d", "\\u009b31mred\\u009d"],
  ["\u001b]0;title\u0007x", "\\u001b]0;titlex"],
  ["\u001b]8;;https://evil.example\u001b\\here", "\\u001b]8;;https://evil.example\\u001b\\here"],
  ["\u001bP1$r", "\\u001bP1$r"],
  ["\u001b[", "\\u001b["],
  ["\u2028\u2029\ud800", "\\u2028\\u2029\\ud800"],
  ["\u{e0041}", "\\u{e0041}"],
  // Fillers that look like a space; the selector of an emoji stays.
  ["a\u115fb\u3164c\u2800d\u034f", "a\\u115fb\\u3164c\\u2800d\\u034f"],
  ["❤\ufe0f", "❤\ufe0f"],
])("%j is shown as %j", (text, shown) => expect(visible(text)).toBe(shown));

it("leaves colours where they are wanted, and nothing else of them", () => {
  const text = "\u001b[1;31mred\u001b[0m \u001b[31Kx \u001b[3\u202e1m";
  for (const kept of ["\u001b[m", "\u001b[01;38;5;208;4m", "\u001b[48:2::1:2:3m", "\u001b[97;100m"])
    expect(visible(`${kept}x`, "colours")).toBe(`${kept}x`);
  // Concealed, blinking, the colours swapped.
  for (const removed of ["\u001b[8m", "\u001b[2;8;7m", "\u001b[5m", "\u001b[1;7m", "\u001b[38;8m"])
    expect(visible(`${removed}x`, "colours")).toBe("x");
  expect(visible(text, "colours")).toBe("\u001b[1;31mred\u001b[0m x \\u001b[3\\u202e1m");
});

it("a value in a message stays on its line", () =>
  expect(escapeInvisible("a\r\n\tb\u202e")).toBe("a\\r\\n\\tb\\u202e"));
