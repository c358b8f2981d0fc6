/** Merges the results of several apps: into what a deploy job needs, or into the reasons not to deploy. Pure. */

import { objectOrNone, parseJson } from "../request/json.ts";

/** A text that should be a result. `from` says where it was found. */
export interface Source {
  readonly from: string;
  readonly text: string;
}

/** The parts of a `result` of schema 1 (docs/result.md) that a deploy job needs. */
export interface AppResult {
  readonly app: string;
  readonly status: "passed" | "reported" | "failed" | "error" | "cancelled";
  readonly image: string;
  readonly tag: string;
  readonly ref: string;
  readonly digest: string;
  readonly pinned: string;
  readonly pushed: boolean;
  /** Why the step did not pass; empty for a pass. */
  readonly reason: string;
  /** The whole result as it was written, without the lists that only the report file has. */
  readonly whole: Readonly<Record<string, unknown>>;
}

export type Merged =
  | { readonly ok: true; readonly apps: readonly AppResult[] }
  | { readonly ok: false; readonly problems: readonly string[] };

const SCHEMA = 1;

/**
 * Merges the results, sorted by the apps' names.
 * @param expected names of exactly the apps that must be there; empty = any
 * @param folder the folder of the report files; undefined when the results are a job's outputs
 */
export function merge(sources: readonly Source[], expected: readonly string[], folder?: string): Merged {
  const problems: string[] = [];
  const found = new Map<string, { result: AppResult; source: Source }[]>();
  for (const source of sources) {
    const read = readResult(source.text);
    if (typeof read === "string") problems.push(`${source.from} ${read}.`);
    else found.set(read.app, [...(found.get(read.app) ?? []), { result: read, source }]);
  }
  for (const [app, all] of found) problems.push(...problemsOf(app, all));
  const missing = expected.filter((app) => !found.has(app));
  if (missing.length > 0)
    problems.push(`Missing: ${missing.join(", ")}. Its leg did not run, or ${lost(folder)}.`);
  const others = [...found.keys()].filter((app) => expected.length > 0 && !expected.includes(app));
  if (others.length > 0)
    problems.push(`Not expected: ${others.join(", ")}. Add to \`expect\` the apps that are to be deployed.`);
  if (problems.length > 0) return { ok: false, problems };
  if (found.size === 0) return { ok: false, problems: [nothing(folder)] };
  const apps = [...found.values()].flatMap(([first]) => first?.result ?? []);
  return { ok: true, apps: apps.sort((a, b) => (a.app < b.app ? -1 : 1)) };
}

function nothing(folder: string | undefined): string {
  return folder === undefined
    ? "There is no result. Does the job that ships declare its outputs (`result_shop: " +
        "${{ steps.ship.outputs.result_shop }}`)?"
    : `There is no report.json in \`${folder}\`. Did the legs upload theirs (\`if: always()\`), and is that where ` +
        "download-artifact put them?";
}

/** Why the result of a leg that did run may be missing. */
function lost(folder: string | undefined): string {
  return folder === undefined
    ? "the job that ships does not declare its output, or GitHub dropped it, because it holds a masked value (keep " +
        "the registry's name in a variable, not in a secret)"
    : "did not upload its report (`if: always()`, each under a name of its own), or download-artifact put it " +
        `somewhere else than into \`${folder}\` or merged it with another one (\`merge-multiple\`)`;
}

function problemsOf(app: string, all: readonly { result: AppResult; source: Source }[]): string[] {
  // The same text in two places counts as one result.
  if (new Set(all.map(({ source }) => source.text)).size > 1)
    return [`${app} has ${all.length} results: ${all.map(({ source }) => source.from).join(", ")}.`];
  const result = all[0]?.result;
  if (result === undefined || /^(passed|reported)$/.test(result.status)) return [];
  return [`${app}: ${result.status}${result.reason === "" ? "" : `. ${result.reason}`}`];
}

