/** The action collect as the runner starts it, on the outputs and the reports of real steps. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";
import { type Command, obeyed, pairs } from "../../lab/commands.ts";
import { ROOT } from "../../lab/runner.ts";
import { report } from "./harness/expectations.ts";
import * as fault from "./harness/faults.ts";
import { project } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

interface Collected {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly commands: readonly Command[];
  readonly summary: string;
}

function collect(inputs: { results?: string; path?: string; expect?: string }): Collected {
  const home = folder("collect");
  const file = (name: string) => join(home, name);
  for (const name of ["output", "summary"]) writeFileSync(file(name), "");
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "dist", "collect", "index.js")], {
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      GITHUB_OUTPUT: file("output"),
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_WORKSPACE: home,
      INPUT_RESULTS: inputs.results ?? "",
      INPUT_PATH: inputs.path ?? "",
      INPUT_EXPECT: inputs.expect ?? "",
    },
  });
  return {
    code: status,
    outputs: pairs(readFileSync(file("output"), "utf8")),
    commands: obeyed(stdout.split("\n")),
    summary: readFileSync(file("summary"), "utf8"),
  };
}

/** What `toJSON(needs.ship.outputs)` holds after these legs. */
function outputsOf(...legs: Step[]): string {
  const results = legs.flatMap(({ outputs }) =>
    Object.entries(outputs).filter(([name]) => name.startsWith("result_")),
  );
  return JSON.stringify(Object.fromEntries(results));
}

function errors({ commands }: Collected): string[] {
  return commands.filter(({ name }) => name === "error").map(({ message }) => message);
}

describe("the legs of a matrix", () => {
  const legs = (async () => {
    const image = registry.repoName("collect");
    const ship = (app: string, checks: string) =>
      step({ image: `${image}-${app}`, app, checks }, { project: project("plain", fault.newField) });
    const [shop, blog] = [await ship("shop", "system"), await ship("blog", "system")];
    return { image, shop, blog, broken: await ship("broken", "migrations") };
  })();

  it("become one map, a deploy matrix and lines for scripts", async () => {
    const { image, shop, blog } = await legs;
    const collected = collect({ results: outputsOf(shop, blog), expect: "shop\nblog" });
    expect(errors(collected)).toEqual([]);
    expect(collected.code).toBe(0);
    const { outputs, summary } = collected;
    expect(JSON.parse(outputs.apps ?? "")).toEqual({
      blog: JSON.parse(blog.outputs.result ?? ""),
      shop: JSON.parse(shop.outputs.result ?? ""),
    });
    expect(JSON.parse(outputs.matrix ?? "").include).toEqual([
      expect.objectContaining({ app: "blog", pinned: blog.outputs.pinned }),
      expect.objectContaining({ app: "shop", pinned: shop.outputs.pinned }),
    ]);
    expect(JSON.parse(outputs.tags ?? "")).toEqual({ blog: "build-7", shop: "build-7" });
    expect(outputs.released).toBe("true");
    expect(outputs.dotenv).toContain(`SHOP_IMAGE=${image}-shop\nSHOP_DIGEST=${shop.outputs.digest}`);
    expect(outputs.shell?.split("\n")[1]).toBe(
      `APP=shop TAG=build-7 IMAGE=${image}-shop DIGEST=${shop.outputs.digest}`,
    );
    expect(summary).toContain("✅ collect");
  });

  it("may come as report files", async () => {
    const { shop, blog } = await legs;
    const path = folder("artifacts");
    for (const leg of [shop, blog]) {
      mkdirSync(join(path, `report-${leg.outputs.app}`));
      cpSync(leg.outputs.report ?? "", join(path, `report-${leg.outputs.app}`, "report.json"));
    }
    const byFile = collect({ path, expect: '["shop", "blog"]' });
    expect(errors(byFile)).toEqual([]);
    expect(byFile.outputs).toEqual(collect({ results: outputsOf(shop, blog) }).outputs);
  });

  it("stop the deploy job when one failed, is missing, or is there twice", async () => {
    const { shop, broken } = await legs;
    expect(report(broken).status).toBe("failed");
    const twice = { ...JSON.parse(shop.outputs.result ?? ""), stage: "checks" };
    const results = JSON.stringify({
      ...JSON.parse(outputsOf(shop, broken)),
      result_again: JSON.stringify(twice),
    });
    const collected = collect({ results, expect: "shop, broken, wiki" });
    expect(collected.code).toBe(1);
    const [error = ""] = errors(collected);
    expect(errors(collected)).toHaveLength(1);
    expect(error).toMatch(/^shop has 2 results: Output result_shop, Output result_again\.$/m);
    expect(error).toMatch(/^broken: failed\. Checks failed: The image did not pass migrations/m);
    expect(error).toMatch(/^Missing: wiki\./m);
    expect(Object.values(collected.outputs).join("")).toBe("");
    expect(collected.summary).toContain("❌ collect");
  });
});

// Every kind of it is in __tests__/unit/collect.
describe("what is no result", () => {
  it.each<[string, Parameters<typeof collect>[0], RegExp]>([
    ["an unknown schema", { results: '{"result_a":"{\\"schema\\":9}"}' }, /Output result_a has the schema 9/],
    ["both inputs", { results: "{}", path: "." }, /Give either `results`/],
    ["no input", {}, /Give either `results`/],
    ["a folder that is not there, with names", { path: "nowhere", expect: "shop" }, /^Missing: shop\. /],
  ])("is refused with one error: %s", (_, inputs, words) => {
    const collected = collect(inputs);
    expect(collected.code).toBe(1);
    expect(errors(collected)).toEqual([expect.stringMatching(words)]);
    expect(Object.keys(collected.outputs).sort()).toEqual(
      ["apps", "dotenv", "matrix", "released", "shell", "tags"].sort(),
    );
  });
});
