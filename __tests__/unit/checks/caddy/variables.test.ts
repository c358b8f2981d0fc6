import { describe, expect, it } from "@jest/globals";
import { parseCaddyfile } from "../../../../src/checks/caddy/caddyfile.ts";
import { expand, standIns, usesIn } from "../../../../src/checks/caddy/variables.ts";

const uses = (text: string) => usesIn([parseCaddyfile("/etc/caddy/Caddyfile", text)]);

describe("usesIn", () => {
  it.each<[what: string, text: string, uses: string[]]>([
    ["an address", "{$A} {\n}", ["A host 1"]],
    ["parts of an address", "{$A}.org:{$B} {\n}", ["A host 1", "B port 1"]],
    ["a default", "{$A:localhost:80} {\n}", ["A=localhost:80 host 1"]],
    ["an empty default", "{$A:} {\n}", ["A= host 1"]],
    ["a directive", "a.org {\n\treverse_proxy {$A}:{$B}\n}", ["A directive 2", "B directive 2"]],
    ["in quotes", 'a.org {\n\trespond "\n{$A}"\n}', ["A directive 3"]],
    ["not in a comment", "# {$A}\na.org {\n}", []],
    ["not a placeholder, which Caddy replaces while it runs", "a.org {\n\trespond {env.A}\n}", []],
    ["not a snippet's name", "(x) {\n\trespond {$A}\n}", ["A directive 2"]],
  ])("%s", (_, text, expected) => {
    const shown = uses(text).map(({ name, fallback, where, line }) =>
      [fallback === undefined ? name : `${name}=${fallback}`, where, line].join(" "),
    );
    expect(shown).toEqual(expected);
  });
});

describe("standIns", () => {
  it("are only for addresses that have neither a value nor a default", () => {
    const found = uses("{$A}, {$B:b.org}, {$C}:{$D} {\n\treverse_proxy {$E}\n}");
    expect([...standIns(found, new Map([["C", "c.org"]]))]).toEqual([
      ["A", "shipshape-1.example"],
      ["D", "8444"],
    ]);
  });

  it("are not made for names that no shell can set", () => {
    expect(standIns(uses("{$MY-HOST} {\n}"), new Map()).size).toBe(0);
  });
});

describe("expand", () => {
  const values: Record<string, string> = { A: "a.org" };
  it.each<[text: string, expanded: string | undefined]>([
    ["x{$A}y", "xa.orgy"],
    ["{$B:b.org}", "b.org"],
    ["{$B}", undefined],
    ["{host}", "{host}"],
  ])("%s", (text, expanded) => {
    expect(expand(text, (name, fallback) => values[name] ?? fallback)).toBe(expanded);
  });
});
