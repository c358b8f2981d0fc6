/** The bake file: what `docker buildx bake` takes, as data, and the one escape that it needs. */

/** One target, in bake's own words (docs.docker.com/build/bake/reference). */
export interface BakeTarget {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly "dockerfile-inline"?: string;
  readonly target?: string;
  readonly platforms?: readonly string[];
  readonly args?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: readonly string[];
  /** `id=…,env=…` or `id=…,src=…`: buildx took them as objects only later. */
  readonly secret?: readonly string[];
  readonly ssh?: readonly string[];
  readonly network?: string;
  readonly "extra-hosts"?: Readonly<Record<string, string>>;
  readonly "shm-size"?: string;
  readonly ulimits?: readonly string[];
  readonly entitlements?: readonly string[];
  readonly pull?: boolean;
  readonly "no-cache"?: boolean;
  readonly "no-cache-filter"?: readonly string[];
  readonly attest?: readonly string[];
  readonly "cache-from"?: readonly string[];
  readonly "cache-to"?: readonly string[];
  readonly output?: readonly string[];
}

/** A limit on one kind of step, by its name in BuildKit's progress. */
export interface StepLimit {
  readonly step: (name: string) => boolean;
  readonly seconds: number;
}

/** One call of `docker buildx bake`. */
export interface Solve {
  readonly file: { readonly target: Readonly<Record<string, BakeTarget>> };
  /** Names of the targets to solve. */
  readonly targets: readonly string[];
  /** Entitlements that the workflow allowed, for `--allow`. */
  readonly allow: readonly string[];
  /** Variables that carry secret values into bake: in no file, in no argument. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The longest that one kind of step may take. */
  readonly limit?: StepLimit;
  /** It sends the image somewhere: some BuildKits do so after the last step, and without a word (0.28). */
  readonly sends?: boolean;
}

/** The arguments of `docker buildx` that run a solve. Its secrets are not among them: they go by environment. */
export function bakeArgs(
  { allow, targets }: Pick<Solve, "allow" | "targets">,
  files: { readonly file: string; readonly metadataFile: string; readonly builder: string },
): string[] {
  const { file, metadataFile, builder } = files;
  const where = ["--file", file, "--builder", builder];
  const written = ["--progress", "rawjson", "--metadata-file", metadataFile];
  return ["bake", ...where, ...written, ...allow.flatMap((one) => ["--allow", one]), ...targets];
}

/** Whether a solve takes layers from the caches of other places. */
export function importsCaches(solve: Solve): boolean {
  return Object.values(solve.file.target).some((target) => (target["cache-from"] ?? []).length > 0);
}

/** The same solve without the caches of other places, for when they keep it waiting or make it fail. */
export function withoutCaches(solve: Solve): Solve {
  const target = Object.fromEntries(
    Object.entries(solve.file.target).map(([name, { "cache-from": _, "cache-to": to = [], ...rest }]) => [
      name,
      // An inline cache is a part of the image's bytes.
      { ...rest, "cache-to": to.filter(isInline) },
    ]),
  );
  return { ...solve, file: { target } };
}

/**
 * The text of a bake file. Bake's JSON *is* HCL: `${…}` and `%{…}` are evaluated in every string and every
 * key, so both are escaped there (measured: nothing else is special). Indented, because an error of bake
 * quotes the offending line, and one long line would be quoted with every build argument in it.
 */
export function renderBakeFile(file: Solve["file"]): string {
  return `${JSON.stringify(escapeAll(file), null, 1)}\n`;
}

/** Escapes one string for HCL's template language. */
export function escapeHcl(text: string): string {
  // By functions: in a replacement text `$$` would mean one dollar sign.
  return text.replaceAll("${", () => "$${").replaceAll("%{", () => "%%{");
}

function escapeAll(value: unknown): unknown {
  if (typeof value === "string") return escapeHcl(value);
  if (Array.isArray(value)) return value.map(escapeAll);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [escapeHcl(key), escapeAll(item)]));
}

/** `key=value` pairs as one CSV record, the form of `output`, `attest`, `cache-from` and `cache-to`. */
export function attributes(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => csvField(`${key}=${value}`))
    .join(",");
}

/** Whether an entry of `cache-to` puts the cache into the image itself. */
export function isInline(entry: string): boolean {
  return /(^|,)\s*type=inline\b/.test(entry);
}

function csvField(field: string): string {
  return /[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
