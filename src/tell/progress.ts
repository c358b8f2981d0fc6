/** The build as people watch it: each step when it is done, and what it prints while it runs. */
import type { Event } from "../engine/progress.ts";
import { commandOf } from "../plan/commands.ts";
import type { Log } from "./log.ts";

/** Steps that only we and BuildKit care for. */
const INTERNAL = new RegExp(
  [
    "\\[(\\S+ )*internal\\]",
    "\\[auth\\]",
    "\\[context image\\]",
    "resolve image config",
    "(\\[\\S+\\] )?exporting to (client|image)",
    // Bake's target, which is there only when several are solved, our stages, and what we do in them.
    "\\[((checks|commands) )?(run|command-\\d+|stage-\\d+) \\d+/\\d+\\] " +
      "(RUN --network=\\S+ --mount=type=bind,source=probe|COPY --chmod=1777 room/|COPY --from=\\S+ /\\.shipshape)",
  ]
    .map((one) => `^${one}`)
    .join("|"),
);

/**
 * Listeners that write to the log, one for each solve, with the commands that `run` has for their steps. Solves side by side share steps: the solve that told
 * of a step first goes on telling of it.
 */
export function showProgress(log: Log, commands: readonly string[]): () => (event: Event) => void {
  const tellers = new Map<string, object>();
  return () => {
    const teller = {};
    return (event) => {
      const told = tellers.get(event.step) ?? teller;
      tellers.set(event.step, told);
      if (told === teller) show(event, log, (name) => commands[(commandOf(name) ?? 0) - 1]);
    };
  };
}

function show(event: Event, log: Log, commandIn: (name: string) => string | undefined): void {
  const { name } = event;
  const command = commandIn(name);
  const isOurs = command === undefined && INTERNAL.test(name);
  const title = command === undefined ? step(name) : `[run] ${command}`;
  if (event.type === "log" && !isOurs) log.line(`  ${event.line}`);
  if (event.type === "started" && !isOurs) log.line(title);
  if (event.type !== "completed" || (isOurs && !event.error)) return;
  if (event.error) log.line(`${title} … ERROR: ${event.error}`);
  else if (event.cached) log.line(`${title} … cached`);
  else if (event.seconds >= 0.1) log.line(`${title} … ${event.seconds.toFixed(1)} s`);
}

/**
 * `[image build 3/7] RUN make` → `[build 3/7] RUN make`: bake's target is ours, not the user's. Of one more platform's
 * (`[image-linux-arm64 …`) the platform stays.
 */
function step(name: string): string {
  return name
    .replace(/^\[(?:(?:image|checks|commands) |image-)/, "[")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
