import { describe, expect, it } from "@jest/globals";
import { code, escapeMarkdown, fence } from "../../../src/reporters/markdown.ts";
import { forEachOf, randomStrings } from "../random.ts";

describe("text without Markdown in it", () => {
  it.each([
    ["plain text 1.5", "plain text 1.5"],
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert&#40;1&#41;&gt;"],
    ["a & b", "a &amp; b"],
    ["&lt;", "&amp;lt;"],
    ["a|b", "a&#124;b"],
    ["`code`", "&#96;code&#96;"],
    ["**bold** _it_ ~~no~~", "&#42;&#42;bold&#42;&#42; &#95;it&#95; &#126;&#126;no&#126;&#126;"],
    ["[x](http://y)", "&#91;x&#93;&#40;http&#58;//y&#41;"],
    ["@acme #12", "&#64;acme &#35;12"],
    ["$x$", "&#36;x&#36;"],
    ["a\\|b", "a&#92;&#124;b"],
    ["a\nb\r\nc\rd", "a b c d"],
    ["", ""],
  ])("%j is %j", (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));

  it.each(["- item", "1. item", "2) item", "=====", "-----", "www.example.org"])(
    "does not begin or become anything: %j",
    (text) => {
      const line = escapeMarkdown(text);
      expect(line).not.toMatch(/^\s*([-+*]|\d+[.)])\s/);
      expect(line).not.toMatch(/^\s*(=+|-+)\s*$/);
      expect(line).not.toMatch(/www\./);
    },
  );

  it("has no character left that means something in Markdown or HTML", () => {
    forEachOf(
      randomStrings(100, [
        "<",
        ">",
        "&",
        "`",
        "|",
        "*",
        "_",
        "[",
        "]",
        "(",
        ")",
        "\n",
        "\r",
        "#",
        "!",
        "a",
        "\\",
        "://",
      ]),
      (text) => {
        expect(escapeMarkdown(text)).not.toMatch(/[<>`|*_[\]()\\\n\r]/);
        expect(escapeMarkdown(text).replace(/&(amp|lt|gt|#\d+);/g, "")).not.toMatch(/[&#]/);
      },
    );
  });
});

it.each([
  ["a`b|c", "<code>a&#96;b&#124;c</code>"],
  ["</code><b>", "<code>&lt;/code&gt;&lt;b&gt;</code>"],
])("inline code of %j is %j", (text, html) => expect(code(text)).toBe(html));

describe("a code block", () => {
  it.each([
    ["text", "", "```\ntext\n```"],
    ["x = 1\n\n", "python", "```python\nx = 1\n```"],
    ["a ``` b", "", "````\na ``` b\n````"],
    ["`````", "", "``````\n`````\n``````"],
    ["", "", "```\n\n```"],
  ])("of %j (%s) is %j", (text, language, block) => expect(fence(text, language)).toBe(block));

  it("cannot be ended by the text inside it", () => {
    forEachOf(randomStrings(50, ["`", "``", "\n", "a", "~~~", "```\n"]), (text) => {
      const [ticks = "", ...lines] = fence(text).split("\n");
      expect(lines.slice(0, -1).some((line) => line.includes(ticks))).toBe(false);
      expect(lines.at(-1)).toBe(ticks);
    });
  });
});
