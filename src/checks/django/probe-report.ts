/**
 * The probe's report, read as what it is: text that the project's own code could have written. Depth, types and
 * lengths are limited, and what does not fit is refused. Pure; run.ts reads the file.
 */
import { parseJson } from "../../request/json.ts";
import { LEVELS } from "../../request/request.ts";
import { UnreadableReport } from "../exported.ts";

const MOST_FINDINGS = 2500;
const MOST_TEXT = 100_000;
const MOST_DEPTH = 12;
const MOST_VARIABLES = 50;
const MOST_EXAMPLES = 20;

/** Reads one value of the report. One that is missing is empty. */
type Read<T> = (value: unknown) => T;

const text: Read<string> = (value) => (typeof value === "string" ? value.slice(0, MOST_TEXT) : "");

/** One line of text: what goes into tables, titles and annotations. */
const line: Read<string> = (value) =>
  text(value)
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
    .slice(0, 1000);

const number: Read<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;

const lineNumber: Read<number | undefined> = (value) =>
  Number.isInteger(value) && (value as number) > 0 ? (value as number) : undefined;

function oneOf<const T extends string>(allowed: readonly T[], otherwise: NoInfer<T>): Read<T> {
  return (value) => allowed.find((one) => one === value) ?? otherwise;
}

function list<T>(item: Read<T>): Read<readonly T[]> {
  return (value) => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw new UnreadableReport("a list has another type");
    return value.map(item);
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new UnreadableReport("a field has another type");
  return value as Record<string, unknown>;
}

/** An object with fields of any names. */
function map<T>(field: Read<T>): Read<ReadonlyMap<string, T>> {
  return (value) => new Map(Object.entries(record(value)).map(([name, one]) => [name, field(one)]));
}

/** An object with these fields. */
function object<T>(fields: { readonly [Name in keyof T]: Read<T[Name]> }): Read<Readonly<T>> {
  return (value) => {
    const found = record(value);
    const names = Object.keys(fields) as (keyof T & string)[];
    return Object.fromEntries(names.map((name) => [name, fields[name](found[name])])) as T;
  };
}

/** An object, or something else in its place that says that there is none. */
function optional<T>(read: Read<T>): Read<T | undefined> {
  return (value) => (typeof value === "object" && value !== null ? read(value) : undefined);
}

/** A migration that is missing, with the text of the file to add. `path` is in the container. */
const migration = object({ app: line, name: line, path: line, operations: list(text), text });

/** One finding as the probe saw it: `file` is a path in the container. Empty strings = not there. */
const finding = object({
  // A level that Django does not know is not harmless.
  level: oneOf(LEVELS, "ERROR"),
  id: line,
  message: text,
  hint: text,
  object: line,
  file: line,
  line: lineNumber,
  count: (value: unknown) => Math.max(1, number(value)),
  /** The migration that is missing. */
  details: (value: unknown) => (typeof record(value).text === "string" ? migration(value) : undefined),
  /** `shipshape`: it is about a setting that has a value of ours in it. */
  supplied: line,
});

const variables: Read<readonly string[]> = (value) => list(line)(value).slice(0, MOST_VARIABLES);

const error = object({
  kind: line,
  type: line,
  message: text,
  /** The variables that are missing: the one that it crashed on first, then those that it would have missed next. */
  variables,
  /** What to do about it. */
  hint: text,
  traceback: text,
  file: line,
  line: lineNumber,
});

/** Files that were collected, one of each suffix. Those that a URL writes otherwise are left out. */
const examples: Read<readonly string[]> = (value) =>
  list(line)(value)
    .filter((name) => /^[\w.@+/-]{1,300}$/.test(name) && !name.startsWith("/"))
    .slice(0, MOST_EXAMPLES);

const check = object({
  status: oneOf(["completed", "settings", "crashed", "timeout", "exited"], "crashed"),
  seconds: number,
  // The worst ones, when there are too many: none that counts may hide behind those that do not.
  findings: (value: unknown) => list(finding)(value).toSorted(worstFirst).slice(0, MOST_FINDINGS),
  silenced: number,
  output: text,
  error: optional(error),
  notes: list(text),
  /** What it could not judge, and why; empty if it judged all. */
  skipped: text,
  counts: object({ examples }),
});

function worstFirst(a: ProbeFinding, b: ProbeFinding): number {
  return LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level);
}

/** A setting's value; undefined, which JSON does not have, where the report has none. */
const settingValue: Read<unknown> = (value) => value;

const setting = object({
  value: settingValue,
  supplied: line,
  /** The variable whose default the value is, because nobody sets it. */
  default_of: line,
  /** Its value without DJANGO_ENV=production, where shipshape supplied that and the value is another one then. */
  without: settingValue,
});

const report = object({
  python: object({ version: line, executable: line }),
  django: object({ version: line }),
  project: object({
    root: line,
    manage: line,
    settings: line,
    source: line,
    others: list(object({ settings: line, source: line })),
  }),
  environment: list(
    object({ name: line, supplied: oneOf(["image", "user", "shipshape", "nobody"], "nobody") }),
  ),
  reads: object({
    /** Not when something read the whole environment at once: then nobody knows which variables it used. */
    complete: (value: unknown) => value !== false,
    /** Names that `env` sets and nothing read, each with the most similar name that was read. */
    unread: (value: unknown) => list(object({ name: line, nearest: line }))(value).slice(0, MOST_VARIABLES),
  }),
  settings: (value: unknown) => Object.fromEntries(map(setting)(value)),
  /** Container path → sha256 of the file's content, in hexadecimal. */
  files: (value: unknown) => new Map([...map(text)(value)].filter(([, hash]) => /^[0-9a-f]{64}$/.test(hash))),
  checks: map(check),
  /** Set when there was nothing to check: no interpreter with Django, no project. */
  error: optional(object({ kind: line, message: text, tried: list(object({ path: line, reason: line })) })),
});

export type ProbeFinding = ReturnType<typeof finding>;
export type ProbeError = ReturnType<typeof error>;
export type ProbeCheck = ReturnType<typeof check>;
export type ProbeReport = ReturnType<typeof report>;

/**
 * The report in the probe's text, with every value checked for type and length.
 * @throws {UnreadableReport}
 */
export function parseReport(json: string): ProbeReport {
  const value = parseJson(json);
  if (value === undefined) throw new UnreadableReport("it is not JSON");
  if (deeperThan(MOST_DEPTH, value)) throw new UnreadableReport("it is nested too deep");
  if (record(value).schema !== 1) throw new UnreadableReport("its schema is not 1");
  return report(value);
}

function deeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return limit === 0 || Object.values(value).some((item) => deeperThan(limit - 1, item));
}
