/** The build as people watch it: each step when it is done, and what it prints while it runs. */
import type { Event } from "../engine/progress.ts";
import type { Log } from "./log.ts";

/** Steps that only we and BuildKit care for. */
const INTERNAL =
  /^(\[(\S+ )?internal\]|\[auth\]|resolve image config|exporting to (client|image)|\[checks internal\]|\[checks (run|stage-\d+) \d+\/\d+\] (RUN --network=none --mount=type=bind,source=probe|COPY --chmod=1777 room\/|COPY --from=run \/\.shipshape))/;

/**
 * Listeners that write to the log, one for each solve. Solves side by side share steps: the solve that told
 * of a step first goes on telling of it.
 */
export function showProgress(log: Log): () => (event: Event) => void {
  const tellers = new Map<string, object>();
  return () => {
    const teller = {};
    return (event) => {
      const told = tellers.get(event.step) ?? teller;
      tellers.set(event.step, told);
      if (told === teller) show(event, log);
    };
  };
}

function show(event: Event, log: Log): void {
  const { name } = event;
  if (event.type === "log" && !INTERNAL.test(name)) log.line(`  ${event.line}`);
  if (event.type === "started" && !INTERNAL.test(name)) log.line(step(name));
  if (event.type !== "completed" || (INTERNAL.test(name) && !event.error)) return;
  if (event.error) log.line(`${step(name)} … ERROR: ${event.error}`);
  else if (event.cached) log.line(`${step(name)} … cached`);
  else if (event.seconds >= 0.1) log.line(`${step(name)} … ${event.seconds.toFixed(1)} s`);
}

/** `[image build 3/7] RUN make` → `[build 3/7] RUN make`: bake's target is ours, not the user's. */
function step(name: string): string {
  return name
    .replace(/^\[(image|checks) /, "[")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
