/** The answer of `hosts`: the rules applied, and each disagreement at its line in the Caddyfile. Pure. */
import type { Answer } from "../verdict.ts";
import type { AdaptedConfig } from "./adapted.ts";
import type { CaddyFiles } from "./collect-files.ts";
import { emptyAnswer, HOSTS, type Timing } from "./empty-answers.ts";
import type { FindingWriter } from "./finding-writer.ts";
import { locate } from "./locate.ts";
import type { ProjectFacts } from "./rules/comparison.ts";
import { type Settings, settingsNotCompared } from "./rules/django-settings.ts";
import { compareWithDjango } from "./rules/rules.ts";
import type { LookUp } from "./variables.ts";

/** Caddy's side of the comparison. */
export interface CaddySide {
  /** Undefined when Caddy could not read the Caddyfile. */
  readonly adapted: AdaptedConfig | undefined;
  readonly files: CaddyFiles;
  /** Values of variables, to find a host in the Caddyfile that a variable gives. */
  readonly lookUp: LookUp;
  readonly timing: Timing;
}

/** Compares both sides, where both are known. */
export function answerHosts(
  { adapted, files, lookUp, timing }: CaddySide,
  settings: Settings,
  project: ProjectFacts,
  writer: FindingWriter,
): Answer {
  const answer = emptyAnswer(HOSTS, timing);
  if (adapted === undefined)
    return { ...answer, skipped: "Caddy cannot read the Caddyfile, so there is nothing to compare" };
  if (Object.keys(settings).length === 0) {
    const why = "the settings could not be loaded, so there is nothing to compare";
    // If `hosts` is the only check, no other check reports that the settings could not be loaded.
    return { ...answer, ...(files.named ? { reason: why } : { skipped: why }) };
  }
  const findings = compareWithDjango(adapted, settings, project).map((one) => {
    const { file, line } = locate(one.at, files.files, lookUp);
    return writer.write(HOSTS, { ...one, file, line });
  });
  const notes = settingsNotCompared(settings).map(
    (name) =>
      `${name} was not compared: neither the image nor \`env\` sets it, so shipshape supplied its value. Give production's value with \`env\``,
  );
  return { ...answer, findings, notes };
}
