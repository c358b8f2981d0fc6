/** What the check `static` says besides the probe: whether a release brings its static files to where they are served. Pure. */
import { DjangoSettings, type Settings, staticRoot, withoutProduction } from "../django-settings.ts";
import { type Finding, PLAIN_FINDING } from "../finding.ts";
import { type StaticFacts, type StaticFinding, staleFiles, unfilledFiles } from "../project/static-files.ts";
import type { Answer } from "../verdict.ts";

/** The answers, with what the compose files say of STATIC_ROOT added to that of `static`. */
export function withStaticFiles(
  answers: readonly Answer[],
  settings: Settings,
  facts: StaticFacts,
): readonly Answer[] {
  const known = staticRoot(new DjangoSettings(settings));
  if (known === undefined) return answers;
  // Production may not have our DJANGO_ENV.
  const other = staticRoot(new DjangoSettings(withoutProduction(settings) ?? settings));
  const isSame = other?.path === known.path && other.hasMiddleware === known.hasMiddleware;
  const root = { ...known, isSure: known.isSure && isSame };
  return answers.map((answer) => {
    if (answer.name !== "static" || answer.reason !== "") return answer;
    const stale = staleFiles(root, facts);
    // The storage's own words come first: it finds no manifest in the image.
    const isKnown = answer.findings.some(({ id }) => id === "static.not-collected");
    const unfilled =
      isKnown || stale !== undefined ? undefined : unfilledFiles(root, facts, root.hasMiddleware);
    return {
      ...answer,
      findings: [...answer.findings, ...found("static.stale", stale), ...found("static.unfilled", unfilled)],
    };
  });
}

function found(id: string, one: StaticFinding | undefined): Finding[] {
  return one === undefined ? [] : [{ ...PLAIN_FINDING, check: "static", object: "STATIC_ROOT", id, ...one }];
}
