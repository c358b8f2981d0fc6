/**
 * Inputs that hold several items. The inputs of docker/build-push-action are read as it reads them (its
 * `src/context.ts` with `Util.getList` of docker/actions-toolkit). Our own inputs take one item a line.
 */
import { parse } from "csv-parse/sync";
import type { Parsed } from "./problems.ts";

/** How an input differs from plain CSV. */
export interface ListForm {
  /** A comma belongs to its item, so each item has a line of its own. */
  readonly ignoreComma?: true;
  /** White space at the ends of an item belongs to it. */
  readonly untrimmed?: true;
}

/** Items are separated by line breaks or commas. */
export const CSV: ListForm = {};
/** Items are separated by line breaks. A comma belongs to its item. */
export const LINES: ListForm = { ignoreComma: true };
/** The form of `secrets`: as LINES, and the white space at the ends of an item belongs to it. */
export const VERBATIM: ListForm = { ignoreComma: true, untrimmed: true };

/**
 * The items of an input in one of these forms. Each line is a CSV record: quotes around an item keep its line
 * breaks, and a doubled quote inside them is one quote. `#` is text, for this form has no comments. Empty items are
 * left out.
 */
export function parseList(text: string, form: ListForm = {}): Parsed<readonly string[]> {
  const input = form.untrimmed ? text : text.trim();
  const records = parseRecords(input);
  if (records === undefined)
    return {
      problem: 'has a `"` that is opened and never closed. Double a quote that belongs to the text: `""`.',
    };
  const items = records.flatMap((record) => itemsOf(record, form));
  const trimmed = form.untrimmed ? items : items.map((item) => item.trim());
  return { value: trimmed.filter((item) => item !== "") };
}

/** The records of a CSV text; `undefined` when a quote is never closed. */
function parseRecords(text: string): string[][] | undefined {
  if (text === "") return [];
  try {
    return parse(text, { columns: false, relaxQuotes: true, relaxColumnCount: true, skipEmptyLines: true });
  } catch {
    // The parser's own message may quote the text, and the text may be a secret.
    return undefined;
  }
}

function itemsOf(record: readonly string[], form: ListForm): readonly string[] {
  if (form.ignoreComma) return [record.join(",")];
  const [only = "", ...more] = record;
  return more.length === 0 ? only.split(",") : record;
}

/** The fields of one CSV record, like `type=gha,scope=x`; `undefined` when a quote is never closed. */
export function parseFields(text: string): readonly string[] | undefined {
  return parseRecords(text)?.[0] ?? (text.trim() === "" ? [] : undefined);
}

/**
 * The items of our own inputs, one a line. A line that begins with `#` is a comment. Comments, empty lines and the
 * white space before an item are left out. White space after an item is kept, because it may belong to a value.
 */
export function parseLines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\r$/, "").trimStart())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Splits `key=value` at the first `=`. Without a `=` the value is `undefined`. */
export function pairOf(item: string): readonly [key: string, value: string | undefined] {
  const equals = item.indexOf("=");
  return equals === -1 ? [item, undefined] : [item.slice(0, equals), item.slice(equals + 1)];
}

/** What to add to a problem where an item looks like a comment. */
export function commentHint(item: string): string {
  return item.startsWith("#") ? " There are no comments in this list." : "";
}
