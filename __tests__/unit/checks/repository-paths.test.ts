import { createHash } from "node:crypto";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { findPlaces, nearest } from "../../../src/checks/repository-paths.ts";

describe("the nearest of files with the same content", () => {
  it.each<[string, string[], string | undefined]>([
    ["/app/shop/models.py", [], undefined],
    ["/app/shop/models.py", ["shop/models.py"], "shop/models.py"],
    ["/app/shop/models.py", ["src/shop/models.py"], "src/shop/models.py"],
    ["/app/shop/models.py", ["shop/models.py", "blog/models.py"], "shop/models.py"],
    ["/app/shop/models.py", ["blog/models.py", "shop/models.py"], "shop/models.py"],
    ["/app/shop/models.py", ["a/models.py", "b/models.py"], undefined],
    ["/app/shop/models.py", ["a/shop/models.py", "b/shop/models.py"], undefined],
    ["/app/shop/models.py", ["app/shop/models.py", "shop/models.py"], "app/shop/models.py"],
    [
      "/app/shop/models.py",
      ["a/shop/models.py", "b/shop/models.py", "x/app/shop/models.py"],
      "x/app/shop/models.py",
    ],
    ["/app/shop/models.py", ["myshop/models.py", "shop/models.py"], "shop/models.py"],
    ["/models.py", ["models.py"], "models.py"],
    ["/srv/code/manage.py", ["backend/manage.py"], "backend/manage.py"],
    ["/app/a/a/a.py", ["a/a.py", "a.py", "a/a/a.py"], "a/a/a.py"],
  ])("%s among %j is %j", (path, candidates, place) => expect(nearest(path, candidates)).toBe(place));
});

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function workspace(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "places-"));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Places of files in the image (container path → text) in a checkout (repo path → text). */
async function placesOf(
  image: Readonly<Record<string, string>>,
  root: string,
): Promise<Record<string, string>> {
  const files = new Map(Object.entries(image).map(([path, text]) => [path, sha256(text)]));
  return Object.fromEntries(await findPlaces(files, root));
}

describe("container path to repo path", () => {
  it.each<[string, Record<string, string>, Record<string, string>, Record<string, string>]>([
    [
      "the same file",
      { "/app/shop/models.py": "A" },
      { "shop/models.py": "A" },
      { "/app/shop/models.py": "shop/models.py" },
    ],
    [
      "a context below the root",
      { "/app/shop/models.py": "A" },
      { "backend/shop/models.py": "A" },
      { "/app/shop/models.py": "backend/shop/models.py" },
    ],
    ["another content: no place", { "/app/shop/models.py": "A" }, { "shop/models.py": "B" }, {}],
    ["another name: no place", { "/app/shop/models.py": "A" }, { "shop/model.py": "A" }, {}],
    ["a file of the image alone: no place", { "/usr/lib/python3/x.py": "A" }, { "y.py": "A" }, {}],
    [
      "the same content twice: the nearer path",
      { "/app/blog/__init__.py": "" },
      { "shop/__init__.py": "", "blog/__init__.py": "" },
      { "/app/blog/__init__.py": "blog/__init__.py" },
    ],
    [
      "the same content twice and equally near: no place",
      { "/app/x/apps.py": "A" },
      { "shop/apps.py": "A", "blog/apps.py": "A" },
      {},
    ],
    [
      "the nearer path has another content: the other one",
      { "/app/shop/apps.py": "A" },
      { "shop/apps.py": "B", "blog/apps.py": "A" },
      { "/app/shop/apps.py": "blog/apps.py" },
    ],
    [
      "several files at once",
      { "/app/a.py": "A", "/app/b.py": "B", "/app/c.py": "C" },
      { "a.py": "A", "b.py": "x", "c.py": "C" },
      { "/app/a.py": "a.py", "/app/c.py": "c.py" },
    ],
    [
      "what lies in a virtual environment is no source",
      { "/app/a.py": "A" },
      {
        ".venv/a.py": "A",
        "venv/a.py": "A",
        "node_modules/a.py": "A",
        ".git/a.py": "A",
        "__pycache__/a.py": "A",
      },
      {},
    ],
    [
      "hidden folders may hold source",
      { "/app/.config/a.py": "A" },
      { ".config/a.py": "A" },
      { "/app/.config/a.py": ".config/a.py" },
    ],
    [
      "names of all kinds",
      { "/app/ü b[1].py": "A" },
      { "x/ü b[1].py": "A" },
      { "/app/ü b[1].py": "x/ü b[1].py" },
    ],
    ["a hash for a folder's name", { "/app/shop": "A" }, { "shop/x.py": "A" }, {}],
    ["no files", {}, { "a.py": "A" }, {}],
  ])("%s", async (_, image, repository, places) => {
    expect(await placesOf(image, workspace(repository))).toEqual(places);
  });

  it("does not follow links, out of the workspace or in it", async () => {
    const outside = workspace({ "secret.py": "A", "sub/other.py": "B" });
    const root = workspace({ "real.py": "C" });
    symlinkSync(join(outside, "secret.py"), join(root, "secret.py"));
    symlinkSync(join(outside, "sub"), join(root, "sub"));
    symlinkSync(join(root, "real.py"), join(root, "alias.py"));
    symlinkSync(root, join(root, "loop"));
    const image = {
      "/app/secret.py": "A",
      "/app/sub/other.py": "B",
      "/app/alias.py": "C",
      "/app/real.py": "C",
    };
    expect(await placesOf(image, root)).toEqual({ "/app/real.py": "real.py" });
  });

  it("takes two names of one file for two files", async () => {
    const root = workspace({ "a/x.py": "A" });
    mkdirSync(join(root, "b"));
    linkSync(join(root, "a/x.py"), join(root, "b/x.py"));
    expect(await placesOf({ "/app/x.py": "A" }, root)).toEqual({});
  });

  it("passes over what is too large to be source", async () => {
    const large = "x".repeat(8 * 1024 * 1024 + 1);
    expect(await placesOf({ "/app/large.py": large }, workspace({ "large.py": large }))).toEqual({});
  });

  it("finds nothing in a workspace that is not there", async () => {
    expect(await placesOf({ "/app/a.py": "A" }, join(tmpdir(), "no-such-workspace"))).toEqual({});
  });
});
