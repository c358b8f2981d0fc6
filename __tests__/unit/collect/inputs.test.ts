import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { namesIn, reportsIn, resultsIn } from "../../../src/collect/inputs.ts";
import { folder, sweep } from "../request/world.ts";

afterAll(sweep);

describe("a job's outputs", () => {
  it("hold a result for each app, among other outputs", () => {
    const outputs = {
      result_shop: '{"app":"shop"}',
      result: '{"app":"blog"}',
      result_wiki: "",
      version: "3",
      results: "x",
    };
    expect(resultsIn(JSON.stringify(outputs))).toEqual([
      { from: "Output result_shop", text: '{"app":"shop"}' },
      { from: "Output result", text: '{"app":"blog"}' },
    ]);
  });

  it("may hold none", () => expect(resultsIn("{}")).toEqual([]));

  it.each([
    ["not JSON", "Object", /is not JSON. Write `results: \$\{\{ toJSON\(needs\.ship\.outputs\)/],
    ["a list", "[]", /must be a job's outputs/],
    ["a text", '"x"', /must be a job's outputs/],
    ["nothing", "null", /must be a job's outputs/],
    [
      "all jobs",
      '{"build":{"result":"success","outputs":{}}}',
      /holds the job `build`.*toJSON\(needs\.build\.outputs\)/,
    ],
  ])("are refused when they are %s", (_, text, words) => expect(() => resultsIn(text)).toThrow(words));
});

describe("a folder of reports", () => {
  const made = (files: Record<string, string>) => {
    const root = folder();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return root;
  };

  it("is read as download-artifact leaves it, with one folder an artifact", async () => {
    const root = made({
      "report-shop/report.json": "1",
      "report-blog/report.json": "2",
      "report-blog/report.sarif": "3",
      "other.json": "4",
    });
    await expect(reportsIn(".", root)).resolves.toEqual([
      { from: "File report-blog/report.json", text: "2" },
      { from: "File report-shop/report.json", text: "1" },
    ]);
  });

  it("is never left through a link", async () => {
    const elsewhere = made({ "report.json": "theirs" });
    const root = made({ "a/x": "" });
    symlinkSync(elsewhere, join(root, "a", "link"));
    symlinkSync(join(elsewhere, "report.json"), join(root, "report.json"));
    await expect(reportsIn(root, "/")).resolves.toEqual([]);
  });

  it("is refused when a report in it cannot be read, by the report's name", async () => {
    const root = made({ "report.json": "1" });
    chmodSync(root, 0o755);
    chmodSync(join(root, "report.json"), 0);
    // Root may read everything.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      await expect(reportsIn(root, "/")).rejects.toThrow(/report\.json cannot be read \(EACCES\)/);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it("may be missing, because download-artifact makes none if it finds no artifact", async () => {
    await expect(reportsIn("nowhere", folder())).resolves.toEqual([]);
  });

  it("is refused when it is a file", async () => {
    const root = made({ reports: "a file" });
    await expect(reportsIn("reports", root)).rejects.toThrow(/`path: reports` cannot be read \(ENOTDIR\)/);
  });
});

describe("the expected names", () => {
  it.each([
    ["shop\nblog", ["shop", "blog"]],
    [" shop, blog ,\n", ["shop", "blog"]],
    ['["shop", "blog"]', ["shop", "blog"]],
    ["", []],
    ["[]", []],
  ])("of %j are %j", (text, names) => expect(namesIn(text)).toEqual(names));

  it.each(["[shop]", "[1]", '["shop"', '[{"app":"shop"}]'])("of %j are refused", (text) => {
    expect(() => namesIn(text)).toThrow(/`expect` must be names/);
  });
});
