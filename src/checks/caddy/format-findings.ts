/** Findings of `caddy-format`: files that `caddy fmt` would write differently. Pure. */
import type { Caddyfile } from "./caddyfile.ts";
import type { DraftFinding } from "./finding-writer.ts";

/**
 * Compares each file with what `caddy fmt` made of it.
 * @param formatted container path → the file as `caddy fmt` writes it; none where it could not
 */
export function formatFindings(
  files: readonly Caddyfile[],
  formatted: ReadonlyMap<string, string>,
): DraftFinding[] {
  return files.flatMap(({ path, text }) => {
    const replacement = formatted.get(path);
    // Caddy prints nothing for a file that it cannot read.
    if (replacement === undefined || (replacement === "" && text.trim() !== "")) return [];
    const line = firstDifference(text, replacement);
    if (line === undefined) return [];
    return [
      {
        id: "caddy.not-formatted",
        level: "INFO",
        message: `${path} is not formatted as \`caddy fmt\` would format it. This line is the first difference.`,
        hint: `Run \`caddy fmt --overwrite ${path}\`. The formatted text is in the report.`,
        file: path,
        line,
        replacement,
      },
    ];
  });
}

/** The first line, counted from 1, in which two texts differ; undefined when they are equal. */
export function firstDifference(before: string, after: string): number | undefined {
  if (before === after) return undefined;
  const left = before.split("\n");
  const right = after.split("\n");
  const length = Math.min(left.length, right.length);
  const at = left.findIndex((line, index) => index >= length || line !== right[index]);
  return Math.min(at < 0 ? left.length : at + 1, Math.max(1, left.length));
}
