/** The build as people watch it: each step when it is done, and what it prints while it runs. */

import type { Event } from "../docker/progress.ts";
import { sizeText } from "../docker/words.ts";
import { commandOf } from "../image/steps.ts";
import type { Log } from "./log.ts";
import type { Trace } from "./trace.ts";

const WORTH_A_WORD = 100_000;

/** Steps that only we and BuildKit care for. */
export const INTERNAL = new RegExp(
  [
    "\\[(\\S+ )*internal\\]",
    "\\[auth\\]",
    "\\[context image\\]",
    "resolve image config",
    "(\\[\\S+\\] )?exporting to client",
    // Bake's target, which is there only when several are solved, our stages, and what we do in them.
    "\\[((checks|commands|caddy) )?(run|command-\\d+|caddy-run|stage-\\d+) \\d+/\\d+\\] " +
      "(RUN --network=\\S+ --mount=type=bind,source=(probe|caddy)|COPY caddyfiles/ /|COPY --chmod=1777 room/|COPY --from=\\S+ /(\\.|\\[\\.\\])shipshape)",
  ]
    .map((one) => `^${one}`)
    .join("|"),
);

/**
 * Listeners that write to the log and into the trace, one for each solve, with the commands that `run` has for their
 * steps. Solves side by side share steps: the solve that told of a step first goes on telling of it.
 */
export function showProgress(
  log: Log,
  commands: readonly string[],
  trace: Trace,
): () => (event: Event) => void {
  const tellers = new Map<string, object>();
  return () => {
    const teller = {};
    return (event) => {
      trace.hear(event);
      if (event.type === "warning") return;
      const told = tellers.get(event.step) ?? teller;
      tellers.set(event.step, told);
      const command = commands[(commandOf(event.name) ?? 0) - 1];
      const title = command === undefined ? step(event.name) : `[run] ${command}`;
      if (told === teller)
        show(event, title, { log, isOurs: command === undefined && INTERNAL.test(event.name) });
    };
  };
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

/**
 * `[image build 3/7] RUN make` → `[build 3/7] RUN make`: bake's target is ours, not the user's. Of one more platform's
 * (`[image-linux-arm64 …`) the platform stays.
 */
function step(name: string): string {
  return name
    .replace(/^\[(?:image|checks|commands|caddy)\S*\] /, "")
    .replace(/^\[(?:(?:image|checks|commands|caddy|caddy-image) |image-)/, "[")
    .replace(/^\[caddy-run /, "[caddy ")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
