/** `npm run docs`: the README's tables of inputs and outputs, made from action.yml, their one home. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(import.meta.dirname, "..");

interface Row {
  readonly description?: string;
  readonly default?: unknown;
  readonly required?: boolean;
}

/** README.md with its tables made anew. A unit test compares it with what is committed. */
export function withTables(readme: string, action: string): string {
  const { inputs, outputs } = parse(action) as { inputs: Record<string, Row>; outputs: Record<string, Row> };
  const inputRows = Object.entries(inputs).map(([name, { description = "", default: value, required }]) => {
    const shown = required
      ? "**required**"
      : value === undefined || value === ""
        ? ""
        : `\`${String(value)}\``;
    return `| \`${name}\` | ${shown} | ${cell(description)} |`;
  });
  const outputRows = Object.entries(outputs).map(
    ([name, { description = "" }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  const tables = {
    inputs: ["| input | default | meaning |", "|---|---|---|", ...inputRows],
    outputs: ["| output | meaning |", "|---|---|", ...outputRows],
  };
  return Object.entries(tables).reduce(
    (text, [name, lines]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}${lines.join("\n")}\n${close}`,
      ),
    readme,
  );
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

if (process.argv[1] === import.meta.filename) {
  const readme = join(ROOT, "README.md");
  const text = withTables(readFileSync(readme, "utf8"), readFileSync(join(ROOT, "action.yml"), "utf8"));
  writeFileSync(readme, text);
}
