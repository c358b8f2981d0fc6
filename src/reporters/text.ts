/** Findings and verdicts as plain text, for the log and the annotations. Pure. */

import { unreadTexts } from "../checks/django/answers.ts";
import { type Finding, reaches } from "../checks/finding.ts";
import { type CheckResult, countLevels, isSettingsCrash, type Verdict } from "../checks/verdict.ts";
import type { Layer, Layers } from "../docker/manifests.ts";
import { sizeText } from "../docker/words.ts";
import type { Failure } from "../failure.ts";
import { allPlatforms, areSeveral } from "../image/platforms.ts";
import type { FailLevel } from "../request/request.ts";
import { isOnlyReported, type Lint, type Outcome } from "./outcome.ts";

/** Names up to this length are padded to a column. Commands may be longer, and stick out. */
const LONGEST_NAME = 40;
/** The variable that shipshape supplies although the settings may do without it. */
const PRODUCTION = "DJANGO_ENV";
/** Characters of a finding's first line in the failure's message. */
const LONGEST_LINE = 300;

/** One finding over a few lines: level, id and place, then message, hint, and what to write. */
export function findingText(finding: Finding): string {
  const { level, id, object, message, hint, migration } = finding;
  const head = joined("  ", level, id, object, placeText(finding), timesText(finding), foundOn(finding));
  const lines = [head, indent(message)];
  if (hint !== "") lines.push(indent(`HINT: ${hint}`));
  if (migration) {
    lines.push(indent(migration.operations.join("\n")), indent(`${migration.path}:`));
    lines.push(indent(migration.text.trimEnd(), "    | "));
  }
  return lines.join("\n");
}

/** The message, with the object that it is about. */
export function messageText({ object, message }: Finding): string {
  return joined(": ", object, message);
}

/** `(3 times)`: how often a check reported it. Empty for once. */
export function timesText({ count }: Finding): string {
  return count > 1 ? `(${count} times)` : "";
}

/** `shop/models.py:12`, or the path in the image if the repository does not have that file. */
export function placeText(finding: Finding): string {
  if (finding.file !== "") return finding.line ? `${finding.file}:${finding.line}` : finding.file;
  return finding.containerFile === "" ? "" : `${finding.containerFile} (in the image)`;
}

/** `(linux/amd64, linux/386)`: the platforms that it was found on. Empty where only one was checked. */
export function foundOn({ platforms }: Finding): string {
  return platforms === undefined ? "" : `(${platforms.join(", ")})`;
}

/** One line for each check: `failed   system      3 findings, 0.4 s`. */
export function checkTexts(checks: readonly CheckResult[]): string[] {
  const width = Math.max(...checks.map(({ name }) => (name.length > LONGEST_NAME ? 0 : name.length)), 0);
  return checks.map(({ name, status, findings, silenced, seconds, cached }) => {
    const hidden = silenced > 0 ? `, ${silenced} silenced by the project` : "";
    const time = cached ? "cached" : `${seconds.toFixed(1)} s`;
    return `${status.padEnd(7)}  ${name.padEnd(width)}  ${several(findings, "finding")}${hidden}, ${time}`;
  });
}

/** Which checks were skipped and why, one line for each reason; then what checks with another answer left out. */
export function skippedTexts({ checks }: Pick<Verdict, "checks">): string[] {
  const skipped = checks.filter(({ status }) => status === "skipped");
  const byReason = Map.groupBy(skipped, (check) => check.skipped ?? "");
  const partly = checks.filter((one) => one.status === "failed" && one.skipped !== undefined);
  return [
    ...[...byReason].map(([reason, all]) => `Skipped ${list(namesOf(all))}: ${reason}.`),
    ...partly.map(({ name, skipped }) => `Skipped a part of ${name}: ${skipped}.`),
  ];
}

/** Which settings were checked, and what named them: development settings would pass every check. */
export function settingsText(verdict: Verdict): string {
  const { django, settingsSource, otherSettings } = verdict;
  if (django.settings === "") return "";
  const others = otherSettings.map(({ settings, source }) => `${settings} (${source})`).join(", ");
  const also = others === "" ? "" : `; the project also names ${others}`;
  return (
    `Checked ${django.settings} (named by ${settingsSource || "the project"}${also}), ` +
    `Django ${django.version}, Python ${django.python}`
  );
}

