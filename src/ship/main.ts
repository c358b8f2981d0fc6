/** Entry of the action: runs the step. */
import { ship } from "./ship.ts";

const cancel = new AbortController();
// The runner asks with SIGINT, and 7.5 seconds later with SIGTERM.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => cancel.abort());

process.exitCode = await ship(process.env, cancel.signal);
// What a killed child's inherited pipes keep open must not hold the job.
process.exit();
