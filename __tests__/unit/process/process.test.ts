import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { type Command, Lines, NotStarted, run, Tail } from "../../../src/process/process.ts";

const PATH = process.env.PATH ?? "";

function sh(script: string, more: Partial<Command> = {}) {
  return run({ argv: ["sh", "-c", script], env: { PATH }, ...more });
}

/** Whether a process runs; one that is dead and only not yet buried does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50 && isAlive(pid); tries++) await sleep(10);
  return !isAlive(pid);
}

/** A pid that the child prints, and that is killed after the test whatever happens. */
const started: number[] = [];
function remember(text: string): number {
  const pid = Number.parseInt(text, 10);
  if (pid > 1) started.push(pid);
  return pid;
}
afterEach(() => {
  jest.useRealTimers();
  for (const pid of started.splice(0))
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // As it should be.
    }
});

/** A promise and what fulfils it. */
function waiting(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Only `setTimeout` is ours; what comes from processes comes as it comes. */
function ownTheClock(): void {
  jest.useFakeTimers({
    doNotFake: [
      "nextTick",
      "setImmediate",
      "clearImmediate",
      "queueMicrotask",
      "performance",
      "Date",
      "hrtime",
    ],
  });
}

describe("a command that ends by itself", () => {
  it.each([
    ["exit 0", 0],
    ["exit 1", 1],
    ["exit 130", 130],
  ])("%j has the exit code %i", async (script, code) => {
    expect(await sh(script)).toMatchObject({ code, ended: "itself" });
  });

  it("has no exit code when a signal ended it", async () => {
    expect(await sh("kill -9 $$")).toMatchObject({ code: null, ended: "itself" });
  });

  it("hands over both streams and the time it took", async () => {
    const exit = await sh("echo out; echo err >&2");
    expect(exit).toMatchObject({ stdout: "out\n", stderr: "err\n" });
    expect(exit.milliseconds).toBeGreaterThan(0);
  });

  it("gets its input, and no shell looks at its arguments", async () => {
    const exit = await run({ argv: ["cat", "-"], env: { PATH }, stdin: "$(id) `id` é\n" });
    expect(exit.stdout).toBe("$(id) `id` é\n");
    const echo = await run({ argv: ["echo", "$(id)", ";", "*"], env: { PATH } });
    expect(echo.stdout).toBe("$(id) ; *\n");
  });

  it("gets an empty input and not ours when there is none", async () => {
    expect(await sh("cat; echo end")).toMatchObject({ stdout: "end\n" });
  });

  it("may end before it has read its input", async () => {
    expect(await sh("exit 3", { stdin: "x".repeat(1024 * 1024) })).toMatchObject({ code: 3 });
  });

  it("sees the given environment and nothing else", async () => {
    const exit = await sh("env", { env: { PATH, A: "1" } });
    expect(exit.stdout.split("\n").filter((line) => !/^(PWD|SHLVL|_|OLDPWD)=/.test(line))).toEqual(
      expect.arrayContaining(["A=1"]),
    );
    expect(exit.stdout).not.toContain("HOME=");
  });

  it("runs where it is told to", async () => {
    expect((await sh("pwd -P", { cwd: "/" })).stdout).toBe("/\n");
  });
});

describe("standard error as lines", () => {
  async function linesOf(script: string): Promise<string[]> {
    const lines: string[] = [];
    await sh(script, { onStderr: (line) => lines.push(line) });
    return lines;
  }

  it.each<[string, string, string[]]>([
    ["one a line", "printf 'a\\nb\\n' >&2", ["a", "b"]],
    ["the last one without its newline", "printf 'a\\nb' >&2", ["a", "b"]],
    ["empty ones too", "printf 'a\\n\\nb\\n' >&2", ["a", "", "b"]],
    ["Windows' endings", "printf 'a\\r\\nb\\r\\n' >&2", ["a", "b"]],
    [
      "a line that comes in pieces",
      "printf 'a' >&2; sleep 0.03; printf 'b\\nc' >&2; sleep 0.03; printf 'd\\n' >&2",
      ["ab", "cd"],
    ],
    ["a character that comes in pieces", "printf '\\303' >&2; sleep 0.03; printf '\\251\\n' >&2", ["é"]],
    ["an ending that comes in pieces", "printf 'a\\r' >&2; sleep 0.03; printf '\\nb\\n' >&2", ["a", "b"]],
    ["nothing", "true", []],
  ])("%s", async (_, script, lines) => expect(await linesOf(script)).toEqual(lines));
});

describe("a great deal of output", () => {
  it("keeps the beginning of standard output, at most 4 MiB", async () => {
    const { stdout } = await sh("echo first; head -c 8000000 /dev/zero | tr '\\0' x");
    expect(stdout.startsWith("first\n")).toBe(true);
    expect(stdout.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  });

  it("leaves standard output out, which is handed on by itself", async () => {
    const [out, err] = [[] as string[], [] as string[]];
    const { stdout } = await sh("echo a; echo b >&2; printf c", {
      onStdout: (line) => out.push(line),
      onStderr: (line) => err.push(line),
    });
    expect([out, err, stdout]).toEqual([["a", "c"], ["b"], "a\nc"]);
  });

  it("keeps the end of standard error, at most 256 KiB", async () => {
    let lines = 0;
    const { stderr } = await sh("seq 1 100000 >&2", { onStderr: () => lines++ });
    expect(stderr.endsWith("\n99999\n100000\n")).toBe(true);
    expect(stderr.length).toBe(256 * 1024);
    expect(lines).toBe(100_000);
  });

  it("hands a line without end on in pieces", async () => {
    const pieces: number[] = [];
    await sh("head -c 6000000 /dev/zero | tr '\\0' x >&2", { onStderr: (line) => pieces.push(line.length) });
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(6_000_000);
  });
});

describe("a program that cannot be started", () => {
  it.each<[string, Command, string]>([
    ["is missing", { argv: ["no-such-program-here"], env: { PATH } }, "ENOENT"],
    ["is not on the child's own PATH", { argv: ["sh"], env: { PATH: "/nowhere" } }, "ENOENT"],
    ["is not executable", { argv: ["/etc/passwd"], env: { PATH } }, "EACCES"],
    [
      "has an environment that is too large",
      { argv: ["true"], env: { PATH, BIG: "x".repeat(200_000) } },
      "E2BIG",
    ],
    ["has an argument that is too large", { argv: ["true", "x".repeat(200_000)], env: { PATH } }, "E2BIG"],
  ])("%s", async (_, command, code) => {
    const failed = await run(command).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NotStarted);
    expect(failed).toMatchObject({ code, program: command.argv[0] });
  });
});

describe("the time limit", () => {
  it("ends a command that takes too long", async () => {
    const exit = await sh("exec sleep 30", { timeout: 0.05 });
    expect(exit).toMatchObject({ code: null, ended: "timeout" });
    expect(exit.milliseconds).toBeLessThan(5000);
  });

  it("does nothing to one that is done in time", async () => {
    expect(await sh("echo done", { timeout: 30 })).toMatchObject({
      code: 0,
      stdout: "done\n",
      ended: "itself",
    });
  });

  it("keeps what was printed before, and the exit code of one that ends in good order", async () => {
    const exit = await sh("trap 'echo bye; exit 130' TERM; echo hello; while :; do sleep 0.02; done", {
      timeout: 0.15,
    });
    expect(exit).toMatchObject({ code: 130, stdout: "hello\nbye\n", ended: "timeout" });
  });

  it("ends what the command has started", async () => {
    const exit = await sh("sleep 30 & echo $!; wait", { timeout: 0.1 });
    expect(await isGone(remember(exit.stdout))).toBe(true);
  });

  it("kills one that does not listen, ten seconds later", async () => {
    ownTheClock();
    const ready = waiting();
    const ended = sh("trap '' TERM; echo $$ >&2; while :; do sleep 0.02; done", {
      timeout: 60,
      onStderr: (line) => {
        remember(line);
        ready.resolve();
      },
    });
    await ready.promise;
    jest.advanceTimersByTime(60_000);
    await sleep(60);
    expect(isAlive(started[0] ?? 0)).toBe(true);
    jest.advanceTimersByTime(10_000);
    expect(await ended).toMatchObject({ code: null, ended: "timeout" });
  });

  it("kills a grandchild that does not listen, also when the command itself does and nothing holds its output", async () => {
    const exit = await sh(
      `sh -c 'trap "" TERM; exec sleep 30' >/dev/null 2>&1 </dev/null & echo $!; exec sleep 30`,
      { timeout: 0.2 },
    );
    expect(exit.ended).toBe("timeout");
    expect(await isGone(remember(exit.stdout))).toBe(true);
  });

  it("does not wait for what left the group and holds the output", async () => {
    ownTheClock();
    const ready = waiting();
    const ended = sh("setsid sleep 30 & echo $! >&2; exec sleep 30", {
      timeout: 60,
      onStderr: (line) => {
        remember(line);
        ready.resolve();
      },
    });
    await ready.promise;
    await sleep(30);
    jest.advanceTimersByTime(60_000);
    await sleep(50);
    jest.advanceTimersByTime(20_000);
    expect(await Promise.race([ended, sleep(500, "still waiting")])).toMatchObject({ ended: "timeout" });
  });
});

it("a command that is done is done, although a daemon that it left behind holds the output", async () => {
  ownTheClock();
  const ready = waiting();
  const ended = sh("setsid sleep 30 & echo $! >&2; exit 0", {
    onStderr: (line) => {
      remember(line);
      ready.resolve();
    },
  });
  await ready.promise;
  await sleep(50);
  jest.advanceTimersByTime(20_000);
  expect(await Promise.race([ended, sleep(500, "still waiting")])).toMatchObject({ code: 0 });
});

describe("a cancel", () => {
  it("ends the command", async () => {
    const controller = new AbortController();
    const ended = sh("exec sleep 30", { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    expect(await ended).toMatchObject({ code: null, ended: "cancelled" });
  });

  it("ends one that is started after it", async () => {
    expect(await sh("exec sleep 30", { signal: AbortSignal.abort() })).toMatchObject({ ended: "cancelled" });
  });

  it("wins over a time limit that comes later", async () => {
    const controller = new AbortController();
    const ended = sh("trap 'sleep 0.15; exit 1' TERM; while :; do sleep 0.01; done", {
      signal: controller.signal,
      timeout: 0.1,
    });
    setTimeout(() => controller.abort(), 40);
    expect(await ended).toMatchObject({ ended: "cancelled" });
  });

  it("after the end does nothing", async () => {
    const controller = new AbortController();
    const exit = await sh("true", { signal: controller.signal });
    controller.abort();
    expect(exit.ended).toBe("itself");
  });

  it("that came before the start starts nothing", async () => {
    const exit = await run({ argv: ["no-such-program"], env: { PATH }, signal: AbortSignal.abort() });
    expect(exit).toMatchObject({ code: null, ended: "cancelled" });
  });
});

describe("the tail of a text", () => {
  it.each([
    [["abc"], "abc"],
    [["abcdef"], "cdef"],
    [["ab", "cd", "ef"], "cdef"],
    [["a".repeat(100), "wxyz"], "wxyz"],
    [[], ""],
  ])("of %j is %j", (parts, text) => {
    const tail = new Tail(4);
    for (const part of parts) tail.add(part);
    expect(tail.text()).toBe(text);
  });
});

describe("lines", () => {
  it.each([1, 2, 3, 7])("are the same however the text is cut: every %i", (size) => {
    const text = "one\ntwo\r\n\nthree — ü\nfour";
    const lines: string[] = [];
    const cut = new Lines((line) => lines.push(line));
    for (let at = 0; at < text.length; at += size) cut.add(text.slice(at, at + size));
    cut.end();
    expect(lines).toEqual(["one", "two", "", "three — ü", "four"]);
  });
});
