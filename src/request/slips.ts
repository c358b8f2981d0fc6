/**
 * Slips that the syntax of the inputs invites, in one place for all of them. A text that was refused gets a hint; a
 * value that was taken gets a notice, and only if it is certain. Neither quotes a value, which may be secret. Pure.
 */

const CONTEXT = "(?:env|github|inputs|job|matrix|needs|runner|secrets|steps|vars)";
/** An expression of GitHub's whose `${{` is not whole, or missing: the runner has left it as it is. */
const EXPRESSION = new RegExp(
  String.raw`\{\{\s*${CONTEXT}\.[^}]*\}\}|\$\{?\s*${CONTEXT}\.\w|` +
    String.raw`^(?:steps\.[\w-]+\.outputs\.[\w-]+|secrets\.\w+|github\.(?:sha|ref|ref_name|run_number|run_id|repository))$`,
);
/** Full-width signs, typographic quotes and dashes, blanks that are not blanks. */
const LOOKALIKE = /[\u00a0\u2000-\u200f\u2013\u2014\u2018-\u201f\u202f\u2212\u3000\ufeff\uff01-\uff5e]/u;
/** Quotes around a whole text. */
const QUOTED = /^(?:"[^"]*"|'[^']*'|[“”„][^“”„]*[“”]|[‘’‚][^‘’‚]*[‘’])$/;
/** The first line of JSON or of a key, whose other lines have become items of their own. */
const TORN = /=\s*(?:-----BEGIN [A-Z0-9 ]+-----|[{[])$/;

/** A whole item in quotes that are not read as such, because there are others in it. */
const QUOTES_WITHIN = /^"[\w./-]+=.*"$/;

const IN_QUOTES = 'A value of several lines stands in quotes, with each quote in it doubled: `""`.';
const ONE_A_LINE = "Write one item a line: in YAML `|` keeps the lines, and `>` joins them.";

/** What a refused text shows of the slip, the surest first. */
const HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/^#/, "There are no comments in this list."],
  [EXPRESSION, "Nobody evaluates this: an expression is written `${{ … }}`."],
  [
    /^~\/|\$(?:\(|\{?[A-Za-z_])/,
    "No shell reads this, so nothing expands it: write the value, or an expression like `${{ github.sha }}`.",
  ],
  [LOOKALIKE, "It has a character that only looks like a usual blank, quote, dash or sign: type it again."],
  [QUOTED, "Leave out the quotes."],
  [/^-\s/, "Leave out the dash and the blank: an input is text, and no list of YAML's."],
  [/^--?[a-z][a-z-]*[\s=]/, "Leave out the option of docker's command line: only what follows it is read."],
  [/^export\s/, "Leave out `export`."],
  [/^[A-Za-z_][\w.-]*:\s/, "Write `NAME=VALUE`, with `=` and no colon."],
  [/^[\w.-]+\s+=|^[\w.-]+=\s/, "Leave out the blanks around `=`."],
  [/,$/, "Leave out the comma at the end."],
];

/** What to add to a problem with a single value; empty when its text shows no known slip. */
export function hintFor(text: string): string {
  const hint = HINTS.find(([pattern]) => pattern.test(text))?.[1];
  return hint === undefined ? "" : ` ${hint}`;
}

/**
 * What to add to a problem with an item of a list.
 * @param isRest whether it can only be a further line of the value before it
 */
export function itemHint(item: string, isRest = false): string {
  if (QUOTES_WITHIN.test(item))
    return ' Its value has quotes too: leave out those around the item, or double those in the value: `""`.';
  if (isRest || /^["{}\]]/.test(item)) return hintFor(item) || ` ${IN_QUOTES}`;
  return hintFor(item) || (/\S[\s,]+\S/.test(item) ? ` ${ONE_A_LINE}` : "");
}

/** Whether items are lines of one value that would have to stand in quotes: JSON, or a key. */
export function isTorn(items: readonly string[]): boolean {
  return items.some((item, index) => {
    const next = items[index + 1];
    // `OPEN=[` is a value of its own, unless what comes next is no item.
    const goesOn = next !== undefined && !/^[A-Za-z_][\w.-]*=/.test(next);
    return TORN.test(item) && (goesOn || item.endsWith("-----"));
  });
}

/**
 * Slips in values that were taken, as sentences that go on after the input's name.
 * @param pairs the names and the values that the input itself gives
 * @param env the runner's variables
 * @param another how a message may name a further item inside the value of `key`, whose name would be `name`; empty when
 *   the text before the `=` there is a part of the value
 * @param mayRun whether a command in the middle of a value, `1.0-$(git rev-parse HEAD)`, is certainly meant as one
 */
export function slipsIn(
  pairs: readonly (readonly [name: string, value: string])[],
  env: NodeJS.ProcessEnv,
  another: (name: string, key: string) => string,
  mayRun = false,
): readonly string[] {
  if (pairs.length > 1 && pairs.slice(0, -1).every(([, value]) => /^[^,]*,$/.test(value)))
    return ["the lines end with a comma, and it is a part of the values. Leave it out."];
  const given = new Set(pairs.map(([name]) => name));
  const isMeant = (variable: string) => Object.hasOwn(env, variable) && !given.has(variable);
  const found = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const slip = slipOf(value, isMeant, (name) => another(name, key), mayRun);
    if (slip !== "") found.set(slip, [...(found.get(slip) ?? []), key]);
  }
  return [...found].map(([slip, keys]) => `${slip.replace("%", () => keys.join(", "))}`);
}

/** The slip in a value, as a sentence with `%` for the name; empty when there is none. */
function slipOf(
  value: string,
  isMeant: (variable: string) => boolean,
  another: (name: string) => string,
  mayRun: boolean,
): string {
  const isQuoted = value.length > 1 && QUOTED.test(value);
  // What is before the first `=`; a name is no longer than this.
  const head = value.slice(0, Math.max(0, value.indexOf("="))).slice(-200);
  const [, name = ""] = /(?:[,\s]|\\n)\s*([A-Za-z][\w.-]*)$/.exec(head) ?? [];
  const shown = name === "" || isQuoted || /^[[{]/.test(value) ? "" : another(name);
  if (shown !== "")
    return `the value of % has another \`${shown}=\` in it, and all of it is the value. ${ONE_A_LINE}`;
  if (EXPRESSION.test(value))
    return "the value of % names a context of GitHub's, and nobody evaluates it: an expression is written `${{ … }}`.";
  const variables = [...value.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, one, other]) => one ?? other ?? "");
  const runs = /^"?(?:\$\(.+\)|`.+`)"?$/.test(value) || (mayRun && /\$\([a-z]+ [^)]*\)/.test(value));
  if (runs || variables.some(isMeant))
    return (
      "no shell reads the value of %, so a `$NAME` or a command in it stays as it is. Write an expression like " +
      "`${{ github.sha }}`, or the bare name of a variable of the step's `env:`."
    );
  if (/^\s/.test(value)) return "the value of % begins with a blank, and that is a part of the value.";
  return isQuoted ? "the quotes around the value of % are part of the value." : "";
}
