/** Secrets of the build: `secrets`, `secret-envs`, `secret-files`. */
import path from "node:path";
import { isTheRunners } from "./build-args.ts";
import { isFile } from "./context.ts";
import { CSV, LINES, type ListForm, pairOf, VERBATIM } from "./lists.ts";
import type { Reader } from "./reader.ts";
import type { BuildSecret } from "./request.ts";

const SECRET_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * Reads the three secret inputs. No message quotes any part of a value. When an item has no id, no message quotes
 * anything of the input, for the text before a `=` may be a part of a value.
 */
export function readSecrets(reader: Reader, workspace: string): readonly BuildSecret[] {
  const secrets = [
    ...secretPairs(reader, "secret-envs", CSV).flatMap(([id, name]) => secretFromEnv(reader, id, name)),
    ...secretPairs(reader, "secrets", VERBATIM).map(
      ([id, value]): BuildSecret => ({ id, from: "value", value }),
    ),
    ...secretPairs(reader, "secret-files", LINES).flatMap(([id, file]) =>
      secretFromFile(reader, id, file, workspace),
    ),
  ];
  noteRepeatedIds(reader, secrets);
  for (const secret of secrets) {
    if (secret.from === "value" && secret.id === "id" && /(^|,)(src|source|env)=/.test(secret.value))
      reader.problems.warnings.push(
        "`secrets` has a secret with the id `id`. `id=…,src=…` is the form of docker's command line: here a file " +
          "goes in `secret-files` and a variable in `secret-envs`, as `name=path` and `name=VARIABLE`.",
      );
  }
  return secrets;
}

/** `id=value` pairs of one of the secret inputs. */
function secretPairs(reader: Reader, input: string, form: ListForm): readonly (readonly [string, string])[] {
  const items = reader.list(input, form).filter((item) => item.trim() !== "");
  const broken = items.flatMap((item, index) => (item.indexOf("=") < 1 ? [index + 1] : []));
  if (broken.length > 0) {
    // The other items may be lines of the same value then, so even the text before their `=` may be secret.
    reader.problems.add(
      input,
      `has ${broken.length === 1 ? "an item" : "items"} without \`id=\` (number ${broken.join(", ")}). Write \`id=value\`, and put a value of several lines in quotes: \`"id=first\`, \`second"\`.`,
    );
    return [];
  }
  return items.flatMap((item, index) => {
    const [key, value = ""] = pairOf(item);
    const id = key.trim();
    if (!SECRET_ID.test(id))
      reader.problems.add(
        input,
        `has an id that is not allowed (item ${index + 1}). Use letters, digits, \`_\`, \`.\` and \`-\`.`,
      );
    else if (value.trim() === "")
      reader.problems.add(
        input,
        `has no value for \`${id}\`. Is the secret set, and does GitHub pass it to runs of this event?`,
      );
    else return [[id, value] as const];
    return [];
  });
}

function secretFromEnv(reader: Reader, id: string, written: string): readonly BuildSecret[] {
  const name = written.trim();
  const problem = !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? `gives \`${id}\` something other than the name of a variable. Write \`id=VARIABLE\`, or give a value in \`secrets\`.`
    : isTheRunners(name)
      ? `gives \`${id}\` the variable \`${name}\` of the runner itself, which is not passed on.`
      : reader.env[name] === undefined
        ? `takes \`${id}\` from a variable that is not set. Set it in the step's \`env\`.`
        : undefined;
  if (problem === undefined) return [{ id, from: "value", value: reader.env[name] ?? "" }];
  reader.problems.add("secret-envs", problem);
  return [];
}

function secretFromFile(
  reader: Reader,
  id: string,
  written: string,
  workspace: string,
): readonly BuildSecret[] {
  const file = path.resolve(workspace, written.trim());
  if (isFile(file)) return [{ id, from: "file", path: file }];
  reader.problems.add(
    "secret-files",
    `takes \`${id}\` from a file that does not exist. Give its path relative to the workspace, or give the value in \`secrets\`.`,
  );
  return [];
}

function noteRepeatedIds(reader: Reader, secrets: readonly BuildSecret[]): void {
  const ids = secrets.map(({ id }) => id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of repeated)
    reader.problems.add("secrets", `gives \`${id}\` twice (\`secret-envs\` and \`secret-files\` count too).`);
}
