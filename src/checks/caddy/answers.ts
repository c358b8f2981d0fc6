/** From what Caddy said in its container to the answers of `caddy`, `caddy-format` and `hosts`. Pure. */
import type { Level } from "../../request/request.ts";
import type { Finding } from "../finding.ts";
import type { Answer } from "../verdict.ts";
import { type Adapted, readAdapted } from "./adapted.ts";
import type { Caddyfile } from "./caddyfile.ts";
import { explain } from "./explain.ts";
import { locate } from "./locate.ts";
import { firstDifference, readValidate, type Validated } from "./output.ts";
import type { ProjectFacts } from "./rules/comparison.ts";
import { type Settings, settingsNotCompared } from "./rules/django-settings.ts";
import { compareWithDjango } from "./rules/rules.ts";
import { type LookUp, type StandIn, type Use, usesIn, type VariableState } from "./variables.ts";

/** A Caddyfile and what it imports, as they were put into the container. */
export interface Staged {
  /** The workflow named it, so its findings count. */
  readonly named: boolean;
  /** The Caddyfile first. */
  readonly files: readonly Caddyfile[];
  /** Container path → repo path. */
  readonly places: ReadonlyMap<string, string>;
  /** Further Caddyfiles that were found and left alone. */
  readonly others: readonly string[];
  readonly standIns: readonly StandIn[];
}

/** What Caddy printed for one command. */
export interface Printed {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** What caddy.sh left. */
export interface Said {
  readonly version: string;
  readonly validate: Printed;
  readonly adapt: Printed;
  /** Container path → the file as `caddy fmt` writes it; none where it could not. */
  readonly formatted: ReadonlyMap<string, string>;
  /** Variable → `set`, `empty` or `unset`, before stand-ins. */
  readonly states: ReadonlyMap<string, string>;
}

/** What was asked for, and how. */
export interface Terms {
  readonly checks: readonly string[];
  /** The stock image's name; empty for the project's own. */
  readonly stock: string;
  readonly env: ReadonlyMap<string, string>;
  /** Hides the values of `caddy-env`. */
  readonly scrub: (text: string) => string;
}

export interface Timing {
  readonly seconds: number;
  readonly cached: boolean;
}

/** The checks of this room. */
export const CADDY = "caddy";
export const FORMAT = "caddy-format";
export const HOSTS = "hosts";

/** What Caddy's side comes to; `hosts` needs Django's as well. */
export interface CaddySide {
  readonly answers: readonly Answer[];
  /** Compares with Django's settings. */
  readonly agree: (settings: Settings, around: ProjectFacts) => Answer;
}

/** Reads all that Caddy said. */
export function readSaid(said: Said, staged: Staged, terms: Terms, timing: Timing): CaddySide {
  const uses = usesIn(staged.files);
  const states = statesOf(said, staged, terms, uses);
  const validated = readValidate(said.validate.err, said.validate.code);
  const sheet = new Sheet(staged, terms);
  const caddy: Answer = {
    ...blank(CADDY, timing),
    ...(validated.crash === ""
      ? { findings: caddyFindings({ said, staged, terms, uses, states, validated }, sheet) }
      : {
          reason: `Caddy ${said.version} fell over: ${terms.scrub(validated.crash).replace(/\.$/, "")}`,
          output: terms.scrub(said.validate.err.slice(-4000)),
        }),
    notes: notesOf(said, staged, terms, uses, states),
  };
  const format: Answer = { ...blank(FORMAT, timing), findings: formatFindings(said, staged, sheet) };
  const adapted = said.adapt.code === 0 ? readAdapted(said.adapt.out) : undefined;
  return {
    answers: [caddy, format].filter(({ name }) => terms.checks.includes(name)),
    agree: (settings, around) =>
      hostsAnswer(adapted, { settings, around, staged, terms, states, timing }, sheet),
  };
}

/** Answers of checks that did not run, for a reason that is nobody's fault. */
export function skipped(checks: readonly string[], why: string): Answer[] {
  return checks.map((name) => ({ ...blank(name, { seconds: 0, cached: false }), skipped: why }));
}

/**
 * Answers of checks that could not run. The first says why, for all have one reason; a Caddyfile that was
 * merely found is waited for by nobody.
 */
export function notRun(checks: readonly string[], why: string, { named }: Pick<Staged, "named">): Answer[] {
  const [first, ...others] = checks;
  if (!named || first === undefined) return skipped(checks, why);
  const answer = { ...blank(first, { seconds: 0, cached: false }), reason: why };
  return [answer, ...skipped(others, `${first} could not run`)];
}

function blank(name: string, { seconds, cached }: Timing): Answer {
  return { name, findings: [], seconds, cached, silenced: 0, reason: "", output: "", notes: [] };
}

/** Writes findings: levels by who named the Caddyfile, places in the repository, hidden values. */
class Sheet {
  readonly #staged: Staged;
  readonly #terms: Terms;

