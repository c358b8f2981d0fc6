import { describe, expect, it } from "@jest/globals";
import { keptName, labelsOf, stagingName } from "../../../src/image/names.ts";
import type { GitFacts } from "../../../src/request/git.ts";
import { aRequest } from "../samples.ts";

const COMMIT: GitFacts = {
  head: "beef",
  parents: [],
  committed: "2026-01-02T03:04:05Z",
  origin: "",
  remoteBranches: [],
  tags: [],
  hasOtherRemotes: false,
};

describe("our labels", () => {
  it("say what git knows, so that two builds of one commit have the same", () => {
    expect(Object.fromEntries(labelsOf(aRequest(), COMMIT))).toEqual({
      "org.opencontainers.image.revision": "beef",
      "org.opencontainers.image.source": "https://github.com/acme/shop",
      "org.opencontainers.image.title": "shop",
      "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
    });
    expect(labelsOf(aRequest(), COMMIT)).toEqual(
      labelsOf(aRequest({ run: { id: "2", attempt: 3, number: 9 } }), COMMIT),
    );
  });

  it("leave out what is not known", () => {
    expect(Object.fromEntries(labelsOf(aRequest({ run: { sha: "", source: "" } }), undefined))).toEqual({
      "org.opencontainers.image.title": "shop",
    });
  });

  it("take the run's commit where git has none", () => {
    expect(labelsOf(aRequest(), undefined).get("org.opencontainers.image.revision")).toBe("c0ffee");
  });
});

describe("the staging name", () => {
  it.each([
    ["shop", "1001", /^shipshape\/1001-1-shop-[0-9a-f]{6}:staging$/],
    ["My.Shop_2", "1001", /^shipshape\/1001-1-my-shop-2-[0-9a-f]{6}:staging$/],
    ["a---b", "1001", /^shipshape\/1001-1-a-b-[0-9a-f]{6}:staging$/],
    ["shop-", "1001", /^shipshape\/1001-1-shop-[0-9a-f]{6}:staging$/],
    ["shop", "", /^shipshape\/local-1-shop-[0-9a-f]{6}:staging$/],
  ])("of the app %s in run %j is a reference", (app, id, name) => {
    expect(stagingName(aRequest({ app, run: { id } }))).toMatch(name);
  });

  it("is another one each time", () => expect(stagingName(aRequest())).not.toBe(stagingName(aRequest())));
});

describe("the name of the app's latest image", () => {
  it.each([
    ["shop", "https://github.com/acme/shop", "shipshape/kept:acme-shop-shop"],
    ["My.Shop_2", "https://ghe.example:8443/Acme/Mono.Repo", "shipshape/kept:acme-mono-repo-my-shop-2"],
    ["shop", "", "shipshape/kept:shop"],
    ["---", "", "shipshape/kept:app"],
    ["shop", `https://github.com/acme/${"x".repeat(200)}`, `shipshape/kept:${"x".repeat(115)}-shop`],
  ])("of %s in %j is %s", (app, source, name) => {
    expect(keptName(source, app)).toBe(name);
  });
});
