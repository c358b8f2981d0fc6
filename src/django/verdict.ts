/** From the probe's report to the verdict: what counts, what was ignored, what could not run. Pure. */
import { matchesGlob } from "node:path";
import type { IgnoreRule, Level, Request } from "../request/request.ts";
import { byWeight, type Finding, reaches } from "./finding.ts";
import type { ProbeCheck, ProbeError, ProbeFinding, ProbeReport, SuppliedBy } from "./report.ts";

/** `error`: the check could not come to an answer. */
export type CheckStatus = "passed" | "failed" | "error";

export interface CheckResult {
  readonly name: string;
  readonly status: CheckStatus;
  /** Findings that were not ignored. */
  readonly findings: number;
  readonly seconds: number;
  readonly cached: boolean;
  /** Messages silenced by SILENCED_SYSTEM_CHECKS. */
  readonly silenced: number;
  /** Why it could not run, in a sentence; empty otherwise. */
  readonly reason: string;
  /** The end of what it printed, when it could not run. */
  readonly output: string;
  readonly notes: readonly string[];
}

export interface Verdict {
  readonly status: "passed" | "failed" | "error";
  readonly checks: readonly CheckResult[];
  /** Worst first, without the ignored ones. */
  readonly findings: readonly Finding[];
  readonly ignored: readonly { readonly rule: string; readonly findings: number }[];
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
  readonly environment: readonly { readonly name: string; readonly supplied: SuppliedBy }[];
}

/** What the judge looks at besides the report. */
export interface Evidence {
  /** Container path → repo path, where the contents are the same. */
  readonly places: ReadonlyMap<string, string>;
  /** The report came from the builder's cache. */
  readonly cached: boolean;
}

type Terms = Pick<Request, "checks" | "failLevel" | "ignore" | "timeout" | "python">;

/** Judges a report by the workflow's terms. */
export function judge(report: ProbeReport, terms: Terms, evidence: Evidence): Verdict {
  const settingsCrash = crashOfSettings(report, terms, evidence.places);
  const all = terms.checks.flatMap((name) =>
    (report.checks.get(name)?.findings ?? []).map((one) => toFinding(name, one, evidence.places)),
  );
  const { kept, ignored } = withoutIgnored(all, terms.ignore);
  const checks = terms.checks.map((name) => result(name, report, kept, terms, evidence.cached));
  const findings = [...(settingsCrash === undefined ? [] : [settingsCrash]), ...kept].sort(byWeight);
  const status = worst(checks.map((one) => one.status));
  return {
    status,
    checks,
    findings,
    ignored,
    django: {
      version: report.django,
      python: report.python.version,
      settings: report.project.settings,
      manage: report.project.manage,
    },
    problem: problemOf(report, terms),
    settingsSource: report.project.source,
    otherSettings: report.project.others,
    environment: report.environment,
  };
}

function worst(statuses: readonly CheckStatus[]): CheckStatus {
  if (statuses.includes("failed")) return "failed";
  return statuses.includes("error") ? "error" : "passed";
}

function result(
  name: string,
  report: ProbeReport,
  findings: readonly Finding[],
  terms: Terms,
  cached: boolean,
): CheckResult {
  const own = findings.filter((one) => one.check === name);
  const probe = report.checks.get(name);
  const common = {
    name,
    findings: own.length,
    seconds: probe?.seconds ?? 0,
    cached,
    silenced: probe?.silenced ?? 0,
    notes: probe?.notes ?? [],
  };
  if (probe?.status === "completed") {
    const failed = own.some(({ level }) => reaches(level, terms.failLevel));
    return { ...common, status: failed ? "failed" : "passed", reason: "", output: "" };
  }
  const reason = probe === undefined ? "it wrote no report" : whyNot(probe, terms);
  return {
    ...common,
    status: "error",
    reason: problemOf(report, terms) || reason,
    output: probe?.output ?? "",
  };
}

/** No interpreter with Django, no project: one reason for all checks. */
function problemOf(report: ProbeReport, terms: Terms): string {
  if (report.error === undefined) return "";
  const { kind, message, tried } = report.error;
  if (kind !== "no-python" && kind !== "no-django") return message;
  const found = tried.slice(0, 8).map(({ path, reason }) => `${path} (${reason})`);
  if (terms.python !== "")
    return `\`python: ${terms.python}\` is no interpreter with Django in this image: ${found.join(", ") || "it is not there"}`;
  return (
    "no Python interpreter with Django was found in the image" +
    `${found.length === 0 ? "" : `, only ${found.join(", ")}`}. If there is one, give its full path with the input \`python\`; ` +
    "if this is the wrong stage of the Dockerfile, name the right one with `target`"
  );
}

