/**
 * The probe's report, read as what it is: text that the project's own code could have written. Depth, types and
 * lengths are limited, and what does not fit is refused. Pure; run.ts reads the file.
 */
import { LEVELS, type Level } from "../../request/request.ts";
import { UnreadableReport } from "../exported.ts";
import type { MissingMigration } from "../finding.ts";
import type { SuppliedBy } from "../verdict.ts";

const MOST_FINDINGS = 2500;
const MOST_TEXT = 100_000;
const MOST_DEPTH = 12;
const MOST_VARIABLES = 50;

/** One finding as the probe saw it: `file` is a path in the container. Empty strings = not there. */
export interface ProbeFinding {
  readonly level: Level;
  readonly id: string;
  readonly message: string;
  readonly hint: string;
  readonly object: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly count: number;
  readonly migration: MissingMigration | undefined;
  /** It is about a setting that has a value of ours in it. */
  readonly restsOnOurs: boolean;
}

export interface ProbeError {
  readonly kind: string;
  readonly type: string;
  readonly message: string;
  /** The variables that are missing: the one that it crashed on first, then those that it would have missed next. */
  readonly variables: readonly string[];
  /** Variables that were asked for before the crash without a default, and that are not set; where `read` is empty. */
  readonly unset: readonly string[];
  /** Variables that had a value and were read on the line that it crashed on, where it has no other explanation. */
  readonly read: readonly string[];
  /** The installed package in which it was raised, when its kind says that the package may not fit. */
  readonly package: string;
  readonly traceback: string;
  readonly file: string;
  readonly line: number | undefined;
}

export type ProbeStatus = "completed" | "settings" | "crashed" | "timeout" | "exited";

export interface ProbeCheck {
  readonly status: ProbeStatus;
  readonly seconds: number;
  readonly findings: readonly ProbeFinding[];
  readonly silenced: number;
  readonly output: string;
  readonly error: ProbeError | undefined;
  readonly notes: readonly string[];
}

export interface SettingFact {
  readonly value: unknown;
  readonly supplied: string;
}

export interface ProbeReport {
  readonly python: { readonly version: string; readonly executable: string };
  readonly django: string;
  readonly project: {
    readonly root: string;
    readonly manage: string;
    readonly settings: string;
    readonly source: string;
    readonly others: readonly { readonly settings: string; readonly source: string }[];
  };
  readonly environment: readonly { readonly name: string; readonly supplied: SuppliedBy }[];
  readonly settings: Readonly<Record<string, SettingFact>>;
  /** Container path → sha256 of the file's content, in hexadecimal. */
  readonly files: ReadonlyMap<string, string>;
  readonly checks: ReadonlyMap<string, ProbeCheck>;
  /** Set when there was nothing to check: no interpreter with Django, no project. */
  readonly error:
    | {
        readonly kind: string;
        readonly message: string;
        readonly tried: readonly { readonly path: string; readonly reason: string }[];
      }
    | undefined;
}

/**
 * The report in the probe's text, with every value checked for type and length.
 * @throws {UnreadableReport}
 */
export function parseReport(text: string): ProbeReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableReport("it is not JSON");
  }
  if (deeperThan(MOST_DEPTH, value)) throw new UnreadableReport("it is nested too deep");
  const report = record(value);
  if (report.schema !== 1) throw new UnreadableReport("its schema is not 1");
  const python = record(report.python);
  const project = record(report.project);
  return {
    python: { version: line(python.version), executable: line(python.executable) },
    django: line(record(report.django).version),
    project: {
      root: line(project.root),
      manage: line(project.manage),
      settings: line(project.settings),
      source: line(project.source),
      others: list(project.others).map((one) => ({
        settings: line(record(one).settings),
        source: line(record(one).source),
      })),
    },
    environment: list(report.environment).map((one) => ({
      name: line(record(one).name),
      supplied: oneOf(record(one).supplied, ["image", "user", "shipshape", "nobody"], "nobody"),
    })),
    settings: Object.fromEntries(
      Object.entries(record(report.settings)).map(([name, fact]) => [
        name,
        { value: record(fact).value, supplied: line(record(fact).supplied) },
      ]),
    ),
    files: new Map(
      Object.entries(record(report.files)).flatMap(([path, hash]) =>
        typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash) ? [[path, hash] as const] : [],
      ),
    ),
    checks: new Map(Object.entries(record(report.checks)).map(([name, one]) => [name, check(one)])),
    error: failure(report.error),
  };
}

function check(value: unknown): ProbeCheck {
  const one = record(value);
  return {
    status: oneOf(one.status, ["completed", "settings", "crashed", "timeout", "exited"], "crashed"),
    seconds: number(one.seconds) ?? 0,
    // The worst ones, when there are too many: none that counts may hide behind those that do not.
    findings: list(one.findings).map(finding).sort(worstFirst).slice(0, MOST_FINDINGS),
    silenced: number(one.silenced) ?? 0,
    output: text(one.output),
    error: probeError(one.error),
    notes: list(one.notes).map(text),
  };
}

function worstFirst(a: ProbeFinding, b: ProbeFinding): number {
  return LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level);
}

function finding(value: unknown): ProbeFinding {
  const one = record(value);
  return {
    // A level that Django does not know is not harmless.
    level: oneOf(one.level, LEVELS, "ERROR"),
    id: line(one.id),
    message: text(one.message),
    hint: text(one.hint),
    object: line(one.object),
    file: line(one.file),
    line: lineNumber(one.line),
    count: Math.max(1, number(one.count) ?? 1),
    migration: migration(one.details),
    restsOnOurs: one.supplied === "shipshape",
  };
}

function migration(value: unknown): MissingMigration | undefined {
  const one = record(value);
  if (typeof one.text !== "string") return undefined;
  return {
    app: line(one.app),
    name: line(one.name),
    path: line(one.path),
    operations: list(one.operations).map(text),
    text: text(one.text),
  };
}

function probeError(value: unknown): ProbeError | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const one = record(value);
  return {
    kind: line(one.kind),
    type: line(one.type),
    message: text(one.message),
    variables: list(one.variables).map(line).slice(0, MOST_VARIABLES),
    unset: list(one.unset).map(line).slice(0, MOST_VARIABLES),
    read: list(one.read).map(line).slice(0, MOST_VARIABLES),
    package: line(one.package),
    traceback: text(one.traceback),
    file: line(one.file),
    line: lineNumber(one.line),
  };
}

function failure(value: unknown): ProbeReport["error"] {
  if (typeof value !== "object" || value === null) return undefined;
  const one = record(value);
  return {
    kind: line(one.kind),
    message: text(one.message),
    tried: list(one.tried).map((each) => ({
      path: line(record(each).path),
      reason: line(record(each).reason),
    })),
  };
}

function record(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new UnreadableReport("a field has another type");
  return value as Record<string, unknown>;
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnreadableReport("a list has another type");
  return value;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, MOST_TEXT) : "";
}

/** One line of text: what goes into tables, titles and annotations. */
function line(value: unknown): string {
  return text(value)
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
    .slice(0, 1000);
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function lineNumber(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}

function deeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return limit === 0 || Object.values(value).some((item) => deeperThan(limit - 1, item));
}
