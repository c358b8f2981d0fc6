/** What ends a command before its own end: a time limit, a cancel. And what it leaves running. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { run } from "../../../src/process/process.ts";
import { begun, endAll, isAlive, leadsGroup, PATH, sh, until, whileTimePasses } from "./children.ts";

jest.setTimeout(60_000);

afterEach(endAll);

describe("the time limit", () => {
  it("ends a command that takes too long", async () => {
    expect(await sh("exec sleep 300", { timeout: 0.05 })).toMatchObject({ code: null, ended: "timeout" });
  });

  it("does nothing to one that is done in time", async () => {
    expect(await sh("echo done", { timeout: 60 })).toMatchObject({
      code: 0,
      stdout: "done\n",
      ended: "itself",
    });
  });

  it("keeps what was printed before, and the exit code of one that ends in good order", async () => {
    const { ended } = await begun(
      "trap 'echo bye; exit 130' TERM; echo hello; echo ready >&2; while :; do sleep 0.02; done",
      { timeout: 60 },
    );
    jest.advanceTimersByTime(60_000);
    expect(await ended).toMatchObject({ code: 130, stdout: "hello\nbye\n", ended: "timeout" });
  });

  it("ends what the command has started", async () => {
    const { ended, pid } = await begun("sleep 300 & echo $! >&2; wait", { timeout: 60 });
    jest.advanceTimersByTime(60_000);
    await ended;
    await until(() => !isAlive(pid));
  });

  it("kills one that does not listen, ten seconds later", async () => {
    const { ended, pid } = await begun("trap '' TERM; echo $$ >&2; while :; do sleep 0.02; done", {
      timeout: 60,
    });
    jest.advanceTimersByTime(60_000);
    await sleep(60);
    expect(isAlive(pid)).toBe(true);
    jest.advanceTimersByTime(10_000);
    expect(await ended).toMatchObject({ code: null, ended: "timeout" });
  });

  it("kills a grandchild that does not listen, also when the command itself does and nothing holds its output", async () => {
    const deaf = `sh -c 'trap "" TERM; exec sleep 300' >/dev/null 2>&1 </dev/null`;
    const { ended, pid } = await begun(
      `${deaf} & until grep -q ^sleep /proc/$!/cmdline; do sleep 0.01; done; echo $! >&2; exec sleep 300`,
      { timeout: 60 },
    );
    jest.advanceTimersByTime(60_000);
    expect((await ended).ended).toBe("timeout");
    await until(() => !isAlive(pid));
  });

  it("does not wait for what left the group and holds the output", async () => {
    const { ended, pid } = await begun("setsid sleep 300 & echo $! >&2; exec sleep 300", { timeout: 60 });
    await until(() => leadsGroup(pid));
    expect(await whileTimePasses(ended)).toMatchObject({ ended: "timeout" });
    expect(isAlive(pid)).toBe(true);
  });
});

it("a command that is done is done, although a daemon that it left behind holds the output", async () => {
  const { ended, pid } = await begun("setsid sleep 300 & echo $! >&2; exit 0");
  expect(await whileTimePasses(ended)).toMatchObject({ code: 0, ended: "itself" });
  expect(isAlive(pid)).toBe(true);
});

describe("a cancel", () => {
  it("ends the command", async () => {
    const controller = new AbortController();
    const { ended } = await begun("echo ready >&2; exec sleep 300", { signal: controller.signal });
    controller.abort();
    expect(await ended).toMatchObject({ code: null, ended: "cancelled" });
  });

  it("ends one that is started after it", async () => {
    expect(await sh("exec sleep 300", { signal: AbortSignal.abort() })).toMatchObject({ ended: "cancelled" });
  });

  it("wins over a time limit that comes later", async () => {
    const controller = new AbortController();
    const { ended } = await begun(
      "trap 'sleep 0.15; exit 1' TERM; echo ready >&2; while :; do sleep 0.01; done",
      { signal: controller.signal, timeout: 60 },
    );
    controller.abort();
    jest.advanceTimersByTime(60_000);
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
