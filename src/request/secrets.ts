/** Secrets of the build: `secrets`, `secret-envs`, `secret-files`. */
import path from "node:path";
import { isTheRunners } from "./build-args.ts";
import { suggestion } from "./context.ts";
import { type ListForm, pairOf } from "./lists.ts";
import { isFile, leavesWorkspace, OUT_OF_WORKSPACE } from "./paths.ts";
import type { Reader } from "./reader.ts";
import type { BuildSecret } from "./request.ts";
import { hintFor, itemHint } from "./slips.ts";

const SECRET_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** A secret as docker's command line takes it. */
const CLI_FORM = /^(?:id|type)=[^,]*,(?:id|type|src|source|env)=/;

/**
 * Reads the three secret inputs. No message quotes any part of a value. When an item has no id, no message quotes
 * anything of the input, for the text before a `=` may be a part of a value.
 */
export function readSecrets(reader: Reader, workspace: string): readonly BuildSecret[] {
  const given: [id: string, value: string][] = [];
  const secrets = [
    ...readList(reader, "secret-envs", "csv", (id, name) => fromEnv(reader.env, id, name.trim())),
    ...readList(reader, "secrets", "verbatim", (id, value) => {
      given.push([id, value]);
      return { id, from: "value", value };
    }),
    ...readList(reader, "secret-files", "lines", (id, file) => fromFile(id, file.trim(), workspace)),
  ];
  const ids = secrets.map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    reader.problems.add("secrets", `gives \`${id}\` twice (\`secret-envs\` and \`secret-files\` count too).`);
  // The name in the value is not shown: it may be a part of it.
  const further = (name: string) => (given.length === 1 && /^[A-Z_][A-Z0-9_]{2,}$/.test(name) ? "NAME" : "");
  reader.noteSlips("secrets", given, further);
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
  const broken = items.flatMap((item, index) => (/^[^"=][^=]*=/.test(item) ? [] : [index + 1]));
  const record = (item: string, index: number) => (form === "csv" ? `${item},${items[index + 1]}` : item);
  // The other items may be lines of the same value, so even the text before their `=` may be secret.
  const problem =
    broken.length > 0
      ? `${withoutId(reader.raw(input), broken)}${broken.length === items.length ? hintFor(items[0] ?? "") : ""}`
      : items.map(record).some((item) => CLI_FORM.test(item))
        ? "is written as on docker's command line, `id=…,src=…`. Here a value goes into `secrets` as `id=value`, a variable into `secret-envs` as `id=VARIABLE`, and a file into `secret-files` as `id=path`."
        : undefined;
  if (problem !== undefined) {
    reader.problems.add(input, problem);
    return [];
  }
  return items.flatMap((item, index) => {
    const [key, value = ""] = pairOf(item);
    const id = key.trim();
    const read = !SECRET_ID.test(id)
      ? `has an id that is not allowed (item ${index + 1}). Use letters, digits, \`_\`, \`.\` and \`-\`.${itemHint(item)}`
      : value.trim() === ""
        ? `has no value for \`${id}\`. Is the secret set, and does GitHub pass it to runs of this event?`
        : secret(id, value);
    if (typeof read !== "string") return [read];
    reader.problems.add(input, read);
    return [];
  });
}

/** What is wrong with items that have no id. The quotes of JSON are the usual reason. */
function withoutId(text: string, numbers: readonly number[]): string {
  const items = `${numbers.length === 1 ? "an item" : "items"} without \`id=\` (number ${numbers.join(", ")})`;
  if (!text.includes('"'))
    return `has ${items}. Write \`id=value\`, and put a value of several lines in quotes: \`"id=first\`, \`second"\`.`;
  const isQuoted = /^\s*"[\w.-]+=/m.test(text);
  const id = /^\s*"?([A-Za-z_][\w.-]*)=\s*[{[]/.exec(text)?.[1] ?? "id";
  const why = isQuoted
    ? "an item stands in quotes, and those in its value are not doubled. Double each of them"
    : "a value has quotes and several lines. Put the whole item in quotes, and double those in its value";
  return (
    `has ${items}: ${why}, as in \`"${id}={\`, \`""name"": ""value""\`, \`}"\`. Nothing doubles the quotes of an expression's ` +
    `value: there write \`${id}=${id}\` in \`secret-envs\`, and \`${id}: \${{ secrets.${id} }}\` in the step's \`env:\`.`
  );
}

function fromEnv(env: NodeJS.ProcessEnv, id: string, name: string): BuildSecret | string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `gives \`${id}\` something other than the name of a variable. Write \`id=VARIABLE\`, or give a value in \`secrets\`.${/\s/.test(name) ? itemHint(name) : ""}`;
  if (isTheRunners(name))
    return `gives \`${id}\` the variable \`${name}\` of the runner itself, which is not passed on.`;
  const value = env[name];
  if (value !== undefined) return { id, from: "value", value };
  return `takes \`${id}\` from a variable that is not set. Set it in the step's \`env\`.`;
}

function fromFile(id: string, written: string, workspace: string): BuildSecret | string {
  const file = path.resolve(workspace, written);
  if (isFile(file)) {
    return leavesWorkspace(file, workspace)
      ? `takes \`${id}\` from a path that ${OUT_OF_WORKSPACE}`
      : { id, from: "file", path: file };
  }
  const near = itemHint(written) || suggestion(written, workspace, isFile);
  return `takes \`${id}\` from a file that does not exist. Give its path relative to the workspace, or give the value in \`secrets\`.${near}`;
}
