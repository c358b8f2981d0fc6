import { matchesGlob } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { collectFiles, contextFiles } from "../../../../src/checks/caddy/collect-files.ts";
import { inRepository } from "../../../../src/checks/caddy/layout.ts";

describe("inRepository", () => {
  it.each<[path: string, folder: string, found: string | undefined]>([
    ["/etc/caddy/sites/a", "", "sites/a"],
    ["/etc/caddy/sites/a", "deploy/caddy", "deploy/caddy/sites/a"],
    ["/etc/common/a", "deploy/caddy", "deploy/common/a"],
    ["/etc/common/a", "", undefined],
    ["/srv/a", "deploy/caddy", "srv/a"],
  ])("%s of a Caddyfile in %j", (path, folder, found) => {
    expect(inRepository(path, folder)).toBe(found);
  });
});

describe("collectFiles", () => {
  const repository = (files: Readonly<Record<string, string>>) => ({
    read: (path: string) => Promise.resolve(files[path]),
    match: (pattern: string) =>
      Promise.resolve(Object.keys(files).filter((path) => matchesGlob(path, pattern))),
  });
  const at = (path: string) => ({ path, named: true, others: [] });

  it("gives each import the path in the container that the Caddyfile uses for it", async () => {
    const { repoPaths } = await collectFiles(
      at("deploy/caddy/Caddyfile"),
      new Map([["SITES", "sites"]]),
      repository({
        "deploy/caddy/Caddyfile":
          "import {$SITES}/*.caddy\nimport ../common.caddy\nimport /etc/caddy/x\nimport {args[0]}",
        "deploy/caddy/sites/a.caddy": "import inner",
        "deploy/caddy/sites/inner": "",
        "deploy/caddy/x": "",
        "deploy/common.caddy": "",
        "deploy/caddy/unused": "",
      }),
    );
    expect([...repoPaths]).toEqual([
      ["/etc/caddy/Caddyfile", "deploy/caddy/Caddyfile"],
      ["/etc/caddy/sites/a.caddy", "deploy/caddy/sites/a.caddy"],
      ["/etc/common.caddy", "deploy/common.caddy"],
      ["/etc/caddy/x", "deploy/caddy/x"],
      ["/etc/caddy/sites/inner", "deploy/caddy/sites/inner"],
    ]);
  });

  it("reads each file once when files import each other", async () => {
    const { files } = await collectFiles(
      at("Caddyfile"),
      new Map(),
      repository({ Caddyfile: "import a", a: "import Caddyfile" }),
    );
    expect(files.map(({ path }) => path)).toEqual(["/etc/caddy/Caddyfile", "/etc/caddy/a"]);
  });

  it("leaves out files that may not be read", async () => {
    const files = { read: (path: string) => Promise.resolve(path === "Caddyfile" ? "import a" : undefined) };
    const { repoPaths } = await collectFiles(at("Caddyfile"), new Map(), {
      ...files,
      match: () => Promise.resolve(["a"]),
    });
    expect([...repoPaths.keys()]).toEqual(["/etc/caddy/Caddyfile"]);
  });

  it("asks caddy.sh about the variables that a shell can set, and to format each file", async () => {
    const files = await collectFiles(
      at("Caddyfile"),
      new Map(),
      repository({ Caddyfile: "{$A} {\n\trespond {$B-C}\n}\n" }),
    );
    expect(Object.fromEntries(contextFiles(files))).toEqual({
      "caddyfiles/etc/caddy/Caddyfile": "{$A} {\n\trespond {$B-C}\n}\n",
      "asked/variables": "A\n",
      "asked/stand-ins": "A shipshape-1.example\n",
      "asked/files": "/etc/caddy/Caddyfile\n",
    });
  });
});
