import { describe, expect, it } from "@jest/globals";
import { inRepository, pageOf, uriOf } from "../../../src/reporters/links.ts";
import { CHECKOUT as AT_ROOT } from "./samples.ts";

const IN_SRC = { ...AT_ROOT, folder: "src" };

describe("a workspace path", () => {
  it.each([
    ["shop/models.py", AT_ROOT, "shop/models.py"],
    ["shop/models.py", undefined, "shop/models.py"],
    ["src/shop/models.py", IN_SRC, "shop/models.py"],
    ["shop/models.py", IN_SRC, undefined],
    ["srcs/models.py", IN_SRC, undefined],
    ["", AT_ROOT, undefined],
    ["../Dockerfile", AT_ROOT, undefined],
    ["/etc/passwd", AT_ROOT, undefined],
  ])("%j of %j is %j in the repository", (path, checkout, expected) => {
    expect(inRepository(path, checkout)).toBe(expected);
  });

  it.each([
    ["src/a.py", 3, IN_SRC, "https://github.com/acme/shop/blob/c0ffee/a.py#L3"],
    ["a b.py", undefined, AT_ROOT, "https://github.com/acme/shop/blob/c0ffee/a%20b.py"],
    ["a.py", 3, { ...AT_ROOT, source: "" }, undefined],
    ["a.py", 3, { ...AT_ROOT, sha: "" }, undefined],
    ["a.py", 3, IN_SRC, undefined],
    ["a.py", 3, undefined, undefined],
  ])("%j at line %j of %j has the page %j", (path, line, checkout, page) => {
    expect(pageOf(path, line, checkout)).toBe(page);
  });
});

describe("a path as URI", () => {
  it.each([
    ["shop/models.py", "shop/models.py"],
    ["a b/ü.py", "a%20b/%C3%BC.py"],
    ["a(b)/c#d?e%.py", "a%28b%29/c%23d%3Fe%25.py"],
    ["javascript:alert", "javascript%3Aalert"],
    ["a\ud800b", "a%EF%BF%BDb"],
  ])("%s is %s", (path, uri) => expect(uriOf(path)).toBe(uri));
});
