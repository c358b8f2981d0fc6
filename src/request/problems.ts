/** Problems, notices and warnings about the inputs. All problems are reported in one error. */
import { Failure } from "../failure.ts";

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
  return `"${escapeControls(kept)}${more}"`;
}

function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
    const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return named ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
  });
}

/** Joins options for a sentence: `a`, `b` or `c`. */
export function either(options: readonly string[]): string {
  const quoted = options.map((option) => `\`${option}\``);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

/** " Did you mean `x`?" if one of the options is spelt like the word; otherwise empty. */
export function didYouMean(word: string, options: readonly string[]): string {
  const near = nearest(word, options);
  return near === undefined ? "" : ` Did you mean \`${near}\`?`;
}

/** The option that `word` is probably a misspelling of: at most a third of its letters may differ. */
export function nearest(word: string, options: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const option of options) {
    const steps = distance(wanted, option.toLowerCase());
    if (steps < least) [best, least] = [option, steps];
  }
  return best;
}

/** How many letters must be added, dropped, changed or swapped with their neighbour to make `b` out of `a`. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const steps = [
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      ];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) steps.push((before[column - 2] ?? 0) + 1);
      current.push(Math.min(...steps));
    }
    [before, above] = [above, current];
  }
  return above[b.length] ?? 0;
}
