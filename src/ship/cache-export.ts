/** Writes the caches of `cache-to`, in a solve of its own. Its failure is worth a line, and no more. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Failure } from "../failure.ts";
import { blame } from "../image/blame.ts";
import { planCacheExport } from "../image/exports.ts";
import type { Prepared } from "./prepare.ts";

/** Milliseconds that it may take. */
const CACHE_MS = 15 * 60_000;

/** Writes the caches, if the workflow wants one. It goes on when the step's own folder is removed. */
export async function exportCache({ source, solver, folders, world }: Prepared): Promise<void> {
  const plan = planCacheExport(source);
  if (plan === undefined) return;
  const began = performance.now();
  const folder = join(folders.kept, "cache");
  const failed = (why: string) => solver.say(`The build cache could not be written: ${why}`);
  try {
    const patient = solver.quiet().with({ folder, signal: AbortSignal.timeout(CACHE_MS) });
    const solved = await patient.solveOnce("cache", plan);
    if (solved.ok)
      solver.say(`The build cache was written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    else if (solved.why === "idle") failed("its server did not answer");
    else failed(blame(solved.progress, solved.stderr).reason);
  } catch (error) {
    const isLate = error instanceof Failure && !world.signal.aborted;
    failed(isLate ? "it took too long" : (error as Error).message);
  }
  await rm(folder, { recursive: true, force: true });
}
