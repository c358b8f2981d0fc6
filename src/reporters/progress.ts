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
      const command = commands[(commandOf(event.name) ?? 0) - 1];
      const title = command === undefined ? stepText(event.name) : `[run] ${command}`;
      if (first === logger) show(event, title, { log, isOurs: isOurs(event.name) });
    };
  };
}

/** Steps that only we and BuildKit care for. */
function isOurs(name: string): boolean {
  const { kind } = readStep(name);
  return kind === "internal" || kind === "probe" || kind === "caddy";
}

function show(
  event: Exclude<Event, { type: "warning" }>,
  title: string,
  { log, isOurs }: { readonly log: Log; readonly isOurs: boolean },
): void {
  if (event.type === "log" && !isOurs) log.line(`  ${event.line}`);
  if (event.type === "started" && !isOurs) log.line(title);
  if (event.type === "running" && !isOurs) {
    const doing = event.doing === "" ? "" : ` (${event.doing})`;
    log.line(`${title}${doing} … still running, ${event.seconds.toFixed(0)} s${moved(event.bytes)}`);
  }
  if (event.type !== "completed" || (isOurs && !event.error)) return;
  if (event.error) log.line(`${title} … ERROR: ${event.error}`);
  else if (event.cached) log.line(`${title} … cached`);
  else if (event.seconds >= 0.1) log.line(`${title} … ${event.seconds.toFixed(1)} s${moved(event.bytes)}`);
}

/** What a step brought over the network, when it is worth a word. */
function moved(bytes: number): string {
  return bytes < WORTH_A_WORD ? "" : `, ${sizeText(bytes)}`;
}
