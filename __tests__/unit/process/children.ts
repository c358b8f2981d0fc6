/** Children of the tests: what they run, whether they live, and a clock that only the test moves. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { jest } from "@jest/globals";
import { type Command, type Exit, run } from "../../../src/process/process.ts";

export const PATH = process.env.PATH ?? "";

/** Runs a script to its end. */
export function sh(script: string, more: Partial<Command> = {}): Promise<Exit> {
  return run({ argv: ["sh", "-c", script], env: { PATH }, ...more });
}

/** Pids that children printed. */
const started: number[] = [];

/**
 * Starts a script, and waits for the first line of its standard error: then it is ready. That line may be a pid. Until
 * `endAll`, time passes only where the test says so.
 */
export async function begun(
  script: string,
  more: Partial<Command> = {},
): Promise<{ readonly ended: Promise<Exit>; readonly pid: number }> {
  ownTheClock();
  const { promise, resolve } = Promise.withResolvers<string>();
  const ended = sh(script, { ...more, onStderr: resolve });
  const pid = Number.parseInt(await promise, 10);
  if (pid > 1) started.push(pid);
  return { ended, pid };
}

/** Kills what is left, whatever happened, and gives the clock back. */
export function endAll(): void {
  jest.useRealTimers();
  for (const pid of started.splice(0))
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // As it should be.
    }
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

/** What a promise gives while the test's clock runs on. */
export async function whileTimePasses<T>(promise: Promise<T>): Promise<T> {
  let isOver = false;
  const over = promise.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    jest.advanceTimersByTime(1000);
    await sleep(5);
  }
  return over;
}

/** Waits for what processes do; how long they take is the machine's matter. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

/** Whether a process runs; one that is dead and only not yet buried does not. */
export function isAlive(pid: number): boolean {
  return (stat(pid)[0] ?? "Z") !== "Z";
}

/** Whether it has left the group in which it was started. */
export function leadsGroup(pid: number): boolean {
  return stat(pid)[2] === String(pid);
}

/** State, parent, group and so on; nothing of a process that there is not. */
function stat(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
