import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { withTables } from "../../../lab/docs.ts";
import { CHECK_NAMES } from "../../../src/django/catalogue.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe("README.md", () => {
  it("has the inputs and outputs of action.yml (npm run docs)", () => {
    const readme = read("README.md");
    expect(withTables(readme, read("action.yml"))).toBe(readme);
  });

  it("names both commands", () => {
    expect(read("README.md")).toMatch(/npm start[\s\S]*npm test/);
  });
});

describe("docs/checks.md", () => {
  it.each(CHECK_NAMES)("has a chapter on %s", (name) => {
    expect(read("docs/checks.md")).toMatch(new RegExp(`^## \`${name}\``, "m"));
  });

  it("explains every finding id that the probe can report", () => {
    const sources = readdirSync(join(ROOT, "src/probe/checks")).map((file) =>
      read(`src/probe/checks/${file}`),
    );
    const ids = new Set(
      sources.flatMap((text) =>
        [...text.matchAll(/"((?:migrations|static|shipshape)\.[a-z-]+)"/g)].map(([, id]) => id),
      ),
    );
    ids.add("settings.missing-variable").add("settings.crashed");
    const docs = read("docs/checks.md");
    expect([...ids].filter((id) => !docs.includes(`\`${id}\``))).toEqual([]);
  });
});
