/** A finding: one problem that a check reports. */
import { type FailLevel, LEVELS, type Level } from "../request/request.ts";
import type { ProbeFinding } from "./django/probe-report.ts";

export interface Finding {
  readonly check: string;
  readonly level: Level;
  readonly id: string;
  readonly message: string;
  readonly hint: string;
  /** As Django prints it: `shop.Order.total`. */
  readonly object: string;
  /** Path in the workspace; empty unless that file has the same content as the one in the image. */
  readonly file: string;
  readonly line: number | undefined;
  /** Path in the container; empty when the finding is not about a file. */
  readonly containerFile: string;
  /** How many times the check reported it. */
  readonly count: number;
  readonly migration: ProbeFinding["details"];
  /** The whole text that the file should have instead. */
  readonly replacement?: string;
  /** Where several platforms were checked: those that it was found on. */
  readonly platforms?: readonly string[];
}

/** What a finding has that names no place: the fields that most checks leave as they are. */
export const PLAIN_FINDING = {
  object: "",
  file: "",
  line: undefined,
  containerFile: "",
  count: 1,
  migration: undefined,
} as const;

/**
 * The place of a finding: in the repository where the contents agree, and in the container for people.
 * @param path in the container; empty when the finding is not about a file
 * @param places container path → repo path, where the contents are the same
 */
export function placed(
  path: string,
  line: number | undefined,
  places: ReadonlyMap<string, string>,
): Pick<Finding, "file" | "line" | "containerFile"> {
  const file = places.get(path) ?? "";
  return {
    file,
    line: file === "" ? undefined : line,
    containerFile: path === "" || line === undefined ? path : `${path}:${line}`,
  };
}

/** Whether a finding of this level counts. `never` counts what WARNING does: it is reported then, and nothing is released. */
export function reaches(level: Level, failLevel: FailLevel): boolean {
  const threshold = failLevel === "never" ? "WARNING" : failLevel;
  return LEVELS.indexOf(level) >= LEVELS.indexOf(threshold);
}

/** Sorts the worst findings first, then by check, file and line. The order is the same in every run. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
    compareTexts(a.check, b.check) ||
    compareTexts(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareTexts(a.id, b.id) ||
    compareTexts(a.message, b.message)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