  constructor(staged: Staged, terms: Terms) {
    this.#staged = staged;
    this.#terms = terms;
  }

  finding(
    check: string,
    one: {
      readonly id: string;
      readonly level: Level;
      readonly message: string;
      readonly hint: string;
      readonly file: string;
      readonly line: number | undefined;
      readonly replacement?: string;
    },
  ): Finding {
    const { scrub } = this.#terms;
    const { named, places, files } = this.#staged;
    const file = places.get(one.file) ?? "";
    const lessened = !named && one.level !== "INFO";
    const caddyfile = places.get(files[0]?.path ?? "") ?? "";
    const hint = lessened
      ? `${one.hint}\nThis Caddyfile was found and not named, so it only informs: \`caddyfile: ${caddyfile}\` makes it count.`
      : one.hint;
    const line = one.line === undefined ? "" : `:${one.line}`;
    return {
      check,
      level: named ? one.level : "INFO",
      id: one.id,
      message: scrub(this.#inRepository(one.message)),
      hint: scrub(this.#inRepository(hint.trim())),
      object: "",
      file,
      line: file === "" ? undefined : one.line,
      containerFile: file === "" && one.file !== "" ? `${one.file}${line}` : "",
      count: 1,
      migration: undefined,
      ...(one.replacement === undefined ? {} : { replacement: one.replacement }),
    };
  }

  /** Paths in the container mean nothing to the reader where the file is the repository's. */
  #inRepository(text: string): string {
    let told = text;
    for (const [path, repoPath] of this.#staged.places) told = told.replaceAll(path, repoPath);
    return told;
  }
}

interface Case {
  readonly said: Said;
  readonly staged: Staged;
  readonly terms: Terms;
  readonly uses: readonly Use[];
  readonly states: ReadonlyMap<string, VariableState>;
  readonly validated: Validated;
}

function statesOf(
  { states }: Said,
  { standIns }: Staged,
  { env }: Terms,
  uses: readonly Use[],
): ReadonlyMap<string, VariableState> {
  const ours = new Set(standIns.map(({ name }) => name));
  return new Map(
    uses.map(({ name }) => {
      const state = states.get(name);
      if (state === "empty") return [name, "empty"];
      if (state === "set") return [name, env.has(name) ? "given" : "image"];
      return [name, ours.has(name) ? "stand-in" : "unset"];
    }),
  );
}

function caddyFindings(the: Case, sheet: Sheet): Finding[] {
  const { problem, warnings } = the.validated;
  const explained = problem === undefined ? [] : [explain(problem, known(the))];
  const variables = variableFindings(the).filter(
    (one) =>
      !explained.some(({ id, file, line }) => tellsOfVariable(id) && file === one.file && line === one.line),
  );
  return [
    ...explained.map((one) => sheet.finding(CADDY, one)),
    ...severalFindings(the.staged).map((one) => sheet.finding(CADDY, one)),
    ...variables.map((one) => sheet.finding(CADDY, one)),
    ...warnings.map((one) => sheet.finding(CADDY, { ...one, id: "caddy.warning", level: "INFO", hint: "" })),
  ];
}

/** Which of several Caddyfiles production uses nobody can tell. */
function severalFindings({ others, files: [first] }: Staged) {
  if (others.length === 0 || first === undefined) return [];
  const message = `${first.path} was checked, and there are ${others.join(", ")} as well.`;
  const hint = "Name the one that production uses with `caddyfile`.";
  return [{ id: "caddy.several", level: "INFO" as const, message, hint, file: first.path, line: undefined }];
}

/** Whether an error tells already of the variable on its line. */
function tellsOfVariable(id: string): boolean {
  return id === "caddy.unset-variable";
}

function known({ said, staged, terms, uses, states }: Case) {
  return { files: staged.files, uses, states, version: said.version, stock: terms.stock };
}

/** What the variables alone say, whether Caddy took the file or not. */
function variableFindings({ uses, states }: Case) {
  const told = new Set<string>();
  return uses.flatMap(({ name, fallback, file, line, where }) => {
    const state = states.get(name);
    const about = (id: string, level: Level, message: string, hint: string) => {
      if (told.has(`${id} ${name}`)) return [];
      told.add(`${id} ${name}`);
      return [{ id, level, message, hint, file, line }];
    };
    const give = `Give it a value with \`caddy-env\` to have the file checked as production has it:\ncaddy-env: |\n  ${name}=…`;
    const found = fallback?.startsWith("-")
      ? about(
          "caddy.default-dash",
          "WARNING",
          `{$${name}:${fallback}} has the default "${fallback}", with the dash: \`:-\` is a shell's and not Caddy's.`,
          `Write {$${name}:${fallback.slice(1)}}.`,
        )
      : [];
    if (state === "stand-in" && fallback === undefined)
      found.push(
        ...about(
          "caddy.variable",
          "INFO",
          `{$${name}} has no value here: the file was checked with a ${where === "port" ? "port" : "reserved example host"} in its place.`,
          give,
        ),
      );
    if (state === "unset" && fallback === undefined)
      found.push(
        ...about(
          "caddy.variable",
          "INFO",
          `{$${name}} has no value here: Caddy reads nothing in its place.`,
          give,
        ),
      );
    if (state === "empty" && fallback !== undefined)
      found.push(
        ...about(
          "caddy.empty-variable",
          "WARNING",
          `${name} is set and empty, so Caddy reads nothing in its place: the default "${fallback}" is for a variable that is absent.`,
          "Take the variable away, or give it its value.",
        ),
      );
    return found;
  });
}

function formatFindings({ formatted }: Said, { files }: Staged, sheet: Sheet): Finding[] {
  return files.flatMap(({ path, text }) => {
    const replacement = formatted.get(path);
    // Caddy writes nothing where it cannot read the file.
    if (replacement === undefined || (replacement === "" && text.trim() !== "")) return [];
    const line = firstDifference(text, replacement);
    if (line === undefined) return [];
    return [
      sheet.finding(FORMAT, {
        id: "caddy.not-formatted",
        level: "INFO",
        message: `${path} is not as \`caddy fmt\` writes it, from this line on.`,
        hint: `Run \`caddy fmt --overwrite ${path}\`; the formatted text is in the report.`,
        file: path,
        line,
        replacement,
      }),
    ];
  });
}

function notesOf(
  { version }: Said,
  { places, files }: Staged,
  { stock }: Terms,
  uses: readonly Use[],
  states: ReadonlyMap<string, VariableState>,
): string[] {
  const path = places.get(files[0]?.path ?? "") ?? "";
  const defaults = uses.filter(
    ({ name, fallback }) => fallback !== undefined && states.get(name) === "unset",
  );
  const names = [...new Set(defaults.map(({ name, fallback }) => `${name} (${fallback})`))];
  return [
    `${path}, by Caddy ${version} of ${stock || "the project's own image"}`,
    ...(names.length === 0 ? [] : [`Checked with the defaults of ${names.join(", ")}`]),
  ];
}

interface Comparison {
  readonly settings: Settings;
  readonly around: ProjectFacts;
  readonly staged: Staged;
  readonly terms: Terms;
  readonly states: ReadonlyMap<string, VariableState>;
  readonly timing: Timing;
}

function hostsAnswer(adapted: Adapted | undefined, the: Comparison, sheet: Sheet): Answer {
  const { settings, around, timing } = the;
  if (adapted === undefined)
    return {
      ...blank(HOSTS, timing),
      skipped: "Caddy cannot read the Caddyfile, so there is nothing to compare",
    };
  if (Object.keys(settings).length === 0) {
    const why = "the settings could not be loaded, so there is nothing to compare";
    // Without any other check nobody else tells of it.
    return { ...blank(HOSTS, timing), ...(the.staged.named ? { reason: why } : { skipped: why }) };
  }
  const findings = compareWithDjango(adapted, settings, around).map((one) => {
    const { file, line } = locate(one.at, the.staged.files, valuesIn(the));
    return sheet.finding(HOSTS, { ...one, file, line });
  });
  const notes = settingsNotCompared(settings).map(
    (name) =>
      `${name} was not compared: neither the image nor \`env\` sets it, so its value is ours. Give production's with \`env\``,
  );
  return { ...blank(HOSTS, timing), findings, notes };
}

/** Values of variables, as far as they are known outside of the container. */
function valuesIn({ staged, terms, states }: Comparison): LookUp {
  const standIns = new Map(staged.standIns.map(({ name, value }) => [name, value]));
  return (name, fallback) => {
    const state = states.get(name);
    if (state === "given" || state === "empty") return terms.env.get(name) ?? "";
    return state === "image" ? undefined : (fallback ?? standIns.get(name) ?? "");
  };
}
