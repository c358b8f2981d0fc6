/** What `caddy validate` printed, as data: the texts of 2.6 and of 2.11 say the same in two forms. Pure. */

/** What is kept of words that come from a container. */
const MOST_WARNINGS = 100;
const LONGEST = 4000;

/** The one error that validate ends with. Caddy stops at the first. */
export interface Problem {
  /** Without place and without the stages that it came through. */
  readonly message: string;
  /** The whole line, for people. */
  readonly text: string;
  /** Path in the container; empty when Caddy names none. */
  readonly file: string;
  readonly line: number | undefined;
  /** Where it was imported, outermost first: `Caddyfile:7 (import a)`. */
  readonly chain: readonly string[];
  /** `adapt`: the Caddyfile itself. `provision`: what it makes Caddy load. */
  readonly stage: "adapt" | "provision";
}

/** A warning of Caddy's log. */
export interface Warning {
  readonly message: string;
  readonly file: string;
  readonly line: number | undefined;
}

export interface Validated {
  readonly problem: Problem | undefined;
  readonly warnings: readonly Warning[];
  /** Caddy itself fell over: what it said. */
  readonly crash: string;
}

/**
 * Reads validate's standard error.
 * @param code its exit code: 0 valid, 1 not, 2 a panic
 */
export function readValidate(stderr: string, code: number): Validated {
  const lines = stderr.split("\n");
  const warnings = lines.flatMap(warningIn).slice(0, MOST_WARNINGS);
  if (code === 0) return { problem: undefined, warnings, crash: "" };
  const start = lines.findLastIndex((line) => line.startsWith("Error: "));
  const text = start < 0 ? "" : lines.slice(start).join("\n").trim().slice("Error: ".length);
  const error = text.slice(0, LONGEST);
  if (code === 1 && error !== "") return { problem: readProblem(error), warnings, crash: "" };
  const said = lines.find((line) => /^(panic|fatal error|runtime error): /.test(line)) ?? lines.at(-1) ?? "";
  return { problem: undefined, warnings, crash: said || `exit code ${code}` };
}

/** Reads the text behind `Error: `. */
export function readProblem(text: string): Problem {
  const adapting = /^adapting config using \S+: /.exec(text)?.[0];
  const rest = text.slice(adapting?.length ?? 0).replace(/^parsing caddyfile tokens for '[^']*': /, "");
  return {
    text,
    stage: adapting === undefined ? "provision" : "adapt",
    chain: [],
    ...(oldForm(rest) ?? newForm(rest) ?? { message: withoutStages(rest), file: "", line: undefined }),
  };
}

/** `loading http app module: provision http: … provision http.matchers.path_regexp: text`: the last one says it. */
function withoutStages(text: string): string {
  const [, module = "", message] = /^loading .*\bprovision ([\w.]+): (.*)$/s.exec(text) ?? [];
  return message === undefined ? text : `${module}: ${message}`;
}

type Placed = Pick<Problem, "message" | "file" | "line"> & { readonly chain?: readonly string[] };

/** `/etc/caddy/Caddyfile:3 - Error during parsing: text`, and for unknown directives `…:3: text` in both. */
function oldForm(text: string): Placed | undefined {
  const [, file = "", line, message] = /^(\/[^:\n]+):(\d+)(?: - [A-Z][A-Za-z ]+)?: (.*)$/s.exec(text) ?? [];
  return message === undefined ? undefined : { file, line: Number(line), message };
}

/** `text, at /etc/caddy/Caddyfile:3 import chain ['/etc/caddy/Caddyfile:7 (import a)']`. */
function newForm(text: string): Placed | undefined {
  const [, message, file = "", line, chain = ""] =
    /^(.*), at (\/[^:\n]+):(\d+)(?: import chain:? \[(.*)\])?$/s.exec(text) ?? [];
  if (message === undefined) return undefined;
  const imported = [...chain.matchAll(/'([^']+)'/g)].map(([, one = ""]) => one);
  return { file, line: Number(line), message, chain: imported };
}

/** One line of Caddy's log (JSON, as standard error is no terminal). Formatting is a check of its own. */
function warningIn(line: string): Warning[] {
  const entry = line.startsWith("{") ? parse(line) : undefined;
  if (entry === undefined || (entry.level !== "warn" && entry.level !== "error")) return [];
  const { msg, file, line: number } = entry;
  if (typeof msg !== "string" || /is not formatted/.test(msg)) return [];
  const about = [entry.pattern, entry.error, entry.server_name].filter((one) => typeof one === "string");
  return [
    {
      message: (about.length === 0 ? msg : `${msg} (${about.join(", ")})`).slice(0, LONGEST),
      file: typeof file === "string" ? file : "",
      line: typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined,
    },
  ];
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
