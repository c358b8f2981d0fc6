/** Which checks run and which of their findings count: `checks`, `ignore`, `fail-level`. */
import { didYouMean, show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import { type FailLevel, type IgnoreRule, LEVELS } from "./request.ts";

/** The names of the checks to run, in the catalogue's order. `-name` without `all` means all but that one. */
export function readChecks(reader: Reader, catalogue: readonly string[]): readonly string[] {
  const items = reader.lines("checks");
  const known = items.filter((item) => isKnown(reader, item, catalogue));
  if (known.length < items.length) return [];
  const off = known.filter((item) => item.startsWith("-")).map((item) => item.slice(1));
  const on = known.filter((item) => !item.startsWith("-"));
  const all = on.length === 0 || on.includes("all");
  const chosen = catalogue.filter((name) => (all || on.includes(name)) && !off.includes(name));
  if (chosen.length === 0) reader.problems.add("checks", "leaves no check to run. At least one must remain.");
  return chosen;
}

function isKnown(reader: Reader, item: string, catalogue: readonly string[]): boolean {
  const name = item.replace(/^-/, "");
  if (catalogue.includes(name) || item === "all") return true;
  const hint = /[\s,]/.test(name)
    ? " Write one name a line."
    : didYouMean(name, [...catalogue, "all"]) || ` The checks are: ${catalogue.join(", ")}.`;
  const none = name === "none" ? " At least one check must remain." : "";
  reader.problems.add("checks", `${show(item)} is not a check.${none}${hint}`);
  return false;
}

const RULE = /^(?:([A-Za-z][A-Za-z0-9_-]*):)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\s+(\S.*))?$/;

/** Reads `id` or `check:id`, each with or without a glob of repository paths after it. */
export function readIgnore(reader: Reader, catalogue: readonly string[]): readonly IgnoreRule[] {
  return reader.lines("ignore").flatMap((text) => {
    const [, check = "", id = "", paths = ""] = RULE.exec(text) ?? [];
    const problem =
      id === "run.failed"
        ? "is the failure of a command, which cannot be ignored. Take the command out of `run` instead."
        : id === ""
          ? "is not allowed. Write `id` or `check:id`, and a glob of repository paths after it if you need one."
          : check !== "" && !catalogue.includes(check)
            ? `names the check ${show(check)}, which does not exist.${didYouMean(check, catalogue)}`
            : /^\/|(^|\/)\.\.(\/|$)/.test(paths)
              ? "has a path that is not inside the repository. Write the path from its root, without a slash at the beginning."
              : /(^|\s)#/.test(paths)
                ? "has a comment after it. Write the comment on a line of its own."
                : undefined;
    if (problem === undefined) return [{ text, check, id, paths }];
    reader.problems.add("ignore", `${show(text)} ${problem}`);
    return [];
  });
}

/** The lowest level at which a finding fails the step. */
export function readFailLevel(reader: Reader): FailLevel {
  return reader.choice("fail-level", [...LEVELS, "never"], "WARNING");
}
