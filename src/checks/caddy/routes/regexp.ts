/** Go's regular expressions, as far as JavaScript's mean the same and cannot take forever. Pure. */

/** A match: its groups by number and by name. */
export interface Found {
  readonly groups: ReadonlyMap<string, string>;
}

const MAX_PATTERN = 500;

/** Longer texts are not searched. */
const MAX_INPUT = 2000;

/**
 * Looks for a pattern of Go's in a text.
 * @returns null when it does not match; undefined when that is not known
 */
export function search(pattern: string, input: string): Found | null | undefined {
  const compiled = compile(pattern);
  if (compiled === undefined || input.length > MAX_INPUT) return undefined;
  const found = compiled.exec(input);
  if (found === null) return null;
  const groups = [...found.entries(), ...Object.entries(found.groups ?? {})];
  return { groups: new Map(groups.map(([name, value]) => [String(name), value ?? ""])) };
}

/**
 * Go's ReplaceAllString.
 * @returns undefined when the result is not known
 */
export function replaceAll(pattern: string, input: string, replacement: string): string | undefined {
  const compiled = compile(pattern, "g");
  if (compiled === undefined || input.length > MAX_INPUT) return undefined;
  return input.replace(compiled, (...args: (string | number | object | undefined)[]) => {
    const named = args.at(-1);
    const groups = typeof named === "object" ? (named as Record<string, string | undefined>) : {};
    // `$1x` is the group "1x"; `${1}x` is the group 1.
    return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (all, braced?: string, plain?: string) => {
      const name = braced ?? plain;
      if (name === undefined) return all.slice(1);
      const value = /^\d+$/.test(name) ? args[Number(name)] : groups[name];
      return typeof value === "string" ? value : "";
    });
  });
}

function compile(pattern: string, flags = ""): RegExp | undefined {
  // Classes of POSIX and Unicode, quoted texts, and sets that JavaScript reads in another way.
  if (pattern.length > MAX_PATTERN || /\[\[:|\\[pPQCxa]|\[\^?\]|\(\?[a-zA-Z-]*U/.test(pattern))
    return undefined;
  if (repeatsGroup(pattern)) return undefined;
  const [, inline = "", rest = pattern] = /^\(\?([is]+)\)(.*)$/s.exec(pattern) ?? [];
  const source = rest.replace(/\\[\s\S]|\(\?P</g, (one) =>
    one === "(?P<" ? "(?<" : one === "\\z" ? "$" : one === "\\A" ? "^" : one,
  );
  try {
    return new RegExp(source, flags + inline);
  } catch {
    return undefined;
  }
}

/** Whether a group with a choice or a repetition in it is repeated itself: such a pattern may take forever. */
function repeatsGroup(pattern: string): boolean {
  const groups: boolean[] = [];
  const plain = pattern.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, "x");
  for (let at = 0; at < plain.length; at++) {
    const char = plain.charAt(at);
    if (char === "(") groups.push(false);
    else if (/[|*+{]/.test(char)) groups.fill(true);
    else if (char === ")" && groups.pop() && /[*+{]/.test(plain.charAt(at + 1))) return true;
  }
  return false;
}
