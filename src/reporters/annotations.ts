/** The annotations of a step, within the runner's limits. Pure: say.ts writes them. */

import type { Finding } from "../checks/finding.ts";
import { reaches } from "../checks/finding.ts";
import { isSettingsCrash } from "../checks/verdict.ts";
import type { Checkout } from "../request/checkout.ts";
import { inRepository } from "./links.ts";
import type { Lint, Outcome } from "./outcome.ts";
import { besidesFailure, foundOn } from "./text.ts";

export type AnnotationType = "error" | "warning" | "notice";

export interface Annotation {
  readonly type: AnnotationType;
  readonly title: string;
  readonly message: string;
  /** Path from the repository's root. */
  readonly file?: string;
  readonly line?: number;
}

/** How many annotations of each type were written before. */
export type Used = Readonly<Record<AnnotationType, number>>;

/** The runner keeps 10 annotations of each type for a step and silently drops the others. */
export const MOST_ANNOTATIONS = 10;
/** The runner cuts a message at 4,096 characters. */
const MOST_CHARACTERS = 4000;

/**
 * Annotations for the findings that have a place in the repository, and for the Dockerfile's warnings, worst first.
 * When there are too many of a type, the last one says how many are missing. One error is left for the failure.
 */
export function annotationsOf(outcome: Outcome, used: Used): Annotation[] {
  const all = [...findings(outcome), ...(outcome.lint ?? []).map((one) => lintAnnotation(one, outcome))];
  return (["error", "warning", "notice"] as const).flatMap((type) => {
    const own = all.filter((one) => one.type === type);
    const kept = type === "error" && outcome.failure ? 1 : 0;
    return limited(own, MOST_ANNOTATIONS - used[type] - kept, type);
  });
}

/** The annotation of the failure that the step ends with; undefined when the step passed. */
export function failureAnnotation({ failure, verdict, checkout }: Outcome): Annotation | undefined {
  if (failure === undefined) return undefined;
  // Settings that cannot be loaded are the failure itself: their finding gives the place.
  const crash = failure.kind === "Checks could not run" ? verdict?.findings.find(isSettingsCrash) : undefined;
  const place = failure.place ?? (crash === undefined || crash.file === "" ? undefined : crash);
  return {
    type: "error",
    title: failure.kind,
    message: short(failure.message),
    ...placed(place?.file ?? "", place?.line, checkout),
  };
}

function findings({ verdict, request, checkout, failure }: Outcome): Annotation[] {
  const threshold = request?.failLevel ?? "WARNING";
  return besidesFailure(verdict?.findings ?? [], failure).flatMap((finding) => {
    const place = placed(finding.file, finding.line, checkout);
    // Findings without a place are reported in the failure's text, the log and the summary.
    return place.file === undefined
      ? []
      : [
          {
            type: typeOf(finding, threshold),
            title: titleOf(finding),
            message: messageOf(finding),
            ...place,
          },
        ];
  });
}

function typeOf({ level }: Finding, threshold: Parameters<typeof reaches>[1]): AnnotationType {
  if (reaches(level, threshold)) return "error";
  return reaches(level, "WARNING") ? "warning" : "notice";
}

function titleOf({ check, id }: Finding): string {
  return id === "" ? check : `${check}: ${id}`;
}

function messageOf(finding: Finding): string {
  const { message, hint, object } = finding;
  const on = finding.platforms === undefined ? "" : ` ${foundOn(finding)}`;
  const first = `${object === "" ? message : `${object}: ${message}`}${on}`;
  return short(hint === "" ? first : `${first}\n${hint}`);
}

function lintAnnotation({ message, detail, url, file, line }: Lint, { checkout }: Outcome): Annotation {
  const [rule = "", ...rest] = message.split(": ");
  return {
    type: "warning",
    title: `Dockerfile: ${rule}`,
    message: short([rest.join(": "), detail, url].filter((part) => part !== "").join("\n")),
    ...placed(file, line, checkout),
  };
}

/** The place as GitHub needs it; empty when the workspace does not hold the files of the run's commit. */
function placed(
  file: string,
  line: number | undefined,
  checkout: Checkout | undefined,
): Pick<Annotation, "file" | "line"> {
  const path = checkout?.annotated === false ? undefined : inRepository(file, checkout);
  return path === undefined ? {} : { file: path, ...(line === undefined ? {} : { line }) };
}

function limited(all: readonly Annotation[], room: number, type: AnnotationType): Annotation[] {
  if (all.length <= room) return [...all];
  if (room <= 0) return [];
  const shown = all.slice(0, room - 1);
  const more = all.length - shown.length;
  const title = `${more} more ${type}${more === 1 ? "" : "s"}`;
  return [
    ...shown,
    {
      type,
      title,
      message:
        "GitHub shows ten annotations of each type for a step. The job summary and the log have all of them.",
    },
  ];
}

function short(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
