/** From the probe's report to what each check answers: its findings, or why it could not run. Pure. */
import type { Request } from "../../request/request.ts";
import { type Finding, PLAIN_FINDING, placed } from "../finding.ts";
import { type Answer, type Examined, emptyAnswer } from "../verdict.ts";
import type { ProbeCheck, ProbeError, ProbeFinding, ProbeReport } from "./probe-report.ts";

type Terms = Pick<Request, "checks" | "timeout" | "python">;

/**
 * What each check that was asked for answers.
 * @param places container path → repo path, where the contents are the same
 * @param cached the report came from the builder's cache
 */
export function answersOf(
  report: ProbeReport,
  terms: Terms,
  places: ReadonlyMap<string, string>,
  cached: boolean,
): Answer[] {
  const crash = crashOfSettings(report, terms, places);
  const problem = problemOf(report, terms);
  return terms.checks.map((name) => {
    const check = report.checks.get(name);
    const answer = { ...emptyAnswer(name), cached };
    if (check === undefined) return { ...answer, reason: problem || "it wrote no report" };
    const { status, seconds, silenced, notes, skipped, output } = check;
    const reason = status === "completed" ? "" : problem || whyNot(check, terms);
    return {
      ...answer,
      seconds,
      silenced,
      notes,
      reason,
      findings: check.findings.map((one) => toFinding(name, one, places)),
      output: reason === "" ? "" : output,
      // Never "passed": what was not judged has not passed.
      ...(skipped === "" ? {} : { skipped: skipped.replace(/\.$/, "") }),
      ...(crash?.check === name ? { stopped: crash } : {}),
    };
  });
}

/** What the report says of the project itself. */
export function examined(report: ProbeReport, terms: Terms): Examined {
  return {
    django: {
      version: report.django.version,
      python: report.python.version,
      settings: report.project.settings,
      manage: report.project.manage,
    },
    problem: problemOf(report, terms),
    settingsSource: report.project.source,
    otherSettings: report.project.others,
    environment: report.environment,
    reads: report.reads,
  };
}

/** No interpreter with Django (the probe's message says what to do), no project: one reason for all checks. */
function problemOf(report: ProbeReport, terms: Terms): string {
  if (report.error === undefined) return "";
  const { kind, message, tried } = report.error;
  if (kind !== "no-python" && kind !== "no-django") return message;
  const found = tried.slice(0, 8).map(({ path, reason }) => `${path} (${reason})`);
  const none =
    terms.python === ""
      ? "no Python interpreter with Django was found in the image"
      : `\`python: ${terms.python}\` is not an interpreter with Django in this image`;
  return `${none}${found.length === 0 ? "" : `: ${found.join(", ")}`}. ${message}`;
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
      return error ? `it crashed: ${typed(error)}${placeOf(error)}` : "it crashed";
  }
}

function placeOf({ file, line }: ProbeError): string {
  return file === "" ? "" : ` (${file}${line ? `:${line}` : ""})`;
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
    const missing = error.kind === "missing-variable" && error.variables.length > 0;
    return {
      ...PLAIN_FINDING,
      check: name,
      level: "CRITICAL",
      id: missing ? "settings.missing-variable" : "settings.crashed",
      message: missing
        ? `${settings} needs the environment ${listed(error.variables)}, which neither the image nor \`env\` sets.`
        : `Django cannot be set up with ${settings}: ${typed(error)}${lastWords(check)}`,
      hint: [error.hint, ...unreadTexts(report.reads.unread)].filter((part) => part !== "").join("\n"),
      ...placed(error.file, error.line, places),
    };
  }
  return undefined;
}

/** What settings that end the process have printed before; an exception has a message of its own. */
function lastWords({ error, output }: ProbeCheck): string {
  if (error?.type !== "SystemExit" || !/^\d*$/.test(error.message)) return "";
  const lines = output.split("\n").filter((one) => one.trim() !== "");
  return lines.length === 0 ? "" : `, after it printed: ${lines.slice(-3).join(" / ").slice(0, 500)}`;
}

/** `variable A`, `variables A, B and C`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? `variable ${last}` : `variables ${names.slice(0, -1).join(", ")} and ${last}`;
}

/** What `env` sets and nothing reads: often a slip in the name. */
export function unreadTexts(unread: ProbeReport["reads"]["unread"]): string[] {
  return unread.map(
    ({ name, nearest }) =>
      `\`env\` sets ${name}, and nothing has read it${nearest === "" ? "." : `: did you mean ${nearest}?`}`,
  );
}

const OURS =
  "It is about a value that was supplied by shipshape, because neither the image nor `env` sets one: set your own " +
  "with `env` to have it judged.";

const FROM_ENV =
  "Its value comes from `env`, which only the checks see. What production sets is not known here, so this does not count.";

/** A finding that rests on a value of ours, or of `env`, says nothing of production, so it only informs. */
function toFinding(check: string, one: ProbeFinding, places: ReadonlyMap<string, string>): Finding {
  const { details: migration, supplied, ...found } = one;
  const finding = { ...found, check, migration, ...placed(one.file, one.line, places) };
  // Production's advice would lead away: nothing is wrong there.
  if (supplied === "user") return { ...finding, level: "INFO", hint: FROM_ENV };
  if (supplied !== "shipshape") return finding;
  return { ...finding, level: "INFO", hint: [one.hint, OURS].filter((part) => part !== "").join("\n") };
}
