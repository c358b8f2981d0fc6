import { describe, expect, it } from "@jest/globals";
import {
  type Merged,
  merge,
  NO_OUTPUTS,
  outputsOf,
  type Source,
  sameVariables,
} from "../../../src/collect/merge.ts";
import { Failure } from "../../../src/failure.ts";
import type { Outcome } from "../../../src/reporters/outcome.ts";
import { reportOf, resultOf } from "../../../src/reporters/result.ts";
import type { Repository } from "../../../src/request/request.ts";
import { aBuiltImage, aFinding, aRelease, aRequest, aVerdict, OURS } from "../samples.ts";

/** A result as the step itself writes it. */
function shipped(app: string, more: Partial<Outcome> = {}): Record<string, unknown> {
  const image = `ghcr.io/acme/${app}` as Repository;
  const release = aRelease({
    ref: `${image}:build-7` as never,
    pinned: `${image}@${OURS}` as never,
  });
  return resultOf({
    app,
    request: aRequest({ app, image }),
    image: aBuiltImage(),
    verdict: aVerdict(),
    release,
    ...more,
  });
}

function notReleased(app: string, failure?: Failure): Record<string, unknown> {
  const { release: _, ...outcome } = {
    app,
    request: aRequest({ app }),
    image: aBuiltImage(),
    verdict: aVerdict(),
    release: 0,
  };
  return resultOf(failure ? { ...outcome, failure } : outcome);
}

function from(...results: unknown[]): Source[] {
  return results.map((result, index) => ({
    from: `Output ${index}`,
    text: typeof result === "string" ? result : JSON.stringify(result),
  }));
}

function problems(merged: Merged): string {
  return merged.ok ? "" : merged.problems.join("\n");
}

function apps(merged: Merged) {
  if (!merged.ok) throw new Error(merged.problems.join("\n"));
  return merged.apps;
}

