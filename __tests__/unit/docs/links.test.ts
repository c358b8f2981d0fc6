/** Links between our own pages: each leads to a file that is there, and to a heading that it has. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "lab/README.md",
  "sample/README.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/** Code is left out: what looks like a link or a heading there is none. */
const prose = (page: string) => read(page).replace(/^```[\s\S]*?^```/gm, "");

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(PAGES)("%s", (page) => {
  it("links only to pages and headings that are there", () => {
    const links = [...prose(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    const broken = links.flatMap(([link, path = "", anchor]) => {
      const target = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return [link];
      return anchor === undefined || anchorsOf(target).includes(anchor) ? [] : [link];
    });
    expect(broken).toEqual([]);
  });
});

describe("docs/adr/README.md", () => {
  it("lists each decision by its title", () => {
    const index = read("docs/adr/README.md");
    const files = readdirSync(join(ROOT, "docs", "adr")).filter((file) => /^\d/.test(file));
    const missing = files.filter((file) => {
      const title = /^# (.+)$/m.exec(read(`docs/adr/${file}`))?.[1] ?? "no title";
      return !index.includes(`[${title}](${file})`);
    });
    expect(missing).toEqual([]);
  });
});
