/** From what was found in a container's Caddyfile to a finding of the repository. Pure. */
import type { Level } from "../../request/request.ts";
import type { Finding } from "../finding.ts";
import type { CaddyFiles } from "./collect-files.ts";

/** A finding with its place in the container. */
export interface DraftFinding {
  readonly id: string;
  readonly level: Level;
  readonly message: string;
  readonly hint: string;
  /** Path in the container; empty when there is none. */
  readonly file: string;
  readonly line: number | undefined;
  /** The whole text that the file should have. */
  readonly replacement?: string;
}

/** Gives drafts their level, their place in the repository, and texts without secrets. */
export class FindingWriter {
  readonly #files: CaddyFiles;
  readonly #scrub: (text: string) => string;

  /** @param scrub replaces secret values in a text */
  constructor(files: CaddyFiles, scrub: (text: string) => string) {
    this.#files = files;
    this.#scrub = scrub;
  }

  /**
   * Writes one finding. If the workflow did not name the Caddyfile, the finding is INFO and its hint says how to
   * make it count.
   */
  write(check: string, draft: DraftFinding): Finding {
    const { named, repoPaths } = this.#files;
    const file = repoPaths.get(draft.file) ?? "";
    const line = draft.line === undefined ? "" : `:${draft.line}`;
    return {
      check,
      level: named ? draft.level : "INFO",
      id: draft.id,
      message: this.#text(draft.message),
      hint: this.#text(this.#hint(draft).trim()),
      object: "",
      file,
      line: file === "" ? undefined : draft.line,
      containerFile: file === "" && draft.file !== "" ? `${draft.file}${line}` : "",
      count: 1,
      migration: undefined,
      ...(draft.replacement === undefined ? {} : { replacement: draft.replacement }),
    };
  }

  #hint({ level, hint }: DraftFinding): string {
    const { named, repoPaths, files } = this.#files;
    if (named || level === "INFO") return hint;
    const caddyfile = repoPaths.get(files[0]?.path ?? "") ?? "";
    return `${hint}\nThe workflow does not name this Caddyfile, so its findings are INFO. \`caddyfile: ${caddyfile}\` makes them count.`;
  }

  /** The text for the reader, who knows the paths of the repository and not those of our container. */
  #text(text: string): string {
    let written = text;
    for (const [path, repoPath] of this.#files.repoPaths) written = written.replaceAll(path, repoPath);
    return this.#scrub(written);
  }
}
