/** The build as people watch it: each step when it is done, and what it prints while it runs. */

import type { Event } from "../docker/progress.ts";
import { commandOf, readStep, stepText } from "../docker/steps.ts";
import { sizeText } from "../docker/words.ts";
import type { Log } from "./log.ts";
import type { Trace } from "./trace.ts";

const WORTH_A_WORD = 100_000;

/**
 * Listeners that write to the log and into the trace, one for each solve, with the commands that `run` has for their
 * steps. Solves at the same time share steps: the first solve that logs a step goes on logging it.
 */
export function showProgress(
  log: Log,
  commands: readonly string[],
  trace: Trace,
): () => (event: Event) => void {
  const loggers = new Map<string, object>();
  return () => {
    const logger = {};
    return (event) => {
      trace.hear(event);
      if (event.type === "warning") return;
      const first = loggers.get(event.step) ?? logger;
      loggers.set(event.step, first);
      const line = first === logger ? lineOf(event, commands) : undefined;
      if (line !== undefined) log.line(line);
    };
  };
}

/** What the log says of an event; undefined for nothing. */
function lineOf(event: Exclude<Event, { type: "warning" }>, commands: readonly string[]): string | undefined {
  const command = commands[(commandOf(event.name) ?? 0) - 1];
  const title = command === undefined ? stepText(event.name) : `[run] ${command}`;
  if (event.type === "completed" && event.error) return `${title} … ERROR: ${event.error}`;
  // Steps that only we and BuildKit care for.
  if (/^(internal|probe|caddy)$/.test(readStep(event.name).kind)) return undefined;
  switch (event.type) {
    case "started":
      return title;
    case "log":
      return `  ${event.line}`;
    case "running": {
      const doing = event.doing === "" ? "" : ` (${event.doing})`;
      return `${title}${doing} … still running, ${event.seconds.toFixed(0)} s${moved(event.bytes)}`;
    }
    case "completed":
      if (event.cached) return `${title} … cached`;
      return event.seconds < 0.1
        ? undefined
        : `${title} … ${event.seconds.toFixed(1)} s${moved(event.bytes)}`;
  }
}

/** What a step brought over the network, when it is worth a word. */
function moved(bytes: number): string {
  return bytes < WORTH_A_WORD ? "" : `, ${sizeText(bytes)}`;
}
