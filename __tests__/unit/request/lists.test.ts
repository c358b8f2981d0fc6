import { describe, expect, it } from "@jest/globals";
import { LIST_FORMS, parseFields, parseLines, parseList } from "../../../src/request/lists.ts";

const LINES = { ignoreComma: true } as const;
const SECRETS = { ignoreComma: true, untrimmed: true } as const;

describe("CSV or lines, as docker/build-push-action reads them", () => {
  it.each([
    ["nothing", "", []],
    ["white space alone", " \n \n", []],
    ["one item", "bar", ["bar"]],
    ["lines", "bar\nbaz", ["bar", "baz"]],
    ["Windows' lines", "bar\r\nbaz,bat", ["bar", "baz", "bat"]],
    ["empty lines", "bar\n\nbaz\n", ["bar", "baz"]],
    ["commas", "bar,baz", ["bar", "baz"]],
    ["commas and blanks", "name/app:7, name/app:8", ["name/app:7", "name/app:8"]],
    ["a comma at the end", "bar,baz,", ["bar", "baz"]],
    ["blanks between commas", "a, ,b", ["a", "b"]],
    [
      "quoted commas, split all the same",
      'linux/amd64\n"linux/arm64,linux/arm/v7"',
      ["linux/amd64", "linux/arm64", "linux/arm/v7"],
    ],
    ["no comments", "bar#baz\n#qux", ["bar#baz", "#qux"]],
    ["quotes inside an item", 'a"b"c', ['a"b"c']],
  ])("%s", (_, text, items) => expect(parseList(text)).toEqual({ value: items }));
});

describe("lines whose commas belong to the item", () => {
  it.each([
    [
      "cache entries",
      "user/app:cache\ntype=local,src=path/to/dir",
      ["user/app:cache", "type=local,src=path/to/dir"],
    ],
    ["a value with commas", "A=1,2,3\nB=4", ["A=1,2,3", "B=4"]],
    ["a quoted value of several lines", 'A=1\n"M=aa\nbb\ncc"\nB=2', ["A=1", "M=aa\nbb\ncc", "B=2"]],
    ["a quoted value with an empty line", '"M=aa\n\nbb"', ["M=aa\n\nbb"]],
    ["a doubled quote", '"M=aa\nb""b"', ['M=aa\nb"b']],
    ["an unquoted value of several lines falls apart", "M=aa\nbb", ["M=aa", "bb"]],
    ["blanks around an item", "  A=1  \n B=2", ["A=1", "B=2"]],
    ["JSON that does not begin with a quote", 'A={"x":1,"y":2}', ['A={"x":1,"y":2}']],
    ["bake's templates as they stand", "A=${x}%{y}", ["A=${x}%{y}"]],
  ])("%s", (_, text, items) => expect(parseList(text, LINES)).toEqual({ value: items }));
});

describe("secrets", () => {
  it.each([
    ["keep line breaks at the end of a quoted value", '"KEY=aa\nbb\n\n"\n', ["KEY=aa\nbb\n\n"]],
    ["keep blanks", "KEY= a ", ["KEY= a "]],
  ])("%s", (_, text, items) => expect(parseList(text, SECRETS)).toEqual({ value: items }));

  it("are not quoted when a quote is left open", () => {
    const read = parseList('"KEY=hunter2', SECRETS);
    expect(read).toEqual({ problem: expect.stringContaining("never closed") });
    expect(JSON.stringify(read)).not.toContain("hunter2");
  });
});

it("keeps each input's form of docker/build-push-action 7", () => {
  const inForm = (form: object) =>
    Object.entries(LIST_FORMS).flatMap(([name, own]) =>
      JSON.stringify(own) === JSON.stringify(form) ? [name] : [],
    );
  expect(inForm({})).toEqual([
    "add-hosts",
    "allow",
    "no-cache-filters",
    "platforms",
    "secret-envs",
    "ssh",
    "tags",
  ]);
  expect(inForm(SECRETS)).toEqual(["secrets"]);
  expect(inForm(LINES)).toEqual([
    ...["annotations", "build-args", "build-contexts", "caddy-build-args", "cache-from", "cache-to"],
    ...["labels", "secret-files", "ulimit"],
  ]);
});

describe("the fields of one record", () => {
  it.each([
    ["", []],
    ["mode=max", ["mode=max"]],
    ["mode=max,builder-id=x", ["mode=max", "builder-id=x"]],
    ['mode=max,"x=1,2"', ["mode=max", "x=1,2"]],
    ['"open', undefined],
  ])("%j", (text, fields) => expect(parseFields(text)).toEqual(fields));
});

describe("our own lines", () => {
  it.each([
    ["nothing", "", []],
    ["one item a line", "system\nstatic", ["system", "static"]],
    ["commas are text", "a,b", ["a,b"]],
    ["comment lines", "# why\nsystem\n  # and why not\nstatic", ["system", "static"]],
    ["a # inside an item", "A=#1", ["A=#1"]],
    ["what follows an item is kept", "  A=1  ", ["A=1  "]],
    ["Windows' lines", "a\r\nb\r\n", ["a", "b"]],
    ["quotes are text", '"a"', ['"a"']],
  ])("%s", (_, text, items) => expect(parseLines(text)).toEqual(items));
});