/** Which variables only shipshape has set: those that the settings end without, and DJANGO_ENV. */
export function suppliedText(verdict: Verdict): string {
  const ours = verdict.environment.filter(({ supplied }) => supplied === "shipshape").map(({ name }) => name);
  const needed = ours.filter((name) => name !== PRODUCTION);
  return joined(
    " ",
    needed.length === 0
      ? ""
      : `Supplied by shipshape, because the settings need them and neither the image nor \`env\` sets them: ${needed.join(", ")}. ` +
          "Production must set its own.",
    needed.length === ours.length
      ? ""
      : `Shipshape set ${PRODUCTION} to production, to get production's settings, because neither the image nor \`env\` sets it.`,
  );
}

/**
 * Which variables `env` sets in vain. Next to commands of `run`, which may read any, only those that are like a variable
 * that the settings read. A crash of the settings tells them itself.
 */
export function unreadText({ reads, checks, findings }: Verdict): string {
  const hasCommands = checks.some(({ exitCode }) => exitCode !== undefined);
  if (findings.some(isSettingsCrash)) return "";
  return unreadTexts(reads.unread.filter(({ nearest }) => nearest !== "" || !hasCommands)).join(" ");
}

/**
 * The findings to report in addition to the failure. When the settings cannot be loaded, that finding is the failure
 * itself and is left out here.
 */
export function besidesFailure(
  findings: readonly Finding[],
  failure: Failure | undefined,
): readonly Finding[] {
  return failure?.kind === "Checks could not run"
    ? findings.filter((one) => !isSettingsCrash(one))
    : findings;
}

/** How many findings each `ignore` rule matched. A rule without any is reported only if every check ran. */
export function ignoredTexts({ ignored, checks }: Verdict): string[] {
  const allRan = checks.every(({ status }) => status !== "error");
  return ignored
    .filter(({ findings }) => findings > 0 || allRan)
    .map(({ rule, findings }) =>
      findings > 0 ? `ignored by \`${rule}\`: ${findings}` : `\`ignore: ${rule}\` matched nothing`,
    );
}

/**
 * The message of "Checks failed": which checks failed, and the first lines of the worst findings.
 * @param consequence what became of the image
 */
export function checksFailedText(
  verdict: Verdict,
  failLevel: FailLevel,
  consequence = "Nothing was pushed.",
): string {
  const failed = verdict.checks.filter(({ status }) => status === "failed");
  const checks = namesOf(failed.filter(({ exitCode }) => exitCode === undefined));
  const commands = namesOf(failed.filter(({ exitCode }) => exitCode !== undefined));
  const own = verdict.findings.filter(({ check }) => namesOf(failed).includes(check));
  const counted = own.filter(({ check, level }) => checks.includes(check) && reaches(level, failLevel));
  const level =
    failLevel === "never" ? "counted from WARNING, fail-level is never" : `fail-level is ${failLevel}`;
  const levels = `${countLevels(counted)} (${level})`;
  const quoted = commands.map((name) => `\`${name}\``);
  // A finding below fail-level is no reason. A command's counts at every level.
  const reasons = own.filter((one) => counted.includes(one) || commands.includes(one.check));
  const shown = reasons.slice(0, 5).map((one) => {
    const place = placeText(one);
    const name = joined(" ", one.level, one.id, place === "" ? "" : `at ${place}`);
    return `- ${name}: ${cut(firstLine(one.message), LONGEST_LINE)}`;
  });
  const more = own.length - shown.length;
  const stuck = verdict.checks.filter(({ status }) => status === "error");
  const printed = failed.filter(({ output }) => output !== "");
  const hintFor = (name: string) =>
    own.find(({ check, id }) => check === name && id === "run.failed")?.hint ?? "";
  return joined(
    "\n",
    joined(
      " ",
      checks.length === 0 ? "" : `The image did not pass ${list(checks)}: ${levels}.`,
      // A command may have run in a stage that is not shipped, so this does not say "the image".
      commands.length === 0 ? "" : `${list(quoted)} failed.`,
      consequence,
    ),
    ...shown,
    more === 0 ? "" : `- and ${more} more, in the log and the report`,
    ...printed.map(({ name, output }) => `- the last lines of \`${name}\`:\n${tail(output)}`),
    ...commands.map(hintFor),
    ...stuck.map(({ name, reason }) => `- ${name} could not run: ${reason}`),
    joined(
      " ",
      counted.some(({ hint }) => hint !== "") ? "The log has hints for them." : "",
      reasons.every(({ id }) => id === "run.failed") ? "" : "To accept a finding, add its id to `ignore`.",
    ),
  );
}