describe("the results of several apps", () => {
  it("are merged by app, in the order of their names", () => {
    const merged = apps(merge(from(shipped("shop"), shipped("blog")), []));
    expect(merged.map(({ app, pinned }) => [app, pinned])).toEqual([
      ["blog", `ghcr.io/acme/blog@${OURS}`],
      ["shop", `ghcr.io/acme/shop@${OURS}`],
    ]);
  });

  it("may be report files, whose findings stay out of the outputs", () => {
    const image = "ghcr.io/acme/shop" as Repository;
    const verdict = aVerdict({ findings: [aFinding({ level: "INFO" })] });
    const report = reportOf({
      app: "shop",
      request: aRequest({ image }),
      image: aBuiltImage(),
      verdict,
      release: aRelease(),
    });
    const [one] = apps(merge(from(report), []));
    expect(one?.whole).toMatchObject({ schema: 1, app: "shop" });
    expect(one?.whole).not.toHaveProperty("findings");
  });

  it("may be of a pull request, where nothing is released", () => {
    expect(apps(merge(from(notReleased("shop")), []))).toMatchObject([{ app: "shop", pushed: false }]);
  });

  it("may be of an app that is only reported, which is not deployed", () => {
    const reported = { ...notReleased("blog", new Failure("Checks failed", "1 ERROR")), status: "reported" };
    const merged = apps(merge(from(shipped("shop"), reported), ["shop", "blog"]));
    expect(merged.map(({ app, status, pushed }) => [app, status, pushed])).toEqual([
      ["blog", "reported", false],
      ["shop", "passed", true],
    ]);
    expect(outputsOf(merged)).toMatchObject({ released: "false", tags: '{"shop":"build-7"}' });
  });

  it.each<[string, unknown[], string[], RegExp]>([
    [
      "a missing app",
      [shipped("shop")],
      ["shop", "blog", "wiki"],
      /^Missing: blog, wiki\. Its leg did not run/,
    ],
    ["an app that is not expected", [shipped("shop"), shipped("blog")], ["shop"], /^Not expected: blog\./],
    [
      "an app that failed",
      [notReleased("shop", new Failure("Checks failed", "1 ERROR\nmore"))],
      [],
      /^shop: failed\. Checks failed: 1 ERROR$/,
    ],
    [
      "an app that was cancelled",
      [notReleased("shop", new Failure("Cancelled", "x"))],
      [],
      /^shop: cancelled\. Cancelled: x$/,
    ],
    [
      "an app without a verdict",
      [notReleased("shop", new Failure("Build failed", "x"))],
      [],
      /^shop: error\. /,
    ],
    [
      "an app that is there twice",
      [shipped("shop"), { ...shipped("shop"), stage: "x" }],
      [],
      /^shop has 2 results: Output 0, Output 1\.$/,
    ],
    ["no result at all", [], [], /^There is no result\. .*result_shop: \$\{\{/],
  ])("fail because of %s, and name the app", (_, results, expected, words) => {
    expect(problems(merge(from(...results), expected))).toMatch(words);
  });

  it("say why reports may be missing", () => {
    expect(problems(merge([], ["shop", "blog"], "reports/"))).toMatch(
      /^Missing: shop, blog\. Its leg did not run, or did not upload its report \(`if: always\(\)`/,
    );
    expect(problems(merge([], [], "reports/"))).toMatch(/^There is no report\.json in `reports\/`\. /);
  });

  it("fail with every problem at once", () => {
    const merged = merge(from("{", notReleased("shop", new Failure("Checks failed", "x"))), ["shop", "blog"]);
    expect(problems(merged).split("\n")).toEqual([
      "Output 0 is not JSON.",
      "shop: failed. Checks failed: x",
      expect.stringMatching(/^Missing: blog\./),
    ]);
  });

  it("are one when the same text comes twice", () => {
    expect(apps(merge(from(shipped("shop"), shipped("shop")), ["shop"]))).toHaveLength(1);
  });
});

describe("a text that is not a result of this schema is refused:", () => {
  const good = shipped("shop");
  it.each<[string, unknown, RegExp]>([
    ["malformed JSON", '{"schema":1,', /is not JSON/],
    ["a list", [good], /is not a shipshape result/],
    ["a number", "7", /is not a shipshape result/],
    ["null", "null", /is not a shipshape result/],
    ["an object of something else", { app: "shop", tag: "build-7" }, /it has no `schema`/],
    ["an older schema", { ...good, schema: 0 }, /has the schema 0, but this version of collect reads only 1/],
    ["an unknown schema", { ...good, schema: 2 }, /has the schema 2, .*use the same version of both/],
    ["a schema of another type", { ...good, schema: "1" }, /has the schema "1"/],
    ["no app", { ...good, app: "" }, /`app` has a wrong value/],
    ["an app that would be a command", { ...good, app: "a;rm -rf /" }, /`app` has a wrong value/],
    ["an unknown status", { ...good, status: "great" }, /`status` has a wrong value/],
    ["`pushed` as text", { ...good, pushed: "true" }, /`pushed` has a wrong value/],
    ["a digest that is not valid", { ...good, digest: "sha256:1" }, /`digest` has a wrong value/],
    ["a tag with a space", { ...good, tag: "a b" }, /`tag` has a wrong value/],
    ["an image with a command", { ...good, image: "ghcr.io/$(id)" }, /`image` has a wrong value/],
    ["several wrong fields", { ...good, app: 1, tag: 2 }, /`app`, `tag` have a wrong value/],
    ["a tag without a release", { ...good, pushed: false }, /contradicts itself/],
    ["a release without a tag", { ...good, tag: "" }, /contradicts itself/],
    ["another image's reference", { ...good, pinned: `ghcr.io/evil/shop@${OURS}` }, /contradicts itself/],
  ])("%s", (_, result, words) => expect(problems(merge(from(result), []))).toMatch(words));
});

describe("the outputs", () => {
  const released = apps(merge(from(shipped("my-shop"), shipped("blog")), []));
  it("are what a deploy job needs", () => {
    const outputs = outputsOf(released);
    expect(JSON.parse(outputs.apps ?? "")).toEqual({ blog: shipped("blog"), "my-shop": shipped("my-shop") });
    expect(JSON.parse(outputs.matrix ?? "")).toEqual({
      include: ["blog", "my-shop"].map((app) => ({
        app,
        image: `ghcr.io/acme/${app}`,
        tag: "build-7",
        ref: `ghcr.io/acme/${app}:build-7`,
        digest: OURS,
        pinned: `ghcr.io/acme/${app}@${OURS}`,
      })),
    });
    expect(JSON.parse(outputs.tags ?? "")).toEqual({ blog: "build-7", "my-shop": "build-7" });
    expect(outputs.released).toBe("true");
    expect(outputs.dotenv?.split("\n")).toEqual([
      ...["BLOG_APP=blog", "BLOG_TAG=build-7", "BLOG_IMAGE=ghcr.io/acme/blog", `BLOG_DIGEST=${OURS}`],
      ...[
        "MY_SHOP_APP=my-shop",
        "MY_SHOP_TAG=build-7",
        "MY_SHOP_IMAGE=ghcr.io/acme/my-shop",
        `MY_SHOP_DIGEST=${OURS}`,
      ],
    ]);
    expect(outputs.shell?.split("\n")).toEqual([
      `APP=blog TAG=build-7 IMAGE=ghcr.io/acme/blog DIGEST=${OURS}`,
      `APP=my-shop TAG=build-7 IMAGE=ghcr.io/acme/my-shop DIGEST=${OURS}`,
    ]);
  });

  it("leave out of the lists what was not released", () => {
    const outputs = outputsOf(apps(merge(from(shipped("blog"), notReleased("shop")), [])));
    expect(JSON.parse(outputs.tags ?? "")).toEqual({ blog: "build-7" });
    expect(Object.keys(JSON.parse(outputs.apps ?? ""))).toEqual(["blog", "shop"]);
    expect(outputs.released).toBe("false");
  });

  it("are all empty when the step fails", () => {
    expect(NO_OUTPUTS).toEqual({ apps: "", matrix: "", tags: "", released: "", dotenv: "", shell: "" });
  });

  it("begin no variable with a digit, and refuse apps whose variables are the same", () => {
    const odd = apps(merge(from(shipped("2nd"), shipped("my.shop"), shipped("my-shop")), []));
    expect(outputsOf(odd).dotenv).toContain("_2ND_TAG=build-7");
    expect(sameVariables(odd)).toMatch(/^my-shop and my\.shop have the same variables .*MY_SHOP_TAG/);
    expect(sameVariables(released)).toBeUndefined();
  });
});
