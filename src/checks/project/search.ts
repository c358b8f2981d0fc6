/** Searches the texts of the checkout that may run something. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { looksLikeDockerfile } from "../../request/context.ts";
import { repositoryAt } from "./repository.ts";

/** What a search found. */
export interface Found<Question extends string> {
  /** The names of the files that were read, without their folders. */
  readonly names: ReadonlySet<string>;
  /** Repo paths of the files whose text matches, in order. */
  readonly paths: Readonly<Record<Question, readonly string[]>>;
  /** No file or folder was left out. */
  readonly isComplete: boolean;
}

/** Files that may run something, by their names. */
const RUNS = /\.(sh|bash|py|ya?ml|toml|ini|conf|cfg|tf|mk|just|rb)$|^[^.]+$/i;
const NEVER = /-lock\.ya?ml$/i;
const NEVER_IN = /^(node_modules|\.git|\.venv|venv|env|__pycache__|docs|static|media|migrations|locale)$/;
/** Of files to read. Pictures, templates and the like cost no more than a look at their names. */
const MAX_FILES = 2000;
const MAX_NAMES = 50_000;
const MAX_DEPTH = 6;
const MAX_BYTES = 1024 * 1024;
const MAX_BYTES_IN_ALL = 20 * 1024 * 1024;
const AT_ONCE = 16;
/** A line of data. No pattern takes long for a short one. */
const LONG_LINE = /^([^\n]{1000})[^\n]+/gm;

/**
 * Searches the files, without their comments. Dockerfiles are read elsewhere.
 * @param questions what to look for, each with a name
 */
export async function search<Question extends string>(
  workspace: string,
  questions: Readonly<Record<Question, RegExp>>,
): Promise<Found<Question>> {
  const { files, isComplete } = await filesIn(workspace);
  const asked = Object.entries(questions) as [Question, RegExp][];
  const paths = Object.fromEntries(asked.map(([name]) => [name, []])) as unknown as Record<
    Question,
    string[]
  >;
  const names = new Set<string>();
  const repository = repositoryAt(workspace);
  let left = MAX_BYTES_IN_ALL;
  let isWhole = isComplete;
  for (let at = 0; at < files.length && left > 0; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    const texts = await Promise.all(some.map((file) => repository.read(file, MAX_BYTES)));
    for (const [index, file] of some.entries()) {
      const text = texts[index];
      left -= text?.length ?? 0;
      isWhole &&= text !== undefined && left > 0;
      // A program has no text.
      if (text === undefined || text.includes("\0")) continue;
      names.add(path.basename(file));
      const plain = uncommented(text).replace(LONG_LINE, "$1");
      for (const [name, pattern] of asked) if (pattern.test(plain)) paths[name].push(file);
    }
  }
  return { names, paths, isComplete: isWhole };
}

/** A text without the lines that begin with `#`. */
export function uncommented(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, "");
}

/** The files to read, folder by folder. */
async function filesIn(workspace: string): Promise<{ files: readonly string[]; isComplete: boolean }> {
  const files: string[] = [];
  let names = 0;
  let isComplete = true;
  let folders = [""];
  for (let depth = 0; folders.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of folders) {
      const entries = await readdir(path.join(workspace, folder), { withFileTypes: true }).catch(() => []);
      names += entries.length;
      isComplete &&= names <= MAX_NAMES && depth < MAX_DEPTH;
      if (!isComplete) return { files, isComplete };
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const { name } = entry;
        if (entry.isDirectory()) {
          if (!NEVER_IN.test(name)) below.push(path.join(folder, name));
        } else if (RUNS.test(name) && !NEVER.test(name) && !looksLikeDockerfile(name))
          files.push(path.join(folder, name));
      }
      if (files.length > MAX_FILES) return { files: files.slice(0, MAX_FILES), isComplete: false };
    }
    folders = below;
  }
  return { files, isComplete };
}
