/** From what every check answered to the verdict: what counts, what was ignored, what could not run. Pure. */
import { matchesGlob } from "node:path";
import type { IgnoreRule, Level, Request } from "../request/request.ts";
import { byWeight, type Finding, reaches } from "./finding.ts";

/** What one check answered, before the workflow's terms are applied to it. */
export interface Answer {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly seconds: number;
  readonly cached: boolean;
  /** Messages silenced by SILENCED_SYSTEM_CHECKS. */
  readonly silenced: number;
  /** Why it could not run, in a sentence; empty when it did. */
  readonly reason: string;
  /** Why it was left out, in a sentence, where that is nobody's fault: there is no Caddyfile, say. */
  readonly skipped?: string;
  /** A finding that says why it could not run; no rule ignores it. */
  readonly stopped?: Finding;
  /** The end of what it printed, when that helps: it could not run, or it is a command that failed. */
  readonly output: string;
  readonly notes: readonly string[];
  /** Exit code of a command of the workflow. */
  readonly exitCode?: number;
}

/** `error`: the check could not come to an answer. `skipped`: there was nothing to ask. */
export type CheckStatus = "passed" | "failed" | "error" | "skipped";

/** An answer by the workflow's terms; `findings` is the number of those that were not ignored. */
export interface CheckResult extends Omit<Answer, "findings" | "stopped"> {
  readonly status: CheckStatus;
  readonly findings: number;
}

/** Who gave an environment variable its value. */
export type SuppliedBy = "image" | "user" | "shipshape" | "nobody";

/** What the probe found out about the project. */
export interface Examined {
  readonly django: {
    readonly version: string;
    readonly python: string;
    readonly settings: string;
    readonly manage: string;
  };
  /** Why nothing could be checked at all, in a sentence; empty otherwise. */
  readonly problem: string;
  /** Where the settings module was named: `wsgi.py`, `image` … */
  readonly settingsSource: string;
  readonly otherSettings: readonly { readonly settings: string; readonly source: string }[];
  readonly environment: readonly {
    readonly name: string;
    readonly supplied: SuppliedBy;
  }[];
}

export interface Verdict extends Examined {
  readonly status: Exclude<CheckStatus, "skipped">;
  readonly checks: readonly CheckResult[];
  /** Worst first, without the ignored ones. */
  readonly findings: readonly Finding[];
  readonly ignored: readonly { readonly rule: string; readonly findings: number }[];
}

/** Judges the answers by the workflow's terms. */
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
    // A command that failed has failed at any level.
    const ended = (answer.exitCode ?? 0) !== 0 && terms.failLevel !== "never";
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

/** Whether a finding is the one that a settings crash makes. */
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

/** A path whose dot folders are ordinary ones: `vendor/**` means all of them. */
function plain(path: string): string {
  return path.replace(/^\.\//, "").replace(/(^|\/)\.(?=[^/])/g, "$1_");
}

/** The levels that are there, worst first, with their counts: `2 ERROR, 1 WARNING`. */
export function countLevels(findings: readonly Finding[]): string {
  const counts = new Map<Level, number>();
  for (const { level } of [...findings].sort(byWeight)) counts.set(level, (counts.get(level) ?? 0) + 1);
  return [...counts].map(([level, count]) => `${count} ${level}`).join(", ");
}