/** One result, or what is wrong with the text. */
function readResult(text: string): AppResult | string {
  const value = parseJson(text);
  if (value === undefined) return "is not JSON";
  const result = objectOrNone(value);
  if (result === undefined) return "is not a shipshape result";
  if (result.schema === undefined) return "is not a shipshape result: it has no `schema`";
  if (result.schema !== SCHEMA)
    return `has the schema ${JSON.stringify(result.schema)}, but this version of collect reads only ${SCHEMA}: use the same version of both actions`;
  const bad = FIELDS.filter(([name, fits]) => !fits(result[name])).map(([name]) => `\`${name}\``);
  if (bad.length > 0)
    return `is not a result of schema ${SCHEMA}: ${bad.join(", ")} ${bad.length === 1 ? "has" : "have"} a wrong value`;
  const { findings: _, ignored: __, environment: ___, reads: ____, ...whole } = result;
  const error = (result.error ?? {}) as { kind?: unknown; message?: unknown };
  const read: AppResult = {
    ...(result as unknown as AppResult),
    reason: [error.kind, firstLine(error.message)].filter((part) => typeof part === "string").join(": "),
    whole,
  };
  return contradiction(read) ?? read;
}

function firstLine(text: unknown): string | undefined {
  return typeof text === "string" ? text.split("\n", 1)[0] : undefined;
}

/** The grammar of each field. Every value that fits can be used in a shell command and an .env file as it is. */
const FIELDS: readonly (readonly [name: string, fits: (value: unknown) => boolean])[] = [
  ["app", matches(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)],
  ["status", matches(/^(passed|reported|failed|error|cancelled)$/)],
  ["image", matches(/^[a-z0-9._:/-]*$/)],
  ["tag", matches(/^(\w[\w.-]{0,127})?$/)],
  ["ref", matches(/^\S*$/)],
  ["digest", matches(/^(sha256:[0-9a-f]{64})?$/)],
  ["pinned", matches(/^\S*$/)],
  ["pushed", (value) => typeof value === "boolean"],
];

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === "string" && pattern.test(value);
}

/** What is wrong with a result whose fields contradict each other; undefined when they fit together. */
function contradiction({ image, tag, ref, digest, pinned, pushed }: AppResult): string | undefined {
  const fits = pushed
    ? ![image, tag, digest].includes("") && ref === `${image}:${tag}` && pinned === `${image}@${digest}`
    : tag === "" && ref === "" && pinned === "";
  return fits
    ? undefined
    : "contradicts itself: `pushed`, `tag`, `ref`, `digest` and `pinned` do not fit together";
}

/** The outputs of the action. */
export function outputsOf(apps: readonly AppResult[]): Record<string, string> {
  const released = apps.filter(({ pushed }) => pushed);
  return {
    apps: JSON.stringify(Object.fromEntries(apps.map(({ app, whole }) => [app, whole]))),
    matrix: JSON.stringify({
      include: released.map(({ app, image, tag, ref, digest, pinned }) => ({
        app,
        image,
        tag,
        ref,
        digest,
        pinned,
      })),
    }),
    tags: JSON.stringify(Object.fromEntries(released.map(({ app, tag }) => [app, tag]))),
    released: String(released.length === apps.length),
    dotenv: released
      .flatMap((one) => assignments(one).map((assignment) => `${variable(one.app)}_${assignment}`))
      .join("\n"),
    shell: released.map((one) => assignments(one).join(" ")).join("\n"),
  };
}

/** The outputs of a step that failed: all of them, and all empty. */
export const NO_OUTPUTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(outputsOf([])).map((name) => [name, ""]),
);

/** What a deploy script needs of one app. */
function assignments({ app, tag, image, digest }: AppResult): string[] {
  return [`APP=${app}`, `TAG=${tag}`, `IMAGE=${image}`, `DIGEST=${digest}`];
}

/** The first part of the names of an app's variables: `my-shop` → `MY_SHOP`. It never begins with a digit. */
function variable(app: string): string {
  return app
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "_")
    .replace(/^(?=\d)/, "_");
}

/** A problem when two apps would have the same variables (`my-shop` and `my.shop`), otherwise undefined. */
export function sameVariables(apps: readonly AppResult[]): string | undefined {
  const names = apps.map(({ app }) => app);
  const clashing = names.filter((app) =>
    names.some((other) => other !== app && variable(other) === variable(app)),
  );
  return clashing.length === 0
    ? undefined
    : `${clashing.join(" and ")} have the same variables in \`dotenv\` (${variable(clashing[0] ?? "")}_TAG): give one of them another \`app\`.`;
}
