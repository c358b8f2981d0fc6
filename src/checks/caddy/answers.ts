/** From what Caddy printed in its container to the answers of `caddy`, `caddy-format` and `hosts`. Pure. */

import { DjangoSettings, type Settings, withoutProduction } from "../django-settings.ts";
import type { Finding } from "../finding.ts";
import { type Answer, emptyAnswer } from "../verdict.ts";
import { type AdaptedConfig, readAdapted } from "./adapted.ts";
import { caddyFindings } from "./caddy-findings.ts";
import { allDirectives, type Caddyfile } from "./caddyfile.ts";
import type { CaddyFiles } from "./collect-files.ts";
import { type DraftFinding, findingWriter } from "./finding-writer.ts";
import { isJsonConfig } from "./json-config.ts";
import type { CaddyOutput } from "./output-files.ts";
import type { Disagreement, ProjectFacts } from "./rules/comparison.ts";
import { compareWithDjango } from "./rules/rules.ts";
import { readValidate } from "./validate-output.ts";
import { expand, type LookUp, type VariableState, valuesOf, variableStates } from "./variables.ts";

/** What `caddy validate` says. */
const CADDY = "caddy";
/** What `caddy fmt` would change. */
const FORMAT = "caddy-format";
/** Whether Caddy and Django agree. */
export const HOSTS = "hosts";

/** How the workflow wants Caddy to be asked. */
export interface CaddyOptions {
  /** Those of the three checks that were asked for. */
  readonly checks: readonly string[];
  /** The stock image's name; empty when the project's own image is used. */
  readonly stockImage: string;
  /** Replaces the secret values of `caddy-env` in a text. */
  readonly scrub: (text: string) => string;
}

/** Characters from the end of what a crashed Caddy printed. */
const MAX_CRASH_OUTPUT = 4000;

/**
 * Reads all that Caddy printed.
 * @param timing how long Caddy took, and whether its output came from the builder's cache
 * @returns the answers of `caddy` and `caddy-format`, as far as they were asked for; and what answers `hosts`, which needs
 *   Django's settings as well
 */
export function readCaddyOutput(
  output: CaddyOutput,
  files: CaddyFiles,
  { checks, stockImage, scrub }: CaddyOptions,
  timing: Pick<Answer, "seconds" | "cached">,
) {
  const { version, validate, adapt, formatted } = output;
  const states = variableStates(files, output.states);
  const write = findingWriter(files, scrub);
  const validated = readValidate(validate.err, validate.code);
  const hasCrashed = validated.crash !== "";
  const context = { caddyfile: files, states, version, stockImage };
  const drafts = hasCrashed ? [] : caddyFindings(validated, context);
  const read = `${files.path}, read by Caddy ${version} from ${stockImage || "the project's own image"}`;
  const caddy: Answer = {
    ...emptyAnswer(CADDY),
    ...timing,
    findings: drafts.map((draft) => write(CADDY, draft)),
    reason: hasCrashed ? `Caddy ${version} crashed: ${scrub(validated.crash).replace(/\.$/, "")}` : "",
    output: hasCrashed ? scrub(validate.err.slice(-MAX_CRASH_OUTPUT)) : "",
    notes: [read, ...defaultsUsed(files, states)],
  };
  const isJson = isJsonConfig(files.main);
  const format: Answer = {
    ...emptyAnswer(FORMAT),
    ...(isJson ? { skipped: "`caddy fmt` formats Caddyfiles, and this is JSON" } : {}),
    ...timing,
    findings: formatFindings(files.files, formatted).map((draft) => write(FORMAT, draft)),
  };
  // JSON is what an adapter would make of a Caddyfile.
  const [config] = files.files;
  const json = isJson && validate.code === 0 ? config?.text : adapt.code === 0 ? adapt.out : undefined;
  const adapted = json === undefined ? undefined : readAdapted(json);
  const lookUp = valuesOf(files, states);
  return {
    answers: [caddy, format].filter(({ name }) => checks.includes(name)),
    answerHosts: (settings: Settings, project: ProjectFacts): Answer => ({
      // The settings may be new although Caddy's output is cached: it is compared each time.
      ...emptyAnswer(HOSTS),
      ...(json !== undefined && adapted === undefined
        ? { skipped: "what Caddy reads is nested too deeply to be followed" }
        : compared(adapted, settings, project, files.named, ({ at, ...one }) =>
            write(HOSTS, { ...one, ...locate(at, files, lookUp) }),
          )),
    }),
  };
}

/**
 * What `hosts` answers, where both sides are known.
 * @param write makes a finding at its line in the Caddyfile
 */
function compared(
  adapted: AdaptedConfig | undefined,
  settings: Settings,
  project: ProjectFacts,
  named: boolean,
  write: (one: Disagreement) => Finding,
): Partial<Answer> {
  if (adapted === undefined)
    return { skipped: "Caddy cannot read the Caddyfile, so there is nothing to compare" };
  if (Object.keys(settings).length === 0) {
    const why = "the settings could not be loaded, so there is nothing to compare";
    // If `hosts` is the only check, no other check reports that the settings could not be loaded.
    return named ? { reason: why } : { skipped: why };
  }
  const django = new DjangoSettings(settings);
  const findings = certainOf(adapted, settings, project, django).map(write);
  const without = django.notCompared;
  // Never "passed": what was not compared has not passed.
  return without === "" ? { findings } : { findings, skipped: without };
}

