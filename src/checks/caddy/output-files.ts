/**
 * The files that caddy.sh wrote in the container, as data. They are untrusted: any of them may be missing or
 * hold anything. Reads them through a function, so it knows no file system.
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
  /** Empty, with code 1, for a JSON config, which needs no adapter. */
  readonly adapt: CommandOutput;
  /** Container path → the file as `caddy fmt` writes it; none where it could not. */
  readonly formatted: ReadonlyMap<string, string>;
  /** Variable → `set`, `empty` or `unset`, before stand-ins were set. */
  readonly states: ReadonlyMap<string, string>;
}

/** The text of one of the files by its name; undefined when there is none. */
export type ReadFile = (name: string) => Promise<string | undefined>;

/**
 * Reads the files.
 * @param paths the Caddyfiles in the container, in the order in which they were formatted
 * @returns undefined when the image has no Caddy
 */
export async function readOutputFiles(
  readFile: ReadFile,
  paths: readonly string[],
): Promise<CaddyOutput | undefined> {
  const version = await readCommand(readFile, "version");
  const validate = await readCommand(readFile, "validate");
  const adapt = (await readCommand(readFile, "adapt")) ?? { out: "", err: "", code: 1 };
  const formatted = new Map<string, string>();
  for (const [index, path] of paths.entries()) {
    const command = await readCommand(readFile, `fmt-${index + 1}`);
    // `caddy fmt` of 2.7 and later exits with 1 when it would change something.
    if (command !== undefined && command.code <= 1 && command.out.length <= MAX_FORMATTED)
      formatted.set(path, command.out);
  }
  const lines = ((await readFile("states")) ?? "").split("\n");
  const states = lines.map((line): [string, string] => {
    const [name = "", state = ""] = line.split(" ");
    return [name, state];
  });
  if (version === undefined || validate === undefined) return undefined;
  return {
    version: /v?(\d+\.\d+\.\d+\S*)/.exec(version.out)?.[1] ?? "of an unknown version",
    validate,
    adapt,
    formatted,
    states: new Map(states.filter(([name]) => name !== "")),
  };
}

async function readCommand(readFile: ReadFile, name: string): Promise<CommandOutput | undefined> {
  const [code = "", out = "", err = ""] = await Promise.all(
    ["code", "out", "err"].map((ending) => readFile(`${name}.${ending}`)),
  );
  return /^\d{1,3}$/.test(code.trim()) ? { out, err, code: Number(code) } : undefined;
}
