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

/** The words as the container gets them: compose makes a dollar of two. */
export function inContainer(words: readonly string[] = []): readonly string[] {
  return words.map((word) => word.replaceAll("$$", "$"));
}

/** What ENTRYPOINT or CMD starts: the words of the exec form, or a shell with the line. */
export function wordsOfStart(rest: string): readonly string[] {
  return rest.trim().startsWith("[")
    ? [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ""]) => word.replace(/\\(.)/g, "$1"))
    : ["/bin/sh", "-c", rest];
}
