import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { PAGES, withExamples, withTables } from "../../../lab/docs.ts";
import { CHECK_NAMES, checksOf } from "../../../src/checks/catalogue.ts";
import { FINDING_IDS } from "../../../src/request/finding-ids.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe.each(PAGES)("$page", ({ page, action }) => {
  it("has the inputs and outputs of its action, and the examples as they are tested (npm run docs)", () => {
    const text = read(page);
    expect(withExamples(withTables(text, read(action)), read)).toBe(text);
  });
});

describe("README.md", () => {
  it("names both commands", () => {
    expect(read("README.md")).toMatch(/npm start[\s\S]*npm test/);
  });

  it.each(CHECK_NAMES)("lists %s, with a link to its chapter", (name) => {
    expect(read("README.md")).toContain(`[\`${name}\`](docs/checks.md#${name})`);
  });

  it("stays short: under 300 lines, with its tables", () => {
    expect(read("README.md").split("\n").length).toBeLessThan(300);
  });
});

describe("docs/checks.md", () => {
  it.each(CHECK_NAMES)("has a chapter on %s", (name) => {
    expect(read("docs/checks.md")).toMatch(new RegExp(`^## \`${name}\``, "m"));
  });

  it("explains every finding id that the probe and the checks of the Caddyfile can report", () => {
    const sources = ["src/probe/checks", "src/probe/shipshape_probe"].flatMap((folder) =>
      readdirSync(join(ROOT, folder))
        .filter((file) => file.endsWith(".py"))
        .map((file) => read(`${folder}/${file}`)),
    );
    const ours = [...checksOf("django", CHECK_NAMES), "shipshape"].join("|");
    const ids = new Set(
      sources.flatMap((text) =>
        [...text.matchAll(new RegExp(`"((?:${ours})\\.(?!example"|txt")[a-z0-9-]+)"`, "g"))].map(
          ([, id]) => id,
        ),
      ),
    );
    const caddy = readdirSync(join(ROOT, "src/checks/caddy"), { recursive: true, encoding: "utf8" });
    for (const file of caddy.filter((name) => name.endsWith(".ts")))
      for (const [, id] of read(`src/checks/caddy/${file}`).matchAll(
        /"((?:caddy|hosts)\.(?!sh")[a-z0-9-]+)"/g,
      ))
        ids.add(id);
    for (const [, what] of read("src/checks/caddy/rules/files.ts").matchAll(
      /`hosts\.\$\{kind\.what\}-([a-z]+)`/g,
    ))
      ids.add(`hosts.static-${what}`).add(`hosts.media-${what}`);
    // Some of each, so that the search itself is tested.
    expect([...ids]).toEqual(
      expect.arrayContaining(["caddy.invalid", "hosts.not-allowed", "hosts.media-volume"]),
    );
    ids.add("settings.missing-variable").add("settings.crashed");
    for (const [, id = ""] of read("src/checks/django/static-files.ts").matchAll(
      /"(static\.(?!not-)[a-z-]+)"/g,
    ))
      ids.add(id);
    const docs = read("docs/checks.md");
    expect([...ids].filter((id) => !docs.includes(`\`${id}\``))).toEqual([]);
    // `ignore` knows the same ids, those of commands and old ones.
    ids.add("run.failed").add("junit.failure").add("junit.error").add("shipshape.start-crashed");
    ids.add("hosts.static-stale").add("hosts.static-unfilled");
    ids.delete("shipshape.example");
    expect([...FINDING_IDS].sort()).toEqual([...ids].sort());
  });
});
