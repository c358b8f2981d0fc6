import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CATALOGUE, complaint, folder, read, runner, sweep } from "./world.ts";

let workspace = "";
beforeAll(() => {
  workspace = folder();
});
afterAll(sweep);

const request = (inputs: Record<string, string>) => read(runner(workspace, inputs));
const problem = (inputs: Record<string, string>) => complaint(runner(workspace, inputs));

describe("checks", () => {
  it.each([
    ["nothing", "", CATALOGUE],
    ["all", "all", CATALOGUE],
    ["one", "static", ["static"]],
    ["several, in the catalogue's order", "static\nsystem", ["system", "static"]],
    ["all but one", "all\n-migrations", ["system", "deploy", "static"]],
    ["but one, in any order", "-migrations\nall", ["system", "deploy", "static"]],
    ["only what is taken off", "-migrations\n-static", ["system", "deploy"]],
    ["one twice", "static\nstatic", ["static"]],
    ["comments", "# slow\nall\n  # later\n-static", ["system", "deploy", "migrations"]],
    ["blanks", "  static  ", ["static"]],
  ])("%s", (_, checks, expected) => expect(request({ checks }).checks).toEqual(expected));

  it.each([
    ["a misspelt name", "migratoins", '"migratoins" is not a check. Did you mean `migrations`?'],
    ["a misspelt name that is taken off", "-migratoins", "Did you mean `-migrations`?"],
    ["another word", "banana", "The checks are: system, deploy, migrations, static."],
    ["none", "none", "At least one check must remain."],
    ["all off", "-all", '"-all" is not a check.'],
    ["nothing left", "static\n-static", "leaves no check to run. At least one must remain."],
    ["every one taken off", "-system\n-deploy\n-migrations\n-static", "leaves no check to run"],
    ["commas", "system,static", "Write one name a line."],
    ["blanks between", "system static", "Write one name a line."],
  ])("refuses %s", (_, checks, sentence) => expect(problem({ checks })).toContain(sentence));

  it("reports a misspelt name only once", () =>
    expect(problem({ checks: "banana" }).split("\n")).toHaveLength(1));
});

describe("ignore", () => {
  it.each([
    ["security.W004", { check: "", id: "security.W004", paths: "" }],
    ["deploy:security.W004", { check: "deploy", id: "security.W004", paths: "" }],
    [
      "static.missing-reference shop/vendor/**",
      { check: "", id: "static.missing-reference", paths: "shop/vendor/**" },
    ],
    [
      "static:static.missing-reference   a b/*.css",
      { check: "static", id: "static.missing-reference", paths: "a b/*.css" },
    ],
    ["myapp.E_1", { check: "", id: "myapp.E_1", paths: "" }],
    // The check that had this id before is `deploy` in this catalogue.
    ["shipshape.start-crashed", { check: "", id: "start.crashed", paths: "" }],
    ["hosts.static-stale", { check: "", id: "static.stale", paths: "" }],
    ["deploy:hosts.static-stale", { check: "static", id: "static.stale", paths: "" }],
    ["hosts.static-unfilled", { check: "", id: "static.unfilled", paths: "" }],
    ["deploy:shipshape.start-crashed shop/**", { check: "start", id: "start.crashed", paths: "shop/**" }],
  ])("%s", (text, rule) => expect(request({ ignore: text }).ignore).toEqual([{ text, ...rule }]));

  it("takes one a line, with comments", () =>
    expect(
      request({ ignore: "# ticket 7\nsecurity.W004\n\nfields.W001\n" }).ignore.map(({ id }) => id),
    ).toEqual(["security.W004", "fields.W001"]));

  it.each([
    ["*", "is not allowed"],
    ["security.*", "is not allowed"],
    ["security.W004,security.W008", "is not allowed"],
    ["deploy:", "is not allowed"],
    [":security.W004", "is not allowed"],
    ["-x", "is not allowed"],
    ["deplyo:security.W004", "Did you mean `deploy`?"],
    ["security.W004 /app/x.py", "is not inside the repository"],
    ["security.W004 ../x.py", "is not inside the repository"],
  ])("refuses %s", (ignore, sentence) => expect(problem({ ignore })).toContain(sentence));
});
