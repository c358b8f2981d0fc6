/**
 * The runner's reading of a log: which lines are workflow commands, and what they do. Written after the
 * runner's own source (ActionCommand.cs, ActionCommandManager.cs): both streams, both syntaxes, leading
 * blanks ignored, and nothing obeyed between `::stop-commands::token` and `::token::`.
 */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const KNOWN = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/** Reads a log line by line, as the runner does. */
export class CommandReader {
  readonly #known = new Set(KNOWN);
  #stopped = "";

  /**
   * The command that the runner obeys in the next line; `undefined` when the line is text to it. The line that ends
   * what `stop-commands` began is a command under the name of its token.
   */
  read(line: string): Command | undefined {
    const command = parse(line, this.#known);
    if (command === undefined) return undefined;
    if (this.#stopped !== "") {
      if (command.name !== this.#stopped) return undefined;
      this.#stopped = "";
    } else if (command.name === "stop-commands") {
      this.#stopped = command.message.toLowerCase();
      this.#known.add(this.#stopped);
    }
    return command;
  }
}

/** The commands that a runner would have obeyed in these lines, in order, without those that stop others. */
export function obeyed(lines: Iterable<string>): Command[] {
  const reader = new CommandReader();
  return [...lines].flatMap((line) => {
    const command = reader.read(line);
    return command !== undefined && KNOWN.has(command.name) && command.name !== "stop-commands"
      ? [command]
      : [];
  });
}

function parse(line: string, known: ReadonlySet<string>): Command | undefined {
  return parseV2(line.trimStart(), known) ?? parseV1(line, known);
}

/** `::name key=value,key=value::message` at the beginning of a line. */
function parseV2(line: string, known: ReadonlySet<string>): Command | undefined {
  if (!line.startsWith("::")) return undefined;
  const end = line.indexOf("::", 2);
  if (end < 0) return undefined;
  const [name, properties] = head(line.slice(2, end), ",", known);
  if (name === undefined) return undefined;
  return { name, properties, message: unescapeValue(line.slice(end + 2)) };
}

/** `##[name key=value;key=value]message`, anywhere in a line. */
function parseV1(line: string, known: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return undefined;
  const [name, properties] = head(line.slice(start + 3, end), ";", known);
  if (name === undefined) return undefined;
  return { name, properties, message: unescapeValue(line.slice(end + 1)) };
}

function head(
  text: string,
  separator: string,
  known: ReadonlySet<string>,
): [string | undefined, Record<string, string>] {
  const space = text.indexOf(" ");
  const name = (space < 0 ? text : text.slice(0, space)).toLowerCase();
  if (!known.has(name)) return [undefined, {}];
  const properties: Record<string, string> = {};
  for (const pair of space < 0
    ? []
    : text
        .slice(space + 1)
        .trim()
        .split(separator)) {
    const equals = pair.indexOf("=");
    if (equals > 0) properties[pair.slice(0, equals).trim()] = unescapeValue(pair.slice(equals + 1));
  }
  return [name, properties];
}

const ESCAPES: Readonly<Record<string, string>> = {
  "%0D": "\r",
  "%0A": "\n",
  "%3A": ":",
  "%2C": ",",
  "%3B": ";",
  "%5D": "]",
  "%25": "%",
};

function unescapeValue(text: string): string {
  return text.replace(/%(0D|0A|3A|2C|3B|5D|25)/g, (code) => ESCAPES[code] ?? code);
}

/**
 * The pairs of a file command (GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV): `name=value` and heredocs.
 * @throws where the runner would fail the step
 */
export function pairs(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const heredoc = line.indexOf("<<");
    const equals = line.indexOf("=");
    if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
      const end = lines.indexOf(line.slice(heredoc + 2), at + 1);
      if (end < 0) throw new Error(`no end of the heredoc in ${JSON.stringify(line)}`);
      found[line.slice(0, heredoc)] = lines.slice(at + 1, end).join("\n");
      at = end;
    } else if (equals > 0) {
      found[line.slice(0, equals)] = line.slice(equals + 1);
    } else {
      throw new Error(`neither name=value nor a heredoc: ${JSON.stringify(line)}`);
    }
  }
  return found;
}
