/** Takes the values of `env` out of what a command printed. Pure. */

/** Shorter values are words of every second line. */
const SHORTEST = 6;
/** Of a value with several lines, a private key say. */
const SHORTEST_LINE = 16;
const HIDDEN = "***";
/** Values that are no secret of anybody. */
const PUBLIC = new Set(
  (
    "console database default development django localhost memory postgres postgresql production public " +
    "require sqlite sqlite3 staging static testing"
  ).split(" "),
);

/** Names whose values are secrets, whatever they look like. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|TOKEN|KEY|CREDENTIAL|DSN/i;
/** A path of a file or folder: what messages are about. Random text may begin with a slash, too. */
const PATH = /^(\/[\w.-]{1,40}){2,}\/?$/;

/**
 * A function that hides the values, as they stand, line by line, in JSON, HTML and a URL. Paths and module
 * names stay: they are what messages are about.
 * @param env the variables that the workflow gave the commands
 */
export function scrubber(env: ReadonlyMap<string, string>): (text: string) => string {
  const hidden = new Set(
    [...env]
      .filter(
        ([name, value]) => name !== "DJANGO_SETTINGS_MODULE" && (SECRET_NAME.test(name) || !PATH.test(value)),
      )
      .flatMap(([, value]) => forms(value)),
  );
  if (hidden.size === 0) return (text) => text;
  const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((value) => RegExp.escape(value)).join("|"), "g");
  return (text) => text.replace(pattern, HIDDEN);
}

function forms(value: string): string[] {
  const lines = value.split("\n").map((line) => line.trim());
  const parts = [value, value.trim(), ...lines.filter((line) => line.length >= SHORTEST_LINE)];
  const password = passwordOf(value);
  return [...parts, password, decoded(password)]
    .filter((part) => part.length >= SHORTEST && !PUBLIC.has(part))
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part), ...inHtml(part)]);
}

/** As Django's templates and Python's `html.escape` write it, and as XML may. */
function inHtml(text: string): string[] {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [escaped, escaped.replaceAll('"', "&quot;").replaceAll("'", "&#x27;")];
}

/** The password in a URL, as it is written there; empty when there is none. */
function passwordOf(value: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/@\s:]*:([^@\s]+)@/i.exec(value)?.[1] ?? "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
