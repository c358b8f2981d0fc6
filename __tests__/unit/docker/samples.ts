/** What BuildKit writes about one step, and what is heard of it, for the tests of the progress. */
import { type Event, Progress } from "../../../src/docker/progress.ts";
import { base64, rawjson } from "./solves.ts";

export const AT = "2026-01-01T00:00:00Z";
export const LATER = "2026-01-01T00:00:02.5Z";

/** Updates, as data or as lines, and the events that they make. */
export function heard(updates: readonly unknown[]): { events: Event[]; progress: Progress } {
  const events: Event[] = [];
  const progress = new Progress((event) => events.push(event));
  for (const update of updates) progress.line(typeof update === "string" ? update : rawjson(update));
  return { events, progress };
}

/** An update of the step. */
export function vertex(more: Record<string, unknown>) {
  return { vertexes: [{ digest: "sha256:a", name: "[image 1/2] RUN x", ...more }] };
}

/** A piece of what a step prints. */
export function log(text: string | Buffer, of = "sha256:a") {
  const data = typeof text === "string" ? base64(text) : text.toString("base64");
  return { logs: [{ vertex: of, stream: 1, data }] };
}
