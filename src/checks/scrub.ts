/** Hides the values of `env` in text that came out of a container. Pure. */

/** Shorter values are not hidden: they would be found inside ordinary words. */
const SHORTEST = 6;
/** The same for the single lines of a value with several lines, like a private key. */
const SHORTEST_LINE = 16;
const HIDDEN = "***";
/** Values that are not secret. */
const PUBLIC = new Set(
  (
    "console database default development django localhost memory postgres postgresql production public " +
    "require sqlite sqlite3 staging static testing"
  ).split(" "),
);

/** Names whose values are always hidden. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|TOKEN|KEY|CREDENTIAL|DSN/i;
/** The path of a file or folder. Random text may begin with a slash too, so at least two short parts are needed. */
const PATH = /^(\/[\w.-]{1,40}){2,}\/?$/;

/**
 * Makes a function that replaces secret values by `***`. It knows a value as it is, line by line, and as it is written
 * in JSON, in HTML and in a URL. Paths and the settings module stay, because messages are about them.
 * @param env the variables that the workflow gave to the checks
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

/** A text as Django's templates, Python's `html.escape` and XML write it. */
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
