import { describe, expect, it } from "@jest/globals";
import { type Directive, parseCaddyfile } from "../../../../src/checks/caddy/caddyfile.ts";

/** `kind keys { directive args; … }`. */
function shown(text: string): string[] {
  const { blocks, imports } = parseCaddyfile("/etc/caddy/Caddyfile", text);
  const line = ({ name, args, block }: Directive): string =>
    [name, ...args].map((token) => token.text).join(" ") +
    (block.length === 0 ? "" : ` { ${block.map(line).join("; ")} }`);
  return [
    ...imports.map(line),
    ...blocks.map(({ kind, keys, directives }) =>
      [kind, ...keys.map(({ text }) => text), "{", directives.map(line).join("; "), "}"].join(" "),
    ),
  ];
}

describe("parseCaddyfile", () => {
  it.each<[what: string, text: string, blocks: string[]]>([
    ["a site", "a.org {\n\trespond hi\n}", ["site a.org { respond hi }"]],
    ["a site without braces", "a.org\nrespond hi\nencode gzip", ["site a.org { respond hi; encode gzip }"]],
    ["addresses over several lines", "a.org,\nb.org, c.org {\n}", ["site a.org b.org c.org {  }"]],
    ["an address from a variable", "{$A} {\n\trespond hi\n}", ["site {$A} { respond hi }"]],
    ["global options", "{\n\temail a@b.org\n}\na.org {\n}", ["options { email a@b.org }", "site a.org {  }"]],
    ["a snippet", "(s) {\n\tencode gzip\n}", ["snippet (s) { encode gzip }"]],
    ["an import next to sites", "import s/*\na.org {\n}", ["import s/*", "site a.org {  }"]],
    [
      "blocks in blocks",
      "a.org {\n\thandle /x {\n\t\trespond hi\n\t}\n}",
      ["site a.org { handle /x { respond hi } }"],
    ],
    ["a brace in quotes", 'a.org {\n\trespond "{"\n}', ["site a.org { respond { }"]],
    [
      "a placeholder, which is not a brace",
      "a.org {\n\tredir https://b.org{uri}\n}",
      ["site a.org { redir https://b.org{uri} }"],
    ],
    ["a block that is never closed", "a.org {\n\trespond hi", ["site a.org { respond hi }"]],
    ["nothing", "# nothing", []],
  ])("%s", (_, text, blocks) => {
    expect(shown(text)).toEqual(blocks);
  });

  it("survives 50,000 nested blocks", () => {
    expect(() => shown(`a.org {\n${"route {\n".repeat(50_000)}`)).not.toThrow();
  });
});
