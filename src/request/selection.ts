/** Which checks run and which of their findings count: `checks`, `ignore`. */
import { FINDING_IDS } from "./finding-ids.ts";
import { didYouMean, show } from "./problems.ts";
import type { Reader } from "./reader.ts";
import type { IgnoreRule } from "./request.ts";

/** The names of the checks to run, in the catalogue's order. `-name` without `all` means all but that one. */
export function readChecks(reader: Reader, catalogue: readonly string[]): readonly string[] {
  const known = reader.parsed("checks", "own", (item) => {
    const name = item.replace(/^-/, "");
    if (catalogue.includes(name) || item === "all") return { value: item };
    const meant = didYouMean(name, [...catalogue, "all"], name === item ? "" : "-");
    const hint = /[\s,]/.test(item)
      ? " Write one name a line."
      : meant || ` The checks are: ${catalogue.join(", ")}.`;
    const none = name === "none" ? " At least one check must remain." : "";
    return `is not a check.${none}${hint}`;
  });
  if (known.length < reader.list("checks", "own").length) return [];
  const off = known.filter((item) => item.startsWith("-")).map((item) => item.slice(1));
  const on = known.filter((item) => !item.startsWith("-"));
  const all = on.length === 0 || on.includes("all");
  const chosen = catalogue.filter((name) => (all || on.includes(name)) && !off.includes(name));
  if (chosen.length === 0) reader.problems.add("checks", "leaves no check to run. At least one must remain.");
  return chosen;
}

/** Old names of findings, which still count. */
const NEW_NAMES = new Map([
  ["shipshape.start-crashed", "start.crashed"],
  ["hosts.static-stale", "static.stale"],
  ["hosts.static-unfilled", "static.unfilled"],
]);

const RULE = /^(?:([A-Za-z][A-Za-z0-9_-]*):)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\s+(\S.*))?$/;

/** Reads `id` or `check:id`, each with or without a glob of repository paths after it. */
export function readIgnore(reader: Reader, catalogue: readonly string[]): readonly IgnoreRule[] {
  return reader.parsed("ignore", "own", (text) => {
    const [, check = "", id = "", paths = ""] = RULE.exec(text) ?? [];
    if (id === "run.failed")
      return "is the failure of a command, which cannot be ignored. Take the command out of `run` instead.";
    if (id === "")
      return "is not allowed. Write `id` or `check:id`, and a glob of repository paths after it if you need one.";
    if (check !== "" && !catalogue.includes(check))
      return `names the check ${show(check)}, which does not exist.${didYouMean(check, catalogue)}`;
    if (/^\/|(^|\/)\.\.(\/|$)/.test(paths))
      return "has a path that is not inside the repository. Write the path from its root, without a slash at the beginning.";
    if (paths.split(/[\s,]+/).some(isId))
      return "has several ids on one line, and what is after the first one would be a glob of paths.";
    if (/(^|\s)#/.test(paths)) return "has a comment after it. Write the comment on a line of its own.";
    const now = NEW_NAMES.get(id);
    if (now !== undefined)
      return { value: { text, check: check && now.replace(/\..*/, ""), id: now, paths } };
    return { value: { text, check, id, paths } };
  });
}

/** Whether a word is the id of a finding rather than a path: Django's, or one of ours. */
function isId(word: string): boolean {
  const [, id = ""] = /^(?:[a-z-]+:)?(\w+\.[\w-]+)$/.exec(word) ?? [];
  return /\.[CEWIDH]\d{3}$/.test(id) || FINDING_IDS.has(id);
}
