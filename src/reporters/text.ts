/** Findings and verdicts as plain text, for the log and the annotations. Pure. */

import type { Finding } from "../checks/finding.ts";
import type { CheckResult, Verdict } from "../checks/verdict.ts";
import { countLevels, isSettingsCrash } from "../checks/verdict.ts";
import type { Layer, Layers } from "../docker/manifests.ts";
import { sizeText } from "../docker/words.ts";
import type { Failure } from "../failure.ts";
import { allPlatforms, areSeveral } from "../image/platforms.ts";
import type { Outcome } from "./outcome.ts";

/** Names up to this length are padded to a column. Commands may be longer, and stick out. */
const LONGEST_NAME = 40;

/** One finding over a few lines: level, id and place, then message, hint, and what to write. */
export function findingText(finding: Finding): string {
  const head = [finding.level, finding.id, finding.object, placeText(finding)].filter((part) => part !== "");
  const times = finding.count > 1 ? [`(${finding.count} times)`] : [];
  const on = finding.platforms === undefined ? [] : [foundOn(finding)];
  const lines = [head.concat(times, on).join("  "), ...indent(finding.message)];
  if (finding.hint !== "") lines.push(...indent(`HINT: ${finding.hint}`));
  if (finding.migration) {
    lines.push(...indent(finding.migration.operations.join("\n")));
    lines.push(...indent(`${finding.migration.path}:`));
    lines.push(
      ...finding.migration.text
        .trimEnd()
        .split("\n")
        .map((line) => `    | ${line}`),
    );
  }
  return lines.join("\n");
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
    const count = `${findings} finding${findings === 1 ? "" : "s"}`;
    const hidden = silenced > 0 ? `, ${silenced} silenced by the project` : "";
    const time = cached ? "cached" : `${seconds.toFixed(1)} s`;
    return `${status.padEnd(7)}  ${name.padEnd(width)}  ${count}${hidden}, ${time}`;
  });
}

/** Which checks were skipped and why, one line for each reason. */
export function skippedTexts({ checks }: Pick<Verdict, "checks">): string[] {
  const reasons = new Map<string, string[]>();
  for (const { name, status, skipped = "" } of checks)
    if (status === "skipped") reasons.set(skipped, [...(reasons.get(skipped) ?? []), name]);
  return [...reasons].map(([reason, names]) => `Skipped ${list(names)}: ${reason}.`);
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

/** Which variables the settings read that only shipshape has set. */
export function suppliedText(verdict: Verdict): string {
  const ours = verdict.environment.filter(({ supplied }) => supplied === "shipshape").map(({ name }) => name);
  if (ours.length === 0) return "";
  return (
    `Supplied by shipshape, because neither the image nor \`env\` sets them: ${ours.join(", ")}. ` +
    "Production must set its own."
  );
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
  failLevel: string,
  consequence = "Nothing was pushed.",
): string {
  const failures = verdict.checks.filter(({ status }) => status === "failed");
  const failed = failures.map(({ name }) => name);
  const commands = failures.filter(({ exitCode }) => exitCode !== undefined).map(({ name }) => name);
  const checks = failed.filter((name) => !commands.includes(name));
  const own = verdict.findings.filter(({ check }) => failed.includes(check));
  const counted = own.filter(({ check }) => checks.includes(check));
  // A command may have run in a stage that is not shipped, so it does not say "the image".
  const what = [
    ...(checks.length === 0
      ? []
      : [`The image did not pass ${list(checks)}: ${countLevels(counted)} (fail-level is ${failLevel}).`]),
    ...(commands.length === 0 ? [] : [`${list(commands.map((name) => `\`${name}\``))} failed.`]),
    consequence,
  ];
  const shown = own.slice(0, 5).map((one) => {
    const place = placeText(one);
    const name = [one.level, one.id].filter((part) => part !== "").join(" ");
    return `- ${name}${place === "" ? "" : ` at ${place}`}: ${firstLine(one.message)}`;
  });
  const more =
    own.length > shown.length ? [`- and ${own.length - shown.length} more, in the log and the report`] : [];
  const stuck = verdict.checks.filter(({ status }) => status === "error");
  const printed = failures.filter(({ output }) => output !== "");
  const hintFor = (name: string) =>
    own.find(({ check, id }) => check === name && id === "run.failed")?.hint ?? "";
  return [
    what.join(" "),
    ...shown,
    ...more,
    ...printed.map(({ name, output }) => `- the last lines of \`${name}\`:\n${tail(output)}`),
    ...commands.map(hintFor),
    ...stuck.map(({ name, reason }) => `- ${name} could not run: ${reason}`),
    [
      ...(counted.some(({ hint }) => hint !== "") ? ["The log has hints for them."] : []),
      ...(own.every(({ id }) => id === "run.failed") ? [] : ["To accept a finding, add its id to `ignore`."]),
    ].join(" "),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** The message of "Checks could not run". */
export function couldNotRunText(verdict: Verdict): string {
  if (verdict.problem !== "")
    return `${verdict.problem.charAt(0).toUpperCase()}${verdict.problem.slice(1).replace(/\.$/, "")}.`;
  const stuck = verdict.checks.filter(({ status }) => status === "error");
  const crash = verdict.findings.find(isSettingsCrash);
  if (crash) {
    const place = placeText(crash);
    return `${crash.message}${place === "" ? "" : ` (${place})`}\n${crash.hint}`;
  }
  return stuck
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

/** The last lines of the log: verdict, tag, digest, and what to deploy. */
export function closingText(outcome: Outcome): string {
  const { release, image, request, failure } = outcome;
  // The failure's message follows: its annotation is printed too.
  if (failure && release) return `${failure.kind}, after ${release.ref} was released at ${release.digest}.`;
  if (failure)
    return `${failure.kind}. ${image ? `Built ${image.digest}; not released.` : "Nothing was released."}`;
  const lines: string[] = [];
  if (release) {
    lines.push(
      `Passed. ${release.ref} ${release.how === "written" ? "is" : "was there already:"} ${release.digest}`,
    );
    if (release.tags.length > 0) lines.push(`Also tagged: ${release.tags.join(", ")}`);
    lines.push(`Deploy ${release.pinned}`);
  } else {
    lines.push(`Passed. ${image?.digest ?? ""}`);
    if (request && !request.push.push) lines.push(`Not pushed: ${request.push.why}`);
  }
  const platforms = platformsText(outcome);
  if (platforms !== "") lines.push(platforms);
  for (const name of outcome.loaded ?? []) lines.push(`Loaded into the local engine as ${name}`);
  return lines.join("\n");
}

function tail(output: string): string {
  return output.trimEnd().split("\n").slice(-10).join("\n");
}

/** `Image: 54.3 MB compressed in 6 layers`; empty when it is not known. */
export function imageText({ layers }: Pick<Outcome, "layers">): string {
  const full = layersWithBytes(layers);
  if (full.length === 0) return "";
  return `Image: ${sizeText(bytesOf(full))}${layers?.packed ? " compressed" : ""} in ${full.length} layer${full.length === 1 ? "" : "s"}`;
}

/** The layers that have bytes: an instruction like ENV makes an empty one. */
export function layersWithBytes(layers: Layers | undefined): readonly Layer[] {
  return layers?.all.filter(({ bytes }) => bytes > 0) ?? [];
}

/** The size of several layers together. */
export function bytesOf(layers: readonly Layer[]): number {
  return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}

function firstLine(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function list(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function indent(text: string): string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
