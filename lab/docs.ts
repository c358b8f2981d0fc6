/**
 * `npm run docs`: the tables of inputs and outputs, made from each action.yml, their one home, and the examples that
 * the README shows, made from docs/examples/, where they are tested.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(import.meta.dirname, "..");

interface Row {
  readonly description?: string;
  readonly default?: unknown;
  readonly required?: boolean;
}

/** Pages with tables, and the action that they are of. */
export const PAGES = [
  { page: "README.md", action: "action.yml" },
  { page: "docs/inputs.md", action: "action.yml" },
  { page: "docs/collect.md", action: "collect/action.yml" },
] as const;

/**
 * A page with its tables made anew, each between `<!-- name -->` and `<!-- /name -->`: `inputs` and `outputs` have whole
 * descriptions, `inputs in short` their beginnings. A unit test compares the page with what is committed.
 */
export function withTables(page: string, action: string): string {
  const { inputs, outputs } = parse(action) as { inputs: Record<string, Row>; outputs: Record<string, Row> };
  const tables = {
    inputs: inputTable(inputs, (text) => text),
    "inputs in short": inputTable(inputs, (text) => sentences(text, 2)),
    outputs: outputTable(outputs),
  };
  return Object.entries(tables).reduce(
    (text, [name, lines]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}${lines.join("\n")}\n${close}`,
      ),
    page,
  );
}

function inputTable(inputs: Record<string, Row>, shorten: (text: string) => string): string[] {
  const rows = Object.entries(inputs).map(([name, { description = "", default: value, required }]) => {
    const shown = required
      ? "**required**"
      : value === undefined || value === ""
        ? ""
        : `\`${String(value)}\``;
    return `| \`${name}\` | ${shown} | ${cell(shorten(description))} |`;
  });
  return ["| input | default | meaning |", "|---|---|---|", ...rows];
}

function outputTable(outputs: Record<string, Row>): string[] {
  const rows = Object.entries(outputs).map(
    ([name, { description = "" }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ["| output | meaning |", "|---|---|", ...rows];
}

/** The first sentences of a description. An input's first one is its type, like `String.` */
function sentences(text: string, count: number): string {
  return text
    .split(/(?<=\.) (?=[A-Z`])/)
    .slice(0, count)
    .join(" ");
}

/** A page with its examples made anew: what stands between `<!-- docs/examples/x.yml -->` and its end. */
export function withExamples(page: string, read: (path: string) => string): string {
  return page.replace(
    /(<!-- (docs\/examples\/[\w-]+\.yml) -->\n)[\s\S]*?(<!-- \/\2 -->)/g,
    (_, open: string, path: string, close: string) => `${open}\`\`\`yaml\n${read(path)}\`\`\`\n${close}`,
  );
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

if (process.argv[1] === import.meta.filename) {
  const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
  for (const { page, action } of PAGES)
    writeFileSync(join(ROOT, page), withExamples(withTables(read(page), read(action)), read));
}
