/** Secrets of the build: `secrets`, `secret-envs`, `secret-files`. */
import path from "node:path";
import { isTheRunners } from "./build-args.ts";
import { isFile } from "./context.ts";
import { type ListForm, pairOf } from "./lists.ts";
import type { Reader } from "./reader.ts";
import type { BuildSecret } from "./request.ts";

const SECRET_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** The value of `id=…,src=…`, as docker's command line takes it. */
const CLI_FORM = /(^|,)(src|source|env)=/;

/**
 * Reads the three secret inputs. No message quotes any part of a value. When an item has no id, no message quotes
 * anything of the input, for the text before a `=` may be a part of a value.
 */
export function readSecrets(reader: Reader, workspace: string): readonly BuildSecret[] {
  const secrets = [
    ...readList(reader, "secret-envs", "csv", (id, name) => fromEnv(reader.env, id, name.trim())),
    ...readList(reader, "secrets", "verbatim", (id, value) => ({ id, from: "value", value })),
    ...readList(reader, "secret-files", "lines", (id, file) =>
      fromFile(id, path.resolve(workspace, file.trim())),
    ),
  ];
  const ids = secrets.map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    reader.problems.add("secrets", `gives \`${id}\` twice (\`secret-envs\` and \`secret-files\` count too).`);
  if (secrets.some((one) => one.id === "id" && one.from === "value" && CLI_FORM.test(one.value)))
    reader.problems.warnings.push(
      "`secrets` has a secret with the id `id`. `id=…,src=…` is the form of docker's command line: here a file " +
        "goes in `secret-files` and a variable in `secret-envs`, as `name=path` and `name=VARIABLE`.",
    );
  return secrets;
}

/**
 * Reads one of the inputs: `id=value` pairs.
 * @param secret gives the secret of an id and its value; or what is wrong with them, as the end of a sentence
 */
function readList(
  reader: Reader,
  input: string,
  form: ListForm,
  secret: (id: string, value: string) => BuildSecret | string,
): readonly BuildSecret[] {
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
    const read = !SECRET_ID.test(id)
      ? `has an id that is not allowed (item ${index + 1}). Use letters, digits, \`_\`, \`.\` and \`-\`.`
      : value.trim() === ""
        ? `has no value for \`${id}\`. Is the secret set, and does GitHub pass it to runs of this event?`
        : secret(id, value);
    if (typeof read !== "string") return [read];
    reader.problems.add(input, read);
    return [];
  });
}

function fromEnv(env: NodeJS.ProcessEnv, id: string, name: string): BuildSecret | string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `gives \`${id}\` something other than the name of a variable. Write \`id=VARIABLE\`, or give a value in \`secrets\`.`;
  if (isTheRunners(name))
    return `gives \`${id}\` the variable \`${name}\` of the runner itself, which is not passed on.`;
  const value = env[name];
  if (value !== undefined) return { id, from: "value", value };
  return `takes \`${id}\` from a variable that is not set. Set it in the step's \`env\`.`;
}

function fromFile(id: string, file: string): BuildSecret | string {
  if (isFile(file)) return { id, from: "file", path: file };
  return `takes \`${id}\` from a file that does not exist. Give its path relative to the workspace, or give the value in \`secrets\`.`;
}
