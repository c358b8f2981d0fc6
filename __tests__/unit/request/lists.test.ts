import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { type ListForm, parseFields, parseLines, parseList } from "../../../src/request/lists.ts";
import { Reader } from "../../../src/request/reader.ts";
import { folder, read, runner, sweep } from "./world.ts";

afterAll(sweep);

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
  ])("%s", (_, text, items) => expect(parseList(text, "csv")).toEqual({ value: items }));
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
    ["an unquoted value of several lines, which becomes several items", "M=aa\nbb", ["M=aa", "bb"]],
    ["white space around an item", "  A=1  \n B=2", ["A=1", "B=2"]],
    ["JSON that does not begin with a quote", 'A={"x":1,"y":2}', ['A={"x":1,"y":2}']],
    ["bake's templates as they stand", "A=${x}%{y}", ["A=${x}%{y}"]],
  ])("%s", (_, text, items) => expect(parseList(text, "lines")).toEqual({ value: items }));
});

describe("secrets", () => {
  it.each([
    ["keep line breaks at the end of a quoted value", '"KEY=aa\nbb\n\n"\n', ["KEY=aa\nbb\n\n"]],
    ["keep blanks", "KEY= a ", ["KEY= a "]],
  ])("%s", (_, text, items) => expect(parseList(text, "verbatim")).toEqual({ value: items }));

  it("are not quoted when a quote is left open", () => {
    const read = parseList('"KEY=hunter2', "verbatim");
    expect(read).toEqual({ problem: expect.stringContaining("never closed") });
    expect(JSON.stringify(read)).not.toContain("hunter2");
  });
});

it("reads each input in the form that it has in docker/build-push-action 7", () => {
  const list = jest.spyOn(Reader.prototype, "list");
  read(runner(folder(), {}));
  const { calls } = list.mock;
  list.mockRestore();
  const inForm = (wanted: ListForm) =>
    calls.flatMap(([name, form]) => (form === wanted ? [name] : [])).sort();
  expect(inForm("csv")).toEqual([
    ...["add-hosts", "allow", "no-cache-filters", "platforms", "secret-envs", "ssh", "tags"],
  ]);
  expect(inForm("verbatim")).toEqual(["secrets"]);
  expect(inForm("lines")).toEqual([
    ...["annotations", "build-args", "build-contexts", "cache-from", "cache-to", "caddy-build-args"],
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
    ["white space after an item, which is kept", "  A=1  ", ["A=1  "]],
    ["Windows' lines", "a\r\nb\r\n", ["a", "b"]],
    ["quotes are text", '"a"', ['"a"']],
  ])("%s", (_, text, items) => expect(parseLines(text)).toEqual(items));
});
