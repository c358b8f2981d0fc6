/**
 * The files that caddy.sh wrote in the container, as data. They are untrusted: any of them may be missing or
 * hold anything. Pure.
 */

/** Characters of a formatted file that are kept. */
const MAX_FORMATTED = 2 * 1024 * 1024;

/** What Caddy printed for one command: caddy.sh writes it as NAME.out, NAME.err and NAME.code. */
export interface CommandOutput {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Everything that caddy.sh wrote. */
export interface CaddyOutput {
  /** `2.11.4`. */
  readonly version: string;
  readonly validate: CommandOutput;
  readonly adapt: CommandOutput;
  /** Container path → the file as `caddy fmt` writes it; none where it could not. */
  readonly formatted: ReadonlyMap<string, string>;
  /** Variable → `set`, `empty` or `unset`, before stand-ins were set. */
  readonly states: ReadonlyMap<string, string>;
}

/** The text of one of the files by its name; undefined when there is none. */
export type ReadFile = (name: string) => string | undefined;

/** The names of all files that caddy.sh may write for so many Caddyfiles. */
export function outputFileNames(files: number): string[] {
  const commands = [
    "version",
    "validate",
    "adapt",
    ...Array.from({ length: files }, (_, index) => `fmt-${index + 1}`),
  ];
  return ["states", ...commands.flatMap((name) => [`${name}.out`, `${name}.err`, `${name}.code`])];
}

/**
 * Reads the files.
 * @param paths the Caddyfiles in the container, in the order in which they were formatted
 * @returns undefined when the image has no Caddy
 */
export function readOutputFiles(readFile: ReadFile, paths: readonly string[]): CaddyOutput | undefined {
  const version = readCommand(readFile, "version");
  const validate = readCommand(readFile, "validate");
  const adapt = readCommand(readFile, "adapt");
  if (version === undefined || validate === undefined || adapt === undefined) return undefined;
  const formatted = paths.flatMap((path, index): [string, string][] => {
    const command = readCommand(readFile, `fmt-${index + 1}`);
    // `caddy fmt` of 2.7 and later exits with 1 when it would change something.
    const isUsable = command !== undefined && command.code <= 1 && command.out.length <= MAX_FORMATTED;
    return isUsable ? [[path, command.out]] : [];
  });
  const states = (readFile("states") ?? "").split("\n").flatMap((line): [string, string][] => {
    const [name = "", state = ""] = line.split(" ");
    return name === "" ? [] : [[name, state]];
  });
  return {
    version: /v?(\d+\.\d+\.\d+\S*)/.exec(version.out)?.[1] ?? "of an unknown version",
    validate,
    adapt,
    formatted: new Map(formatted),
    states: new Map(states),
  };
}

function readCommand(readFile: ReadFile, name: string): CommandOutput | undefined {
  const code = /^\d{1,3}$/.exec((readFile(`${name}.code`) ?? "").trim())?.[0];
  if (code === undefined) return undefined;
  return { out: readFile(`${name}.out`) ?? "", err: readFile(`${name}.err`) ?? "", code: Number(code) };
}
