/** What `caddy validate` printed, as data. Caddy 2.6 and 2.11 write the place of an error differently. Pure. */

import { object, parseJson, text, texts } from "../../request/json.ts";

/** Limits on what is kept, because the output comes from a container. */
const MAX_WARNINGS = 100;
const MAX_CHARACTERS = 4000;

/** The one error that validate ends with: Caddy stops at the first. */
export interface CaddyError {
  /** Without its place, and without the phases of Caddy that wrap it. */
  readonly message: string;
  /** Path in the container; empty when Caddy names none. */
  readonly file: string;
  readonly line: number | undefined;
  /** Where the line was imported, outermost first: `Caddyfile:7 (import a)`. */
  readonly importChain: readonly string[];
  /** `adapt`: the Caddyfile itself is wrong. `provision`: Caddy failed to load what the Caddyfile asks for. */
  readonly phase: "adapt" | "provision";
}

/** A warning of Caddy's log. */
export type Warning = Pick<CaddyError, "message" | "file" | "line">;

/** What `caddy validate` came to. */
export interface Validated {
  /** Undefined when the Caddyfile is valid, or when Caddy crashed. */
  readonly error: CaddyError | undefined;
  readonly warnings: readonly Warning[];
  /** What Caddy printed when it crashed; empty when it did not. */
  readonly crash: string;
}

/**
 * Reads validate's standard error.
 * @param code its exit code: 0 valid, 1 not valid, 2 a panic
 */
export function readValidate(stderr: string, code: number): Validated {
  const lines = stderr.split("\n");
  const warnings = lines.flatMap(warningIn).slice(0, MAX_WARNINGS);
  if (code === 0) return { error: undefined, warnings, crash: "" };
  const start = lines.findLastIndex((line) => line.startsWith("Error: "));
  const printed = start < 0 ? "" : lines.slice(start).join("\n").trim().slice("Error: ".length);
  const kept = printed.slice(0, MAX_CHARACTERS);
  if (code === 1 && kept !== "") return { error: readError(kept), warnings, crash: "" };
  const panic = lines.find((line) => /^(panic|fatal error|runtime error): /.test(line)) ?? lines.at(-1) ?? "";
  return { error: undefined, warnings, crash: panic || `exit code ${code}` };
}

/** Reads the text after `Error: `. */
export function readError(text: string): CaddyError {
  const adapting = /^adapting config using \S+: /.exec(text)?.[0];
  const rest = text.slice(adapting?.length ?? 0).replace(/^parsing caddyfile tokens for '[^']*': /, "");
  const placed = placeBefore(rest) ?? placeAfter(rest) ?? { message: lastCause(rest) };
  return {
    phase: adapting === undefined ? "provision" : "adapt",
    importChain: [],
    file: "",
    line: undefined,
    ...placed,
  };
}

/** `loading http app module: provision http: … provision http.matchers.path_regexp: text`: only the last part helps. */
function lastCause(text: string): string {
  const [, module = "", message] = /^loading .*\bprovision ([\w.]+): (.*)$/s.exec(text) ?? [];
  return message === undefined ? text : `${module}: ${message}`;
}

type Placed = Pick<CaddyError, "message"> & Partial<CaddyError>;

/** Caddy 2.6: `/etc/caddy/Caddyfile:3 - Error during parsing: text`. Unknown directives in both: `…:3: text`. */
function placeBefore(text: string): Placed | undefined {
  const [, file = "", line, message] = /^(\/[^:\n]+):(\d+)(?: - [A-Z][A-Za-z ]+)?: (.*)$/s.exec(text) ?? [];
  return message === undefined ? undefined : { file, line: Number(line), message };
}

/** Later: `text, at /etc/caddy/Caddyfile:3 import chain ['/etc/caddy/Caddyfile:7 (import a)']`. */
function placeAfter(text: string): Placed | undefined {
  const [, message, file = "", line, chain = ""] =
    /^(.*), at (\/[^:\n]+):(\d+)(?: import chain:? \[(.*)\])?$/s.exec(text) ?? [];
  if (message === undefined) return undefined;
  const importChain = [...chain.matchAll(/'([^']+)'/g)].map(([, one = ""]) => one);
  return { file, line: Number(line), message, importChain };
}

/** Reads one line of Caddy's log, which is JSON when standard error is not a terminal. */
function warningIn(line: string): Warning[] {
  const entry = object(line.startsWith("{") ? parseJson(line) : undefined);
  if (entry.level !== "warn" && entry.level !== "error") return [];
  const { msg, line: number } = entry;
  // Formatting has a check of its own.
  if (typeof msg !== "string" || /is not formatted/.test(msg)) return [];
  const about = texts([entry.pattern, entry.error, entry.server_name]);
  return [
    {
      message: (about.length === 0 ? msg : `${msg} (${about.join(", ")})`).slice(0, MAX_CHARACTERS),
      file: text(entry.file),
      line: typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined,
    },
  ];
}
