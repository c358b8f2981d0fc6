/** Findings of `caddy` about the variables of a Caddyfile, whether Caddy accepted the file or not. Pure. */
import type { DraftFinding } from "./finding-writer.ts";
import type { VariableState, VariableUse } from "./variables.ts";

/** Each problem of a variable is reported once, at the first place that has it. */
export function variableFindings(
  uses: readonly VariableUse[],
  states: ReadonlyMap<string, VariableState>,
): DraftFinding[] {
  const reported = new Set<string>();
  return uses.flatMap((use) => {
    const found = problemsOf(use, states.get(use.name)).map((one) => ({
      ...one,
      file: use.file,
      line: use.line,
    }));
    const isNew = ({ id }: DraftFinding) => !reported.has(`${id} ${use.name}`);
    const kept = found.filter(isNew);
    for (const { id } of kept) reported.add(`${id} ${use.name}`);
    return kept;
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