/** The message of "Checks could not run". */
export function couldNotRunText(verdict: Verdict): string {
  if (verdict.problem !== "")
    return `${verdict.problem.charAt(0).toUpperCase()}${verdict.problem.slice(1).replace(/\.$/, "")}.`;
  const crash = verdict.findings.find(isSettingsCrash);
  if (crash) {
    const place = placeText(crash);
    return `${crash.message}${place === "" ? "" : ` (${place})`}\n${crash.hint}`;
  }
  return verdict.checks
    .filter(({ status }) => status === "error")
    .map(({ name, reason, output }) => {
      return `${name}: ${reason}.${output.trim() === "" ? "" : `\nIts last lines:\n${tail(output)}`}`;
    })
    .join("\n");
}

/** How many of several platforms were checked; empty when there is only one. */
export function platformsText({ platforms }: Outcome): string {
  if (platforms === undefined || !areSeveral(platforms)) return "";
  const { checked, emulated } = platforms;
  const others =
    emulated.length === 0
      ? ""
      : `; not checked, because the builder does not run it natively: ${emulated.join(", ")}`;
  return `${checked.length} of ${allPlatforms(platforms).length} platforms checked: ${checked.join(", ")}${others}`;
}

/** What the build's warnings are listed under. */
export function lintTitle(lint: readonly Lint[]): string {
  return `${several(lint.length, "warning")} of Docker's build checks`;
}

/** The last lines of the log: verdict, tag, digest, and what to deploy. */
export function closingText(outcome: Outcome): string {
  const { release, image, request, failure, loaded = [] } = outcome;
  // The failure's message follows: its annotation is printed too.
  if (failure && release) return `${failure.kind}, after ${release.ref} was released at ${release.digest}.`;
  if (isOnlyReported(outcome))
    return `Reported, not released${image ? `: ${image.digest}` : ""}. With \`fail-level: never\` an image that does not pass does not fail the step, and gets no tag.`;
  if (failure)
    return `${failure.kind}. ${image ? `Built ${image.digest}; not released.` : "Nothing was released."}`;
  const passed = release
    ? [
        `Passed. ${release.ref} ${release.how === "written" ? "is" : "was there already:"} ${release.digest}`,
        release.tags.length === 0 ? "" : `Also tagged: ${release.tags.join(", ")}`,
        `Deploy ${release.pinned}`,
      ]
    : [
        `Passed. ${image?.digest ?? ""}`,
        request && !request.push.push ? `Not pushed: ${request.push.why}` : "",
      ];
  const names = loaded.map((name) => `Loaded into the local engine as ${name}`);
  return joined("\n", ...passed, platformsText(outcome), ...names);
}

function tail(output: string): string {
  return output.trimEnd().split("\n").slice(-10).join("\n");
}

/** `Image: 54.3 MB compressed in 6 layers`; empty when it is not known. */
export function imageText({ layers }: Pick<Outcome, "layers">): string {
  const full = layersWithBytes(layers);
  if (full.length === 0) return "";
  return `Image: ${sizeText(bytesOf(full))}${layers?.packed ? " compressed" : ""} in ${several(full.length, "layer")}`;
}

/** The layers that have bytes: an instruction like ENV makes an empty one. */
export function layersWithBytes(layers: Layers | undefined): readonly Layer[] {
  return layers?.all.filter(({ bytes }) => bytes > 0) ?? [];
}

/** The size of several layers together. */
export function bytesOf(layers: readonly Layer[]): number {
  return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The first line of a text. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** A text of at most so many characters, with `…` where it was cut. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The parts that are not empty. */
export function joined(separator: string, ...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(separator);
}

/** `1 finding`, `2 findings`. */
export function several(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A text with this before each of its lines. */
export function indent(text: string, by = "  "): string {
  return by + text.replaceAll("\n", `\n${by}`);
}

function namesOf(checks: readonly CheckResult[]): string[] {
  return checks.map(({ name }) => name);
}

/** `a`, `a and b`, `a, b and c`. */
function list(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