/** All disagreements. What is one only with the DJANGO_ENV that shipshape supplied is INFO. */
function certainOf(
  adapted: AdaptedConfig,
  settings: Settings,
  project: ProjectFacts,
  django: DjangoSettings,
): Disagreement[] {
  const found = compareWithDjango(adapted, settings, project, django);
  const without = withoutProduction(settings);
  if (without === undefined) return found;
  const keyOf = ({ id, at }: Disagreement) => JSON.stringify([id, at]);
  const others = compareWithDjango(adapted, without, project).filter(({ level }) => level !== "INFO");
  const again = new Set(others.map(keyOf));
  return found.map((one) =>
    one.level === "INFO" || again.has(keyOf(one))
      ? one
      : { ...one, level: "INFO", hint: `${one.hint} ${ONLY_WITH_OURS}` },
  );
}

const ONLY_WITH_OURS =
  "It is so only with DJANGO_ENV=production, which shipshape supplied: set production's value with `env`.";

/** The line that a disagreement is about (the adapted JSON has none); the Caddyfile without a line when none fits. */
function locate(
  at: Disagreement["at"],
  { files, main }: CaddyFiles,
  lookUp: LookUp,
): Pick<Finding, "file" | "line"> {
  if (isJsonConfig(main)) {
    const text = "host" in at ? at.host : at.argument;
    const found = files[0]?.tokens.find((token) => token.text.toLowerCase() === text.toLowerCase());
    return { file: main, line: found?.line };
  }
  for (const file of files) {
    const line = "host" in at ? lineOfSite(file, at.host, lookUp) : lineOfDirective(file, at, lookUp);
    if (line !== undefined) return { file: file.path, line };
  }
  return { file: main, line: undefined };
}

function lineOfSite({ blocks }: Caddyfile, host: string, lookUp: LookUp): number | undefined {
  const keys = blocks.filter(({ kind }) => kind === "site").flatMap((block) => block.keys);
  return keys.find(({ text }) => hostOf(expand(text, lookUp) ?? "") === host)?.line;
}

/** `https://Example.com:8443/path` → `example.com`. */
function hostOf(address: string): string {
  return address
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[:/].*$/s, "")
    .toLowerCase();
}

function lineOfDirective(
  file: Caddyfile,
  { directive, argument }: { readonly directive: string; readonly argument: string },
  lookUp: LookUp,
): number | undefined {
  const all = [...allDirectives(file)].filter(({ name }) => name.text === directive);
  const exact = all.find(({ args, block }) =>
    [...args, ...block.flatMap((inner) => [inner.name, ...inner.args])].some(
      ({ text }) =>
        (expand(text, lookUp) ?? "").replace(/^https?:\/\//, "").toLowerCase() === argument.toLowerCase(),
    ),
  );
  return (exact ?? all[0])?.name.line;
}

/** Variables that had no value, so that Caddy used their defaults, for the summary. */
function defaultsUsed({ uses }: CaddyFiles, states: ReadonlyMap<string, VariableState>): string[] {
  const defaults = uses.filter(
    ({ name, fallback }) => fallback !== undefined && states.get(name) === "unset",
  );
  const names = [...new Set(defaults.map(({ name, fallback }) => `${name} (${fallback})`))];
  return names.length === 0 ? [] : [`Checked with the default values of ${names.join(", ")}`];
}

/**
 * Compares each file with what `caddy fmt` made of it.
 * @param formatted container path → the file as `caddy fmt` writes it; none where it could not
 */
function formatFindings(files: readonly Caddyfile[], formatted: ReadonlyMap<string, string>): DraftFinding[] {
  return files.flatMap(({ path, text }) => {
    const replacement = formatted.get(path);
    // Caddy prints nothing for a file that it cannot read.
    if (replacement === undefined || (replacement === "" && text.trim() !== "")) return [];
    const line = firstDifference(text, replacement);
    if (line === undefined) return [];
    return [
      {
        id: "caddy.not-formatted",
        level: "INFO",
        message: `${path} is not formatted as \`caddy fmt\` would format it. This line is the first difference.`,
        hint: `Run \`caddy fmt --overwrite ${path}\`. The formatted text is in the report.`,
        file: path,
        line,
        replacement,
      },
    ];
  });
}

/** The first line, counted from 1, in which two texts differ; undefined when they are equal. */
export function firstDifference(before: string, after: string): number | undefined {
  if (before === after) return undefined;
  const left = before.split("\n");
  const right = after.split("\n");
  const length = Math.min(left.length, right.length);
  const at = left.findIndex((line, index) => index >= length || line !== right[index]);
  return Math.min(at < 0 ? left.length : at + 1, Math.max(1, left.length));
}

/** Answers of checks that have nothing to look at: there is no Caddyfile, say. They do not stop the step. */
export function skipped(checks: readonly string[], why: string): Answer[] {
  return checks.map((name) => ({ ...emptyAnswer(name), skipped: why }));
}

/**
 * Answers of checks that could not run, all for one reason, which the first one gives. A Caddyfile that
 * shipshape found by itself must not stop the step, so its checks are skipped.
 * @param why the reason, a sentence without its full stop
 * @param named whether the workflow named the Caddyfile
 */
export function notRun(
  checks: readonly string[],
  why: string,
  { named }: Pick<CaddyFiles, "named">,
): Answer[] {
  const [first, ...others] = checks;
  if (!named || first === undefined) return skipped(checks, why);
  return [{ ...emptyAnswer(first), reason: why }, ...skipped(others, `${first} could not run`)];
}
