/**
 * Runs one child process, without a shell. Gives its output line by line, and can end its whole process group after
 * a time limit or on a cancel.
 *
 * This uses Node's own spawn and not @actions/exec. Measured with @actions/exec 3.0.0 on Linux:
 * - It has no time limit and no cancel. It does not hand out the child and puts it in no process group, so
 *   what the child started cannot be ended either.
 * - With a too large environment or argument list (E2BIG) its promise never settles.
 * - A child that ends before it has read its standard input ends the step too (an uncaught EPIPE).
 * - Its line listeners never get a last line without a newline, and they break a UTF-8 character that
 *   arrives in two pieces.
 * - It keeps the whole output in memory, 100 MB too.
 * query.ts uses it for short questions, which need none of this.
 */
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

/**
 * Seconds between SIGTERM and SIGKILL: a client of a frozen BuildKit daemon does not end at the first. After a cancel
 * the runner waits only ten seconds, in which we must also clean up.
 */
const GRACE_SECONDS = { timeout: 10, cancelled: 4 } as const;
/** How many seconds a child's pipes may stay open after it has ended. */
const PIPES_SECONDS = 2;
/** How many characters are kept: of standard error the last ones, of standard output the first ones. */
const KEPT = 256 * 1024;
const STDOUT_KEPT = 4 * 1024 * 1024;

export interface Command {
  /** Program and arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly stdin?: string;
  /** Seconds until the process group is ended; none = no limit. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Called with each line of standard output, without its newline. */
  readonly onStdout?: (line: string) => void;
  /** The same of standard error. */
  readonly onStderr?: (line: string) => void;
}

export interface Exit {
  /** Exit code; `null` when a signal ended the child. */
  readonly code: number | null;
  /** Standard output, at most 4 MiB. */
  readonly stdout: string;
  /** The last 256 KiB of standard error. */
  readonly stderr: string;
  readonly milliseconds: number;
  readonly ended: "itself" | "timeout" | "cancelled";
}

/** A program that could not be started at all. `code` is node's: `ENOENT`, `EACCES`, `E2BIG` … */
export class NotStarted extends Error {
  readonly code: string;
  readonly program: string;

  constructor(program: string, code: string) {
    super(`${program} could not be started: ${code}`);
    this.name = "NotStarted";
    this.program = program;
    this.code = code;
  }
}

/**
 * Runs one command to its end.
 * @throws {NotStarted} when the program is missing or may not be run
 */
export function run(command: Command): Promise<Exit> {
  if (command.signal?.aborted)
    return Promise.resolve({ code: null, stdout: "", stderr: "", milliseconds: 0, ended: "cancelled" });
  const [program, ...args] = command.argv;
  return new Promise<Exit>((resolve, reject) => {
    const started = performance.now();
    // A group of its own, so that what the child starts (plugins, credential helpers) ends with it.
    const how = { cwd: command.cwd, env: command.env, stdio: "pipe", detached: true } as const;
    // Throws at once when the arguments or the environment are too long, for example.
    const child = spawn(program, args, how);
    if (child.pid === undefined) {
      // Not started: its streams may not even be there.
      child.on("error", reject);
      return;
    }
    let ended: Exit["ended"] = "itself";
    const timers: NodeJS.Timeout[] = [];
    const after = (seconds: number, act: () => void) => timers.push(setTimeout(act, seconds * 1000));
    const end = (why: "timeout" | "cancelled") => {
      if (ended !== "itself") return;
      ended = why;
      signalGroup(child.pid, "SIGTERM");
      after(GRACE_SECONDS[why], () => signalGroup(child.pid, "SIGKILL"));
    };
    const cancel = () => end("cancelled");
    if (command.timeout !== undefined) after(command.timeout, () => end("timeout"));
    command.signal?.addEventListener("abort", cancel, { once: true });

    let stdout = "";
    const outLines = new Lines((line) => command.onStdout?.(line));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text.slice(0, STDOUT_KEPT - stdout.length);
      outLines.add(text);
    });
    const stderr = new Tail(KEPT);
    const errLines = new Lines((line) => command.onStderr?.(line));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr.add(text);
      errLines.add(text);
    });
    // A child that ends before it has read its input is not an error of ours.
    child.stdin.on("error", () => {});
    child.stdin.end(command.stdin ?? "");

    child.on("exit", () => {
      // After a time limit or a cancel, also end what the child left in its process group.
      if (ended !== "itself") signalGroup(child.pid, "SIGKILL");
      // A process that left the group may keep the pipes open. We do not wait for it.
      after(PIPES_SECONDS, () => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    child.on("close", (code) => {
      for (const timer of timers) clearTimeout(timer);
      command.signal?.removeEventListener("abort", cancel);
      outLines.end();
      errLines.end();
      resolve({ code, stdout, stderr: stderr.text(), milliseconds: performance.now() - started, ended });
    });
  }).catch((error: NodeJS.ErrnoException) => {
    throw new NotStarted(program, error.code ?? error.message);
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** The last `limit` characters of what was added, in amortised constant time. */
export class Tail {
  readonly #limit: number;
  #text = "";

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length > 2 * this.#limit) this.#text = this.#text.slice(-this.#limit);
  }

  text(): string {
    return this.#text.slice(-this.#limit);
  }
}

/** Splits a stream of text into lines. A line of more than `longest` characters is passed on in pieces. */
export class Lines {
  readonly #take: (line: string) => void;
  readonly #longest: number;
  #rest = "";

  constructor(take: (line: string) => void, longest = 4 * 1024 * 1024) {
    this.#take = take;
    this.#longest = longest;
  }

  add(text: string): void {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    for (const part of parts) this.#take(part.endsWith("\r") ? part.slice(0, -1) : part);
    if (this.#rest.length > this.#longest) this.end();
  }

  end(): void {
    if (this.#rest !== "") this.#take(this.#rest);
    this.#rest = "";
  }
}
