/**
 * Inputs that hold several items. The inputs of docker/build-push-action are read as it reads them (its
 * `src/context.ts` with `Util.getList` of docker/actions-toolkit). Our own inputs take one item a line.
 */
import { parse } from "csv-parse/sync";
import type { Parsed } from "./problems.ts";

/**
 * `csv`: items are separated by line breaks or commas. `lines`: by line breaks, and a comma belongs to its item.
 * `verbatim`, for `secrets`: as `lines`, and the white space at the ends of an item belongs to it. `own`: the form of
 * our own inputs.
 */
export type ListForm = "csv" | "lines" | "verbatim" | "own";

/**
 * The items of an input. But for our own inputs each line is a CSV record: quotes around an item keep its line
 * breaks, and a doubled quote inside them is one quote. `#` is text, for these forms have no comments. Empty items are
 * left out.
 */
export function parseList(text: string, form: ListForm): Parsed<readonly string[]> {
  if (form === "own") return { value: parseLines(text).map((line) => line.trimEnd()) };
  const trimmed = (value: string) => (form === "verbatim" ? value : value.trim());
  const records = parseRecords(trimmed(text));
  if (records === undefined)
    return {
      problem: 'has a `"` that is opened and never closed. Double a quote that belongs to the text: `""`.',
    };
  const items = records.flatMap((record) => (form === "csv" ? split(record) : record.join(",")));
  return { value: items.map(trimmed).filter((item) => item !== "") };
}

/** The records of a CSV text; `undefined` when a quote is never closed. */
function parseRecords(text: string): string[][] | undefined {
  if (text === "") return [];
  const recordDelimiter = ["\r\n", "\n", "\r"];
  try {
    return parse(text, { recordDelimiter, relaxQuotes: true, relaxColumnCount: true, skipEmptyLines: true });
  } catch {
    // The parser's own message may quote the text, and the text may be a secret.
    return undefined;
  }
}

/** The items of a record: one in quotes that stands alone is split at its commas too. */
function split(record: readonly string[]): readonly string[] {
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
