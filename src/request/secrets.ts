/** Secrets of the build: `secrets`, `secret-envs`, `secret-files`. */
import path from "node:path";
import { isTheRunners } from "./build-args.ts";
import { isFile } from "./context.ts";
import { CSV, LINES, type ListForm, pairOf, VERBATIM } from "./lists.ts";
import type { Reader } from "./reader.ts";
import type { BuildSecret } from "./request.ts";

const SECRET_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** The three secret inputs. Nothing of a value is ever quoted; of an item without a key, not even the key. */
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
  noteDoubles(reader, secrets);
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
    // Then the others may be lines of the same value, and what stands before their `=` a part of it.
    reader.problems.add(
      input,
      `has ${broken.length === 1 ? "an item" : "items"} without \`id=\` (number ${broken.join(", ")}). \`id=value\` is allowed; a value of several lines stands in quotes: \`"id=first\`, \`second"\`.`,
    );
    return [];
  }
  return items.flatMap((item, index) => {
    const [key, value = ""] = pairOf(item);
    const id = key.trim();
    if (!SECRET_ID.test(id))
      reader.problems.add(
        input,
        `has an id that is not allowed (item ${index + 1}). Letters, digits, \`_\`, \`.\` and \`-\` are.`,
      );
    else if (value.trim() === "")
      reader.problems.add(
        input,
        `has no value for \`${id}\`. Is the secret set, and may this event read it?`,
      );
    else return [[id, value] as const];
    return [];
  });
}

function secretFromEnv(reader: Reader, id: string, written: string): readonly BuildSecret[] {
  const name = written.trim();
  const problem = !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? `gives \`${id}\` something else than the name of a variable. \`id=VARIABLE\` is allowed; a value goes in \`secrets\`.`
    : isTheRunners(name)
      ? `gives \`${id}\` the runner's own variable \`${name}\`, which is not passed on.`
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
    `takes \`${id}\` from a file that does not exist. The path is relative to the workspace; a value goes in \`secrets\`.`,
  );
  return [];
}

function noteDoubles(reader: Reader, secrets: readonly BuildSecret[]): void {
  const ids = secrets.map(({ id }) => id);
  const doubles = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of doubles)
    reader.problems.add("secrets", `(with \`secret-envs\` and \`secret-files\`) gives \`${id}\` twice.`);
}
