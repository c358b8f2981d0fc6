/** A command from its start to its own end, and what it printed. What ends it before that is in ends.test.ts. */
import { describe, expect, it } from "@jest/globals";
import { type Command, Lines, NotStarted, run, Tail } from "../../../src/process/process.ts";
import { PATH, sh } from "./children.ts";

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
