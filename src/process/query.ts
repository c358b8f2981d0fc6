/**
 * Short questions to a program of the runner, like `git config --get` or `buildx version`, asked through
 * @actions/exec. There is no time limit and no cancel, all of the output is kept in memory, and standard input
 * stays open and empty. A program that may hang or that reads its input must be run by process.ts instead.
 */
import { getExecOutput } from "@actions/exec";
import { type Command, type Exit, NotStarted } from "./process.ts";

/**
 * Runs one command to its end. Nothing is printed, whatever its exit code is.
 * @param argv program and arguments; no shell reads them. The program is looked up in this process's own PATH.
 * @param around the child's whole environment, and the folder that it starts in, which must exist; none = this process's own
 * @throws {NotStarted} when the program or the folder is missing, or the program may not be run
 */
export async function query(
  [program, ...args]: readonly [string, ...string[]],
  { env, cwd }: Pick<Command, "env" | "cwd">,
): Promise<Pick<Exit, "code" | "stdout" | "stderr">> {
  try {
    const { exitCode, stdout, stderr } = await getExecOutput(quoted(program), args, {
      silent: true,
      ignoreReturnCode: true,
      // Node leaves out the variables that are undefined.
      env: env as Record<string, string>,
      ...(cwd === undefined ? {} : { cwd }),
    });
    return { code: exitCode, stdout, stderr };
  } catch (error) {
    throw new NotStarted(program, codeIn(String(error)));
  }
}

/** @actions/exec splits its first argument at spaces, unless it is in quotes. */
function quoted(program: string): string {
  return `"${program.replaceAll('"', '\\"')}"`;
}

/** @actions/exec rejects with a sentence that ends with Node's code. For a missing program or folder it has none. */
function codeIn(message: string): string {
  return /\b(E[A-Z0-9]+)$/.exec(message)?.[1] ?? "ENOENT";
}
