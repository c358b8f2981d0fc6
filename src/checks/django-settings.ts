/** Django's side of the comparison: the settings of the image, as far as they are known. Pure. */
import { object, text } from "../request/json.ts";
import type { ProbeReport } from "./django/probe-report.ts";
import type { StaticRoot } from "./project/static-files.ts";
import { isPublic } from "./public-hosts.ts";

/** The settings that the probe reported, by name. */
export type Settings = Readonly<
  Record<
    string,
    Pick<ProbeReport["settings"][string], "value" | "supplied"> & {
      readonly default_of?: string;
      readonly without?: unknown;
    }
  >
>;

/** Why a value says nothing of production: as the end of a sentence with "because"; empty when it does. */
function whyUnknown(fact: Settings[string] | undefined): string {
  if (fact === undefined) return "the report of the settings does not have it";
  if (fact.supplied === "shipshape")
    return "neither the image nor `env` sets what production has there. Give it with `env`";
  if (JSON.stringify(fact.value ?? null).includes("***"))
    return "it has the value of a secret or of `env` in it, which the report hides";
  return "";
}

/**
 * The settings as they are without DJANGO_ENV=production, where shipshape supplied that; undefined when it makes no
 * difference.
 */
export function withoutProduction(settings: Settings): Settings | undefined {
  const all = Object.entries(settings);
  if (all.every(([, { without }]) => without === undefined)) return undefined;
  return Object.fromEntries(
    all.map(([name, fact]) => [name, fact.without === undefined ? fact : { ...fact, value: fact.without }]),
  );
}

/**
 * Reads settings. A value that shipshape supplied or that the probe hid counts as unknown, and so does one that is not in
 * the report. It notes the unknown ones that somebody asked for.
 */
export class DjangoSettings {
  readonly #settings: Settings;
  /** Why → the names. */
  readonly #unknown = new Map<string, Set<string>>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The setting's value; undefined when it is unknown. */
  value(name: string): unknown {
    const fact = this.#settings[name];
    const why = whyUnknown(fact);
    if (why === "") return fact?.value;
    this.#unknown.set(why, (this.#unknown.get(why) ?? new Set()).add(name));
    return undefined;
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

  /** The settings that were asked for and are unknown, and why. Sentences without the last full stop; empty when none is. */
  get notCompared(): string {
    return [...this.#unknown]
      .map(([why, names]) => `${[...names].join(" and ")} not compared, because ${why}`)
      .join(". ");
  }

  /**
   * Whether production surely has these values. It may have others where they come from `env`, which only the checks see;
   * and where a list is a variable's default that is empty or only of use on one's own machine.
   */
  areProductions(...names: readonly string[]): boolean {
    return names.every((name) => {
      if (this.isFromEnv(name)) return false;
      const items = this.#defaultOf(name) === "" ? undefined : this.list(name);
      return items === undefined || items.some(isForOthers);
    });
  }

  /** Who gave a value that production may not have, as a sentence of a hint after a blank; empty when it is the image's. */
  whereFrom(name: string): string {
    if (this.isFromEnv(name))
      return ` The step's \`env\` sets ${name}. What production sets is not known here, so this does not count.`;
    const variable = this.#defaultOf(name);
    if (variable === "") return "";
    return ` This is the default of the variable ${variable}: if production sets it, give the checks its value with \`env\`.`;
  }

  /** The variable whose default the value is, because nobody sets it here; empty when there is none. */
  #defaultOf(name: string): string {
    return this.#settings[name]?.default_of ?? "";
  }

  /** The setting as a message may quote it. Values that come from `env` are never printed. */
  quote(name: string): string {
    if (this.isFromEnv(name)) return `${name} (whose value comes from \`env\`)`;
    return `${name} = ${inPython(this.value(name))}`;
  }

  /** What a message may say of a value: the setting's name where the value comes from `env`, which is never printed. */
  shown(name: string, value: string): string {
    return this.isFromEnv(name) ? name : value;
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

/** Whether a host or an origin is one that others use. */
function isForOthers(item: string): boolean {
  return item !== "testserver" && isPublic(item.replace(/^[a-z]+:\/\//i, "").replace(/:\d+$/, ""));
}

/** A value as it is written in a settings file. */
function inPython(value: unknown): string {
  if (value === undefined || value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return Array.isArray(value) ? `[${value.map(inPython).join(", ")}]` : JSON.stringify(value);
}

/** Where collectstatic puts the files; undefined where that is not known, or is no folder of the container. */
export function staticRoot(django: DjangoSettings): StaticRoot | undefined {
  const root = (django.text("STATIC_ROOT") ?? "").replace(/\/$/, "");
  // A storage of django-storages keeps nothing in STATIC_ROOT.
  const isRemote = text(object(django.value("STORAGES")).staticfiles).startsWith("storages.");
  if (!root.startsWith("/") || isRemote) return undefined;
  return {
    path: root,
    quoted: django.quote("STATIC_ROOT"),
    isSure: !django.isFromEnv("STATIC_ROOT"),
    isFilled: django.value("HAS_STATIC_FILES") === true,
    hasMiddleware: django.hasMiddleware(/whitenoise|servestatic/i) === true,
  };
}
