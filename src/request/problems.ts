/** Problems, notices and warnings about the inputs. All problems are reported in one error. */
import { Failure } from "../failure.ts";
import { escapeInvisible } from "./invisible.ts";

/** A value that was read, or the sentence that says what is wrong with its text. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** How many characters of a value a message quotes. */
const SHOWN = 80;

/** Collects sentences about the inputs, in the order in which they are found. */
export class Problems {
  readonly #lines: string[] = [];
  readonly notices: string[] = [];
  readonly warnings: string[] = [];

  /** Adds one problem, unless it is there already. `sentence` continues after the input's name. */
  add(input: string, sentence: string): void {
    const line = `\`${input}\` ${sentence}`;
    if (!this.#lines.includes(line)) this.#lines.push(line);
  }

  /** The value; `undefined` when there is none, and then its problem is added. */
  take<T>(input: string, read: Parsed<T>): T | undefined {
    if ("value" in read) return read.value;
    this.add(input, read.problem);
    return undefined;
  }

  /** @throws {Failure} "Invalid input" with a line for each problem, if there are any */
  throwIfAny(): void {
    const [only, ...more] = this.#lines;
    if (only === undefined) return;
    if (more.length === 0) throw new Failure("Invalid input", only);
    const list = this.#lines.map((line) => `- ${line}`).join("\n");
    throw new Failure("Invalid input", `${this.#lines.length} problems with the inputs:\n${list}`);
  }
}

/**
 * A value as a message may quote it: on one line, with control characters and text-direction marks escaped, without
 * the password of a URL, cut after 80 characters.
 */
export function show(value: string): string {
  const characters = [...value.replace(/\/\/[^/@\s]*@/g, "//***@")];
  const kept = characters.slice(0, SHOWN).join("");
  const more = characters.length > SHOWN ? "…" : "";
  return `"${escapeInvisible(kept)}${more}"`;
}

/** Joins options for a sentence: `a`, `b` or `c`. */
export function either(options: readonly string[]): string {
  const quoted = options.map((option) => `\`${option}\``);
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(quoted);
}

/**
 * " Did you mean `x`?" if one of the options is spelt like the word; otherwise empty.
 * @param prefix what the workflow writes before the option
 */
export function didYouMean(word: string, options: readonly string[], prefix = ""): string {
  const near = nearest(word, options);
  return near === undefined ? "" : ` Did you mean \`${prefix}${near}\`?`;
}

/** The option that `word` is probably a misspelling of: at most a third of its letters may differ. */
export function nearest(word: string, options: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  const wanted = word.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return options
    .map((option) => ({ option, steps: distance(wanted, option.toLowerCase()) }))
    .filter(({ steps }) => steps <= most)
    .sort((a, b) => a.steps - b.steps)[0]?.option;
}

/** How many letters must be added, dropped, changed or swapped with their neighbour to make `b` out of `a`. */
function distance(a: string, b: string): number {
  const table: number[][] = [];
  /** For the first `i` letters of `a` and the first `j` of `b`. */
  const at = (i: number, j: number) => table[i]?.[j] ?? i + j;
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [];
    table[i] = row;
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? at(i - 2, j - 2) + 1 : changed;
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped);
    }
  }
  return at(a.length, b.length);
}
