/** The annotations of a step, within the runner's limits. Pure: say.ts writes them. */

import type { AnnotationProperties } from "@actions/core";
import { reaches } from "../checks/finding.ts";
import { isSettingsCrash } from "../checks/verdict.ts";
import type { Checkout } from "../request/checkout.ts";
import { inRepository } from "./links.ts";
import { isOnlyReported, type Lint, type Outcome } from "./outcome.ts";
import { besidesFailure, cut, foundOn, joined, messageText, several } from "./text.ts";

export type AnnotationType = "error" | "warning" | "notice";

/** An annotation. Its file is a path from the repository's root. */
export interface Annotation extends AnnotationProperties {
  readonly type: AnnotationType;
  readonly message: string;
}

/** How many annotations of each type were written before. */
export type Used = Readonly<Record<AnnotationType, number>>;

/** The runner keeps 10 annotations of each type for a step and silently drops the others. */
const MOST_ANNOTATIONS = 10;
/** The runner cuts a message at 4,096 characters. */
const MOST_CHARACTERS = 4000;

/**
 * Annotations for the findings that have a place in the repository, and for the Dockerfile's warnings, worst first.
 * When there are too many of a type, the last one says how many are missing. One is left for the failure.
 */
export function annotationsOf(outcome: Outcome, used: Used): Annotation[] {
  const last = failureAnnotation(outcome);
  const all = [...findings(outcome), ...(outcome.lint ?? []).map((one) => lintAnnotation(one, outcome))];
  return (["error", "warning", "notice"] as const).flatMap((type) => {
    const own = all.filter((one) => one.type === type);
    const kept = type === last?.type ? 1 : 0;
    return limited(own, MOST_ANNOTATIONS - used[type] - kept, type);
  });
}

/** The annotation of the failure that the step ends with, or of what it only reports; undefined when the step passed. */
export function failureAnnotation(outcome: Outcome): Annotation | undefined {
  const { failure, verdict, checkout } = outcome;
  if (failure === undefined) return undefined;
  // Settings that cannot be loaded are the failure itself: their finding gives the place.
  const crash = failure.kind === "Checks could not run" ? verdict?.findings.find(isSettingsCrash) : undefined;
  const place = placed(failure.place ?? crash ?? { file: "" }, checkout);
  const message = cut(failure.message, MOST_CHARACTERS);
  return isOnlyReported(outcome)
    ? { type: "warning", title: `${failure.kind}: reported, not released`, message, ...place }
    : { type: "error", title: failure.kind, message, ...place };
}

function findings({ verdict, request, checkout, failure }: Outcome): Annotation[] {
  const failLevel = request?.failLevel ?? "WARNING";
  return besidesFailure(verdict?.findings ?? [], failure).flatMap((finding) => {
    const { check, level, id, hint } = finding;
    const place = placed(finding, checkout);
    // Findings without a place are reported in the failure's text, the log and the summary.
    if (place.file === undefined) return [];
    const fails = failLevel !== "never" && reaches(level, failLevel);
    const type = fails ? "error" : reaches(level, "WARNING") ? "warning" : "notice";
    const text = joined("\n", joined(" ", messageText(finding), foundOn(finding)), hint);
    return [{ type, title: joined(": ", check, id), message: cut(text, MOST_CHARACTERS), ...place }];
  });
}

function lintAnnotation(lint: Lint, { checkout }: Outcome): Annotation {
  const [rule = "", ...rest] = lint.message.split(": ");
  const message = cut(joined("\n", rest.join(": "), lint.detail, lint.url), MOST_CHARACTERS);
  return { type: "warning", title: `Dockerfile: ${rule}`, message, ...placed(lint, checkout) };
}

/** The place as GitHub needs it; empty when the workspace does not hold the files of the run's commit. */
function placed(
  { file, line }: { readonly file: string; readonly line?: number | undefined },
  checkout: Checkout | undefined,
): Pick<Annotation, "file" | "startLine"> {
  const path = checkout?.annotated === false ? undefined : inRepository(file, checkout);
  return path === undefined ? {} : { file: path, ...(line === undefined ? {} : { startLine: line }) };
}

function limited(all: readonly Annotation[], room: number, type: AnnotationType): Annotation[] {
  if (all.length <= room) return [...all];
  if (room <= 0) return [];
  const shown = all.slice(0, room - 1);
  const more = all.length - shown.length;
  return [...shown, { type, title: several(more, `more ${type}`), message: ELSEWHERE }];
}

const ELSEWHERE =
  "GitHub shows ten annotations of each type for a step. The job summary and the log have all of them.";
