/** Reading data that others wrote: what has another type than it should have counts as empty. Pure. */

export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): readonly string[] {
  return list(value).filter((one) => typeof one === "string");
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
