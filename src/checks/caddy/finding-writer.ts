/** From what was found in a container's Caddyfile to a finding of the repository. Pure. */
import { type Finding, PLAIN_FINDING } from "../finding.ts";
import type { CaddyFiles } from "./collect-files.ts";

/**
 * A finding whose file is a path in the container, empty when there is none. `replacement` is the whole text that the
 * file should have.
 */
export type DraftFinding = Pick<
  Finding,
  "id" | "level" | "message" | "hint" | "file" | "line" | "replacement"
>;

/** Writes one finding of a check. */
export type WriteFinding = (check: string, draft: DraftFinding) => Finding;

/**
 * Gives drafts their level, their place in the repository, and texts without secrets. If the workflow did not name the
 * Caddyfile, a finding is INFO and its hint says how to make it count.
 * @param scrub replaces secret values in a text
 */
export function findingWriter(
  { path, named, repoPaths }: CaddyFiles,
  scrub: (text: string) => string,
): WriteFinding {
  /** The text for the reader, who knows the paths of the repository and not those of our container. */
  const written = (text: string) =>
    scrub([...repoPaths].reduce((before, [from, to]) => before.replaceAll(from, to), text));
  const unnamed = `The workflow does not name this Caddyfile, so its findings are INFO. \`caddyfile: ${path}\` makes them count.`;
  return (check, draft) => {
    const { level, hint, replacement } = draft;
    const file = repoPaths.get(draft.file) ?? "";
    const line = draft.line === undefined ? "" : `:${draft.line}`;
    const whole = named || level === "INFO" ? hint : `${hint}\n${unnamed}`;
    return {
      ...PLAIN_FINDING,
      check,
      level: named ? level : "INFO",
      id: draft.id,
      message: written(draft.message),
      hint: written(whole.trim()),
      file,
      line: file === "" ? undefined : draft.line,
      containerFile: file === "" && draft.file !== "" ? `${draft.file}${line}` : "",
      ...(replacement === undefined ? {} : { replacement }),
    };
  };
}
