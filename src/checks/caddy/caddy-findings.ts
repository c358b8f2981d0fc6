/** Findings of `caddy`: the error and the warnings of `caddy validate`, and what the variables mean. Pure. */
import type { CaddyFiles } from "./collect-files.ts";
import { type ErrorContext, explain } from "./explain.ts";
import type { DraftFinding } from "./finding-writer.ts";
import { shellVariableFindings } from "./shell-variables.ts";
import type { Validated } from "./validate-output.ts";
import type { VariableState, VariableUse } from "./variables.ts";

/** All that `caddy` reports, in the order: Caddy's error, the choice of the file, variables, warnings. */
export function caddyFindings({ error, warnings }: Validated, context: ErrorContext): DraftFinding[] {
  const { caddyfile, states } = context;
  const errors = error === undefined ? [] : [explain(error, context)];
  // An error that names a missing variable already says what the finding about that variable would say.
  const isExplained = (draft: DraftFinding) =>
    errors.some(
      ({ id, file, line }) =>
        /-variable$/.test(id) && file === draft.file && line === draft.line && draft.level !== "ERROR",
    );
  return [
    ...errors,
    ...severalCaddyfiles(caddyfile),
    ...[...variableFindings(caddyfile.uses, states), ...shellVariableFindings(caddyfile)].filter(
      (draft) => !isExplained(draft),
    ),
    ...warnings.map((one): DraftFinding => ({ ...one, id: "caddy.warning", level: "INFO", hint: "" })),
  ];
}

/** When there are several Caddyfiles, only the project knows which one production uses. */
function severalCaddyfiles({ others, main }: CaddyFiles): DraftFinding[] {
  if (others.length === 0) return [];
  return [
    {
      id: "caddy.several",
      level: "INFO",
      message: `${main} was checked. These Caddyfiles were not: ${others.join(", ")}.`,
      hint: "Name the Caddyfile that production uses with the input `caddyfile`.",
      file: main,
      line: undefined,
    },
  ];
}

/** Each problem of a variable is reported once, at the first place that has it. */
function variableFindings(
  uses: readonly VariableUse[],
  states: ReadonlyMap<string, VariableState>,
): DraftFinding[] {
  const reported = new Set<string>();
  return uses.flatMap((use) => {
    const { name, file, line } = use;
    const found = problemsOf(use, states.get(name)).filter(({ id }) => !reported.has(`${id} ${name}`));
    for (const { id } of found) reported.add(`${id} ${name}`);
    return found.map((one) => ({ ...one, file, line }));
  });
}

type Problem = Omit<DraftFinding, "file" | "line">;

function problemsOf({ name, fallback, where }: VariableUse, state: VariableState | undefined): Problem[] {
  const found: Problem[] = [];
  if (fallback?.startsWith("-"))
    found.push({
      id: "caddy.default-dash",
      level: "WARNING",
      message: `{$${name}:${fallback}} has the default "${fallback}", with the dash. \`:-\` is shell syntax; Caddy's is \`:\`.`,
      hint: `Write {$${name}:${fallback.slice(1)}}.`,
    });
  if (fallback === undefined && (state === "stand-in" || state === "unset"))
    found.push({
      id: "caddy.variable",
      level: "INFO",
      message:
        state === "unset"
          ? `{$${name}} has no value here, so Caddy replaces it with nothing.`
          : `{$${name}} has no value here, so the file was checked with a ${where === "port" ? "port" : "reserved example host"} in its place.`,
      hint: `To check the file as production reads it, give the variable its value:\ncaddy-env: |\n  ${name}=…`,
    });
  if (fallback !== undefined && state === "empty")
    found.push({
      id: "caddy.empty-variable",
      level: "WARNING",
      message: `${name} is set but empty, so Caddy replaces it with nothing. The default "${fallback}" is only for a variable that is not set.`,
      hint: "Remove the variable, or give it a value.",
    });
  return found;
}
