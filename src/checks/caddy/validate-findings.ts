/** Findings of `caddy`: the error and the warnings of `caddy validate`, and what the variables mean. Pure. */
import type { CaddyFiles } from "./collect-files.ts";
import { type ErrorContext, explain } from "./explain.ts";
import type { DraftFinding } from "./finding-writer.ts";
import type { Validated } from "./validate-output.ts";
import { variableFindings } from "./variable-findings.ts";

/** All that `caddy` reports, in the order: Caddy's error, the choice of the file, variables, warnings. */
export function validateFindings(
  { error, warnings }: Validated,
  files: CaddyFiles,
  context: ErrorContext,
): DraftFinding[] {
  const errors = error === undefined ? [] : [explain(error, context)];
  // An error that names a missing variable already says what the finding about that variable would say.
  const isExplained = (draft: DraftFinding) =>
    errors.some(
      ({ id, file, line }) => id === "caddy.unset-variable" && file === draft.file && line === draft.line,
    );
  return [
    ...errors,
    ...severalCaddyfiles(files),
    ...variableFindings(context.uses, context.states).filter((draft) => !isExplained(draft)),
    ...warnings.map((one): DraftFinding => ({ ...one, id: "caddy.warning", level: "INFO", hint: "" })),
  ];
}

/** When there are several Caddyfiles, only the project knows which one production uses. */
function severalCaddyfiles({ others, files: [first] }: CaddyFiles): DraftFinding[] {
  if (others.length === 0 || first === undefined) return [];
  return [
    {
      id: "caddy.several",
      level: "INFO",
      message: `${first.path} was checked. These Caddyfiles were not: ${others.join(", ")}.`,
      hint: "Name the Caddyfile that production uses with the input `caddyfile`.",
      file: first.path,
      line: undefined,
    },
  ];
}
