/** The words of command lines. Pure. */

const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs;

/** The words of a command line, without their quotes. A variable (`${NAME:-a b}`) is a part of its word. */
export function splitWords(line: string): string[] {
  const words = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|\$\{[^}]{0,200}\}|[^\s\\])+/gs) ?? [];
  return words.map((word) =>
    word.replace(
      QUOTED,
      (_, double?: string, single?: string, escaped?: string) =>
        double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? "",
    ),
  );
}
