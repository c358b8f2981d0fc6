/** Django's side of the comparison: the settings of the image, as far as they are known. Pure. */
import type { ProbeReport } from "../../django/probe-report.ts";

/** The settings that the probe reported, by name. */
export type Settings = Readonly<
  Record<
    string,
    Pick<ProbeReport["settings"][string], "value" | "supplied"> & { readonly default_of?: string }
  >
>;

/** Whether a value says nothing of production: it is shipshape's stand-in, or the probe hid it as a secret. */
function isUnknown(fact: Settings[string] | undefined): boolean {
  return fact?.supplied === "shipshape" || JSON.stringify(fact?.value ?? null).includes("***");
}

/** Why settings that matter to `hosts` were not compared; empty when all were. A sentence without its full stop. */
export function notCompared(settings: Settings): string {
  const names = ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"].filter((name) => isUnknown(settings[name]));
  if (names.length === 0) return "";
  return (
    `${names.join(" and ")} not compared, because neither the image nor \`env\` sets what production has there. ` +
    "Give it with `env`"
  );
}

/** Reads settings. A value that shipshape supplied or that the probe hid counts as unknown. */
export class DjangoSettings {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The setting's value; undefined when it is unknown. */
  value(name: string): unknown {
    const fact = this.#settings[name];
    return isUnknown(fact) ? undefined : fact?.value;
  }

  /** The texts of a list setting; undefined when it is unknown or not a list. */
  list(name: string): readonly string[] | undefined {
    const value = this.value(name);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
  }

  /** A text setting; undefined when it is unknown or not a text. */
  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === "string" ? value : undefined;
  }

  /** Whether the workflow's `env` supplied the value. */
  isFromEnv(name: string): boolean {
    return this.#settings[name]?.supplied === "user";
  }

  /** The variable whose default the value is, because nobody sets it here; empty when there is none. */
  defaultOf(name: string): string {
    return this.#settings[name]?.default_of ?? "";
  }

  /** The setting as a message may quote it. Values that come from `env` are never printed. */
  quote(name: string): string {
    if (this.isFromEnv(name)) return `${name} (whose value comes from \`env\`)`;
    return `${name} = ${inPython(this.value(name))}`;
  }

  /** Django's version, major and minor, as a number; 0 when it is unknown. */
  get version(): number {
    return Number.parseFloat(this.text("VERSION") ?? "") || 0;
  }

  /** Whether MIDDLEWARE has such a class; undefined when MIDDLEWARE is unknown. */
  hasMiddleware(name: RegExp): boolean | undefined {
    return this.list("MIDDLEWARE")?.some((path) => name.test(path));
  }
}

/** A value as it is written in a settings file. */
function inPython(value: unknown): string {
  if (value === undefined || value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}