/** Why a check came to no answer. */
function whyNot(check: ProbeCheck, terms: Terms): string {
  const error = check.error;
  switch (check.status) {
    case "timeout":
      return (
        `it was not done after ${terms.timeout} seconds. Raise \`timeout\`, or look at what the settings or ` +
        "an AppConfig.ready() wait for: there is no network and no database during the checks"
      );
    case "exited":
      return `its process ended by itself: ${error?.message || "no reason was given"}`;
    case "settings":
      return "Django could not be set up";
    default:
      return error ? `it crashed: ${describe(error)}` : "it crashed";
  }
}

function describe(error: ProbeError): string {
  const place = error.file === "" ? "" : ` (${error.file}${error.line ? `:${error.line}` : ""})`;
  return `${typed(error)}${place}`;
}

/** `ValueError: text`, or the half of it that there is. */
function typed(error: ProbeError): string {
  return [error.type, error.message].filter((part) => part !== "").join(": ");
}

/** Settings that cannot be loaded stop every check for one reason, so they make one finding. */
function crashOfSettings(
  report: ProbeReport,
  terms: Terms,
  places: ReadonlyMap<string, string>,
): Finding | undefined {
  for (const name of terms.checks) {
    const check = report.checks.get(name);
    if (check?.status !== "settings" || check.error === undefined) continue;
    const { error } = check;
    const settings = report.project.settings || "the settings";
    const missing = error.kind === "missing-variable" && error.variable !== "";
    return {
      check: name,
      level: "CRITICAL",
      id: missing ? "settings.missing-variable" : "settings.crashed",
      message: missing
        ? `${settings} needs the environment variable ${error.variable}, which neither the image nor \`env\` sets.`
        : `Django cannot be set up with ${settings}: ${typed(error)}`,
      hint: missing
        ? `Give the checks a value for it (any value that the settings accept; it is not put into the image):\n` +
          `env: |\n  ${error.variable}=…`
        : settingsHint(report, error),
      object: "",
      ...placed(error, places),
      count: 1,
      migration: undefined,
    };
  }
  return undefined;
}

/** Whether a finding is the one that a settings crash makes. */
export function isSettingsCrash({ id, level }: Finding): boolean {
  return level === "CRITICAL" && (id === "settings.missing-variable" || id === "settings.crashed");
}

function settingsHint(report: ProbeReport, error: ProbeError): string {
  const others = report.project.others.map(({ settings, source }) => `${settings} (${source})`);
  if (error.kind === "missing-module" && others.length > 0)
    return `These settings come from ${report.project.source}. The project also names ${others.join(", ")}: say which with the input \`settings\`.`;
  if (error.kind === "missing-module")
    return "That module is not installed in the image: add it to the requirements, or, if these are the wrong settings, name the right ones with the input `settings`.";
  if (error.type === "SyntaxError" || error.type === "IndentationError")
    return "Python cannot read that file: mend it; production would not start either.";
  if (error.kind === "missing-file")
    return "The settings read a file that is not in the image. Put one there in the Dockerfile, or make the settings do without it.";
  return "If they need an environment variable, set it with the input `env`; if they are the wrong ones, name the right ones with `settings`.";
}

const OURS =
  "It is about a value that was supplied by shipshape, because neither the image nor `env` sets one: set your own " +
  "with `env` to have it judged.";

/** A finding that rests on a value of ours says nothing of production, so it only informs. */
function toFinding(check: string, one: ProbeFinding, places: ReadonlyMap<string, string>): Finding {
  return {
    check,
    level: one.restsOnOurs ? "INFO" : one.level,
    id: one.id,
    message: one.message,
    hint: one.restsOnOurs ? [one.hint, OURS].filter((part) => part !== "").join("\n") : one.hint,
    object: one.object,
    ...placed(one, places),
    count: one.count,
    migration: one.migration,
  };
}

/** The place in the repository where the contents agree, and the one in the container for people. */
function placed(
  where: { readonly file: string; readonly line: number | undefined },
  places: ReadonlyMap<string, string>,
): Pick<Finding, "file" | "line" | "containerFile"> {
  const file = places.get(where.file) ?? "";
  return {
    file,
    line: file === "" ? undefined : where.line,
    containerFile: where.file === "" || !where.line ? where.file : `${where.file}:${where.line}`,
  };
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
