/** Reads single inputs from the runner's environment, and notes each problem. */
import { type ListForm, parseList } from "./lists.ts";
import { didYouMean, either, type Parsed, type Problems, show } from "./problems.ts";
import { hintFor, itemHint, slipsIn } from "./slips.ts";

/** The runner's variable of an input: upper case, spaces as `_`; dashes stay (`INPUT_BUILD-ARGS`). */
export function variableOf(input: string): string {
  return `INPUT_${input.replace(/ /g, "_").toUpperCase()}`;
}

/** The inputs of one step. An empty input counts as not given. */
export class Reader {
  readonly env: NodeJS.ProcessEnv;
  readonly problems: Problems;
  readonly #names = new Set<string>();

  constructor(env: NodeJS.ProcessEnv, problems: Problems) {
    this.env = env;
    this.problems = problems;
  }

  /** The names of the inputs that were read so far, also of those that are empty. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** The input as the workflow wrote it. A NUL in it is a problem, because no program can take one. */
  raw(input: string): string {
    this.#names.add(input);
    const value = this.env[variableOf(input)] ?? "";
    if (!value.includes("\0")) return value;
    this.problems.add(input, "has a NUL character in it, which no program can take.");
    return "";
  }

  /** The input without white space at its ends. */
  text(input: string): string {
    return this.raw(input).trim();
  }

  /** An input that must match `pattern` if it is given. `allowed` is a sentence that says what to write. */
  matching(input: string, pattern: RegExp, allowed: string): string {
    const value = this.text(input);
    if (value === "" || pattern.test(value)) return value;
    this.problems.add(input, `${show(value)} is not allowed. ${allowed}${hintFor(value)}`);
    return "";
  }

  /** A boolean as @actions/core reads it. */
  flag(input: string, otherwise: boolean): boolean {
    const value = this.text(input);
    if (/^(true|True|TRUE)$/.test(value)) return true;
    if (/^(false|False|FALSE)$/.test(value)) return false;
    if (value !== "")
      this.problems.add(input, `${show(value)} is not a boolean. Write \`true\` or \`false\`.`);
    return otherwise;
  }

  /** One word of several. Upper and lower case are the same. */
  choice<const T extends string, const D extends string>(
    input: string,
    options: readonly T[],
    otherwise: D,
  ): T | D {
    const value = this.text(input);
    const found = options.find((option) => option.toLowerCase() === value.toLowerCase());
    if (found !== undefined || value === "") return found ?? otherwise;
    const hint = didYouMean(value, options);
    this.problems.add(input, `${show(value)} is not allowed. Write ${either(options)}.${hint}`);
    return otherwise;
  }

  /** The items of a list. One that docker/build-push-action has too has the same form as there. */
  list(input: string, form: ListForm): readonly string[] {
    return this.problems.take(input, parseList(this.raw(input), form)) ?? [];
  }

  /**
   * What the items of a list mean.
   * @param parse gives the meaning of an item; or what is wrong with it, as a sentence that continues after the item
   */
  parsed<T>(input: string, form: ListForm, parse: (item: string) => Parsed<T> | string): readonly T[] {
    return this.list(input, form).flatMap((item, index) => {
      const read = parse(item);
      if (typeof read !== "string" && "value" in read) return [read.value];
      const problem = typeof read === "string" ? `${show(item)} ${read}` : read.problem;
      const isRest = index > 0 && /^(labels|annotations)$/.test(input) && !item.includes("=");
      this.problems.add(input, `${problem}${itemHint(item, isRest)}`);
      return [];
    });
  }

  /**
   * Adds a notice for each slip in the values of a list that were taken.
   * @param another as `slipsIn` takes it
   */
  noteSlips(
    input: string,
    pairs: readonly (readonly [name: string, value: string])[],
    another: (name: string, key: string) => string,
  ): void {
    const { notices } = this.problems;
    // A value that a password may be in can have anything in its middle.
    const mayRun = /^(caddy-)?build-args$|^labels$|^annotations$/.test(input);
    notices.push(...slipsIn(pairs, this.env, another, mayRun).map((sentence) => `\`${input}\`: ${sentence}`));
  }
}
