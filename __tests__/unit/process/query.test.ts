import { chmodSync } from "node:fs";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { query } from "../../../src/process/query.ts";
import { folder, sweep } from "../request/world.ts";

const node = (script: string) => [process.execPath, "-e", script] as const;

afterEach(sweep);

describe("a short question", () => {
  it("is answered with the exit code and both outputs, and prints nothing", async () => {
    const write = jest.spyOn(process.stdout, "write");
    const script = 'process.stdout.write("ä\\n"); process.stderr.write("b"); process.exitCode = 3';
    await expect(query(node(script), { env: {} })).resolves.toEqual({ code: 3, stdout: "ä\n", stderr: "b" });
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });

  it("starts a child that has the given environment and no other, in the given folder", async () => {
    const cwd = folder({});
    const script =
      "process.stdout.write(JSON.stringify([process.env.A, process.env.B, process.env.HOME, process.cwd()]))";
    const { stdout } = await query(node(script), { env: { A: "1", B: undefined }, cwd });
    expect(JSON.parse(stdout)).toEqual(["1", null, null, cwd]);
  });

  it("passes arguments on as they are, and takes a program with a blank in its path", async () => {
    const root = folder({ "a b/x": "#!/bin/sh\nprintf '%s|' \"$@\"\n" });
    chmodSync(`${root}/a b/x`, 0o755);
    const { stdout } = await query([`${root}/a b/x`, "c d", "'$(id)'", '"', "\\"], { env: {} });
    expect(stdout).toBe("c d|'$(id)'|\"|\\|");
  });

  it("has no exit code when a signal ended the child", async () => {
    await expect(query(node("process.kill(process.pid, 'SIGKILL')"), { env: {} })).resolves.toMatchObject({
      code: null,
    });
  });

  it.each([
    ["a program that does not exist", ["shipshape-nowhere"], undefined],
    ["a path that does not exist", ["/nowhere/x"], undefined],
    ["a folder that does not exist", ["true"], "/nowhere"],
  ] as const)("rejects for %s", async (_, argv, cwd) => {
    await expect(query(argv, { env: {}, ...(cwd === undefined ? {} : { cwd }) })).rejects.toMatchObject({
      name: "NotStarted",
      program: argv[0],
      code: "ENOENT",
    });
  });

  it("rejects with the reason for a program that cannot be run", async () => {
    const root = folder({ x: "", y: "#!/nowhere/interpreter\n" });
    chmodSync(`${root}/x`, 0o644);
    chmodSync(`${root}/y`, 0o755);
    await expect(query([`${root}/x`], { env: {} })).rejects.toMatchObject({ name: "NotStarted" });
    await expect(query([`${root}/y`], { env: {} })).rejects.toMatchObject({ code: "ENOENT" });
  });
});
