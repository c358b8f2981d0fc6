/** A failed solve as bake tells it, for the tests of this room: rawjson lines, then plain ones. */
import { Progress } from "../../../src/docker/progress.ts";

export interface Step {
  readonly name: string;
  readonly digest?: string;
  readonly error?: string;
  readonly log?: string;
  readonly cached?: boolean;
}

/** One line of `--progress=rawjson`. */
export function rawjson(update: unknown): string {
  return JSON.stringify(update);
}

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** What bake wrote: a record for each step, then the plain lines of the end. */
export function solve(steps: readonly Step[], plain: string): { progress: Progress; stderr: string } {
  const progress = new Progress();
  const lines = steps.flatMap(({ name, digest = `sha256:${name}`, error, log, cached = false }) => [
    rawjson({ vertexes: [{ digest, name, cached, started: "2026-01-01T00:00:00Z" }] }),
    ...(log === undefined ? [] : [rawjson({ logs: [{ vertex: digest, stream: 2, data: base64(log) }] })]),
    rawjson({
      vertexes: [{ digest, name, cached, completed: "2026-01-01T00:00:01Z", ...(error && { error }) }],
    }),
  ]);
  lines.push(...plain.split("\n"));
  for (const line of lines) progress.line(line);
  return { progress, stderr: `${lines.join("\n")}\n` };
}

/** The excerpt that precedes `ERROR:`. */
export function excerpt(line: number, text: string, file = "Dockerfile"): string {
  return `${file}:${line}\n--------------------\n   ${line - 1} |     FROM python:3.13-slim\n   ${line} | >>> ${text}\n   ${line + 1} |     \n--------------------\n`;
}

export const PROBE_STEP =
  '[shipshape-probe 3/3] RUN --network=none --mount=type=bind,source=probe,target=/.shipshape-probe --mount=type=secret,id=shipshape-probe,target=/.shipshape-env,mode=0444,required ["/bin/sh","/.shipshape-probe/launch.sh"]';
