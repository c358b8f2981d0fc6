/** Finds the line in the Caddyfile that a disagreement is about: the adapted JSON has no line numbers. Pure. */
import type { Finding } from "../finding.ts";
import { allDirectives, type Caddyfile } from "./caddyfile.ts";
import { CADDYFILE } from "./layout.ts";
import type { Disagreement } from "./rules/comparison.ts";
import { expand, type LookUp } from "./variables.ts";

/** The file and the line; the Caddyfile without a line when none fits. */
export function locate(
  at: Disagreement["at"],
  files: readonly Caddyfile[],
  lookUp: LookUp,
): Pick<Finding, "file" | "line"> {
  for (const file of files) {
    const line = "host" in at ? lineOfSite(file, at.host, lookUp) : lineOfDirective(file, at, lookUp);
    if (line !== undefined) return { file: file.path, line };
  }
  return { file: CADDYFILE, line: undefined };
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
