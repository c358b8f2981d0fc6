/** What the step's own process costs: the time until an input error, and its memory. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { Checkout, forget, stepOf } from "./checkout.ts";
import { BUNDLE } from "./runner.ts";

/**
 * Milliseconds from the step's start to the end of one with a wrong input, `times` times.
 * @throws when it did not say so
 */
export function inputErrors(times: number): number[] {
  const checkout = new Checkout({});
  try {
    return Array.from({ length: times }, () => {
      const step = stepOf(checkout, { image: "no image" });
      const started = performance.now();
      const { stdout } = spawnSync(process.execPath, [BUNDLE], { env: step.env, encoding: "utf8" });
      const milliseconds = performance.now() - started;
      if (!stdout.includes("title=Invalid input")) throw new Error(stdout);
      return milliseconds;
    });
  } finally {
    checkout.end();
  }
}

/**
 * Peak memory of the step's own process, in MB, while a build prints `megabytes`.
 * @throws when the build failed
 */
export async function peakMemory(repository: string, megabytes: number): Promise<number> {
  const checkout = new Checkout({
    Dockerfile:
      "FROM python:3.13-slim\nRUN pip install --no-cache-dir --root-user-action=ignore django\n" +
      `RUN head -c ${Math.floor((megabytes * 1e6 * 3) / 4)} /dev/urandom | base64 | tee /dev/stderr | wc -c\n` +
      "WORKDIR /app\nRUN django-admin startproject mysite .\nENV DJANGO_SETTINGS_MODULE=mysite.settings\n",
  });
  try {
    const step = stepOf(checkout, {
      image: repository,
      builder: "default",
      "no-cache": "true",
      "fail-level": "never",
      push: "false",
    });
    const child = spawn(process.execPath, [BUNDLE], {
      cwd: checkout.path,
      env: step.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return await watched(child);
  } finally {
    checkout.end();
    forget(repository);
  }
}

async function watched(child: ChildProcess): Promise<number> {
  let kilobytes = 0;
  let log = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-4000);
  });
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      kilobytes = Math.max(kilobytes, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`the step failed:\n${log}`);
  return kilobytes / 1024;
}
