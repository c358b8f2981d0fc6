/** Makes the verdict out of the answers of all checks. Pure. */
import { matchesGlob } from "node:path";
import type { IgnoreRule, Level, Request } from "../request/request.ts";
import type { ProbeReport } from "./django/probe-report.ts";
import { byWeight, type Finding, reaches } from "./finding.ts";

/** What one check answered, before `fail-level` and `ignore` are applied. */
export interface Answer {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly seconds: number;
  readonly cached: boolean;
  /** Number of messages that the project's SILENCED_SYSTEM_CHECKS hides. */
  readonly silenced: number;
  /** A sentence that says why the check could not run; empty when it ran. */
  readonly reason: string;
  /**
   * A sentence that says why the check was skipped, which is not a failure: there is no Caddyfile, for example, or a part of
   * it could not be judged. That part has not passed, whatever the findings are.
   */
  readonly skipped?: string;
  /** A finding that says why the check could not run. `ignore` does not apply to it. */
  readonly stopped?: Finding;
  /** The end of what was printed, for a check that could not run and for a command that failed. */
  readonly output: string;
  readonly notes: readonly string[];
  /** Exit code, for a command of `run`. */
  readonly exitCode?: number;
}

/** The answer of a check that has nothing to report. */
export function emptyAnswer(name: string): Answer {
  return { name, findings: [], seconds: 0, cached: false, silenced: 0, reason: "", output: "", notes: [] };
}

/** `error`: the check could not run to its end. `skipped`: there was nothing to check, or something was not judged. */
export type CheckStatus = "passed" | "failed" | "error" | "skipped";

/** The answer of a check after `fail-level` and `ignore` were applied. Ignored findings are not counted. */
export interface CheckResult extends Omit<Answer, "findings" | "stopped"> {
  readonly status: CheckStatus;
  readonly findings: number;
}

/** What the probe learnt about the project. */
export interface Examined {
  readonly django: {
    readonly version: string;
    readonly python: string;
    readonly settings: string;
    readonly manage: string;
  };
  /** A sentence that says why nothing could be checked at all; empty otherwise. */
  readonly problem: string;
  /** What names the settings module: `wsgi.py`, `image` … */
  readonly settingsSource: string;
  readonly otherSettings: readonly { readonly settings: string; readonly source: string }[];
  /** Who gave each environment variable its value; `nobody` when it is not set. */
  readonly environment: ProbeReport["environment"];
  /** Whether that list is complete, and what `env` sets in vain. */
  readonly reads: ProbeReport["reads"];
}

export interface Verdict extends Examined {
  readonly status: Exclude<CheckStatus, "skipped">;
  readonly checks: readonly CheckResult[];
  /** Worst first. Ignored findings are not among them. */
  readonly findings: readonly Finding[];
  readonly ignored: readonly { readonly rule: string; readonly findings: number }[];
}

/** Applies `fail-level` and `ignore` to the answers. */
export function conclude(
  answers: readonly Answer[],
  terms: Pick<Request, "failLevel" | "ignore">,
  project: Examined,
): Verdict {
  const { kept, ignored } = withoutIgnored(
    answers.flatMap(({ findings }) => findings),
    terms.ignore,
  );
  const checks = answers.map(({ stopped: _, ...answer }): CheckResult => {
    const own = kept.filter(({ check }) => check === answer.name);
    // A command that failed counts at every fail-level.
    const ended = (answer.exitCode ?? 0) !== 0;
    const failed = ended || own.some(({ level }) => reaches(level, terms.failLevel));
    const ran = answer.skipped === undefined ? "passed" : "skipped";
    const status = answer.reason !== "" ? "error" : failed ? "failed" : ran;
    return { ...answer, status, findings: own.length };
  });
  const stopped = answers.flatMap((answer) => answer.stopped ?? []);
  return {
    ...project,
    status: worst(checks.map((one) => one.status)),
    checks,
    findings: [...stopped, ...kept].sort(byWeight),
    ignored,
  };
}

function worst(statuses: readonly CheckStatus[]): Verdict["status"] {
  if (statuses.includes("failed")) return "failed";
  return statuses.includes("error") ? "error" : "passed";
}

/** Whether a finding says that the settings cannot be loaded. */
export function isSettingsCrash({ id, level }: Finding): boolean {
  return level === "CRITICAL" && (id === "settings.missing-variable" || id === "settings.crashed");
}

function withoutIgnored(
  findings: readonly Finding[],
  rules: readonly IgnoreRule[],
): { kept: Finding[]; ignored: { rule: string; findings: number }[] } {
  const counts = new Map(rules.map((rule) => [rule.text, 0]));
  const kept = findings.filter((finding) => {
    const rule = rules.find((one) => applies(one, finding));
    if (rule === undefined) return true;
    counts.set(rule.text, (counts.get(rule.text) ?? 0) + finding.count);
    return false;
  });
  return { kept, ignored: [...counts].map(([rule, count]) => ({ rule, findings: count })) };
}

function applies(rule: IgnoreRule, finding: Finding): boolean {
  if (rule.id !== finding.id) return false;
  if (rule.check !== "" && rule.check !== finding.check) return false;
  return rule.paths === "" || (finding.file !== "" && matchesGlob(plain(finding.file), plain(rule.paths)));
}

/** Replaces the dot at the beginning of a name by `_`: `**` of `matchesGlob` leaves out names with a dot there. */
function plain(path: string): string {
  return path.replace(/^\.\//, "").replace(/(^|\/)\.(?=[^/])/g, "$1_");
}

/** Counts the findings of each level, worst level first: `2 ERROR, 1 WARNING`. */
export function countLevels(findings: readonly Finding[]): string {
  const counts = new Map<Level, number>();
  for (const { level } of [...findings].sort(byWeight)) counts.set(level, (counts.get(level) ?? 0) + 1);
  return [...counts].map(([level, count]) => `${count} ${level}`).join(", ");
}
