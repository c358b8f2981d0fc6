/** Searches the texts of the checkout that may run something. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { looksLikeDockerfile } from "../../request/context.ts";
import type { Repository } from "./collect-files.ts";
import { MENTIONS, type Searched } from "./mentions.ts";

/** Files that may run something, by their names. */
const RUNS = /\.(sh|bash|py|ya?ml|toml|ini|conf|cfg|tf|mk|just|rb)$|^[^.]+$/i;
const NEVER_IN = /^(node_modules|\.git|\.venv|venv|env|__pycache__|docs|static|media|migrations|locale)$/;
const MAX_FILES = 2000;
const MAX_DEPTH = 6;
const MAX_CHARACTERS = 20_000_000;

/** Looks for all that is in MENTIONS. Dockerfiles are read elsewhere. */
export async function searchMentions(workspace: string, repository: Repository): Promise<Searched> {
  const names = Object.keys(MENTIONS) as (keyof typeof MENTIONS)[];
  const paths = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    keyof typeof MENTIONS,
    string[]
  >;
  const folders: [folder: string, depth: number][] = [["", 0]];
  let files = 0;
  let characters = 0;
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    const [folder, depth] = next;
    const entries = await readdir(path.join(workspace, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && !NEVER_IN.test(entry.name)) folders.push([file, depth + 1]);
      if (entry.isDirectory() || !RUNS.test(entry.name) || looksLikeDockerfile(entry.name)) continue;
      const text = await repository.read(file);
      characters += text?.length ?? 0;
      if (text === undefined || ++files > MAX_FILES || depth > MAX_DEPTH || characters > MAX_CHARACTERS)
        return { paths, isComplete: false };
      // A program has no text.
      if (text.includes("\0")) continue;
      const plain = text.replace(/^[ \t]*#.*$/gm, "");
      for (const name of names) if (MENTIONS[name].test(plain)) paths[name].push(file);
    }
  }
  return { paths, isComplete: true };
}
