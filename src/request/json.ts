/** Reads untrusted data: a value of an unexpected type counts as empty. Pure. */

export type Json = Readonly<Record<string, unknown>>;

/** The object; undefined when it is none. A list is none either. */
export function objectOrNone(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The object, or an empty one. */
export function object(value: unknown): Json {
  return objectOrNone(value) ?? {};
}

/** The list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list, without its other items. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((one) => typeof one === "string");
}

/** The text, or an empty one. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What a JSON text says; undefined when it is none. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The value at the end of a path of keys; `undefined` when any of the keys is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (here, key) => (isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined),
    value,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
