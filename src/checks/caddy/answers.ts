/** From what Caddy printed in its container to the answers of `caddy`, `caddy-format` and `hosts`. Pure. */
import type { Answer } from "../verdict.ts";
import { readAdapted } from "./adapted.ts";
import type { CaddyFiles } from "./collect-files.ts";
import { CADDY, emptyAnswer, FORMAT, type Timing } from "./empty-answers.ts";
import { FindingWriter } from "./finding-writer.ts";
import { formatFindings } from "./format-findings.ts";
import { answerHosts } from "./hosts-answer.ts";
import type { CaddyOutput } from "./output-files.ts";
import type { ProjectFacts } from "./rules/comparison.ts";
import type { Settings } from "./rules/django-settings.ts";
import { validateFindings } from "./validate-findings.ts";
import { readValidate } from "./validate-output.ts";
import { usesIn, type VariableState, type VariableUse, valuesOf, variableStates } from "./variables.ts";

/** How the workflow wants Caddy to be asked. */
export interface CaddyOptions {
  /** Those of the three checks that were asked for. */
  readonly checks: readonly string[];
  /** The stock image's name; empty when the project's own image is used. */
  readonly stockImage: string;
  /** The values of `caddy-env`. */
  readonly env: ReadonlyMap<string, string>;
  /** Replaces the secret values of `caddy-env` in a text. */
  readonly scrub: (text: string) => string;
}

/** The answers that Caddy's output gives by itself, and the one that needs Django's settings as well. */
export interface OutputAnswers {
  /** Of `caddy` and `caddy-format`, as far as they were asked for. */
  readonly answers: readonly Answer[];
  /** The answer of `hosts`, whether it was asked for or not. */
  readonly answerHosts: (settings: Settings, project: ProjectFacts) => Answer;
}

/** Characters from the end of what a crashed Caddy printed. */
const MAX_CRASH_OUTPUT = 4000;

/** Reads all that Caddy printed. */
export function readCaddyOutput(
  output: CaddyOutput,
  files: CaddyFiles,
  options: CaddyOptions,
  timing: Timing,
): OutputAnswers {
  const { version, validate, adapt, formatted } = output;
  const { checks, stockImage, env, scrub } = options;
  const uses = usesIn(files.files);
  const states = variableStates(uses, output.states, files.standIns, env);
  const writer = new FindingWriter(files, scrub);
  const validated = readValidate(validate.err, validate.code);
  const context = { files: files.files, uses, states, version, stockImage };
  const hasCrashed = validated.crash !== "";
  const drafts = hasCrashed ? [] : validateFindings(validated, files, context);
  const caddy: Answer = {
    ...emptyAnswer(CADDY, timing),
    findings: drafts.map((draft) => writer.write(CADDY, draft)),
    reason: hasCrashed ? `Caddy ${version} crashed: ${scrub(validated.crash).replace(/\.$/, "")}` : "",
    output: hasCrashed ? scrub(validate.err.slice(-MAX_CRASH_OUTPUT)) : "",
    notes: [whatRead(output, files, options), ...defaultsUsed(uses, states)],
  };
  const format: Answer = {
    ...emptyAnswer(FORMAT, timing),
    findings: formatFindings(files.files, formatted).map((draft) => writer.write(FORMAT, draft)),
  };
  const adapted = adapt.code === 0 ? readAdapted(adapt.out) : undefined;
  const side = { adapted, files, lookUp: valuesOf(states, files.standIns, env), timing };
  return {
    answers: [caddy, format].filter(({ name }) => checks.includes(name)),
    answerHosts: (settings, project) => answerHosts(side, settings, project, writer),
  };
}

/** Which file was read by which Caddy, for the summary. */
function whatRead(
  { version }: CaddyOutput,
  { repoPaths, files }: CaddyFiles,
  { stockImage }: CaddyOptions,
): string {
  const path = repoPaths.get(files[0]?.path ?? "") ?? "";
  return `${path}, read by Caddy ${version} from ${stockImage || "the project's own image"}`;
}

/** Variables that had no value, so that Caddy used their defaults, for the summary. */
function defaultsUsed(
  uses: readonly VariableUse[],
  states: ReadonlyMap<string, VariableState>,
): readonly string[] {
  const defaults = uses.filter(
    ({ name, fallback }) => fallback !== undefined && states.get(name) === "unset",
  );
  const names = [...new Set(defaults.map(({ name, fallback }) => `${name} (${fallback})`))];
  return names.length === 0 ? [] : [`Checked with the default values of ${names.join(", ")}`];
}
