/** What every solve needs, and how one is run: once more where that is not the image's fault. */
import type { Builder } from "../engine/builder.ts";
import type { Engine, Solved } from "../engine/engine.ts";
import type { Event } from "../engine/progress.ts";
import { cancelled, Failure } from "../failure.ts";
import { KEPT, type Site, type Solve, withoutCaches } from "../plan/plan.ts";
import type { Request } from "../request/request.ts";

/** What solving needs from the story. */
export interface Bench {
  readonly engine: Engine;
  readonly builder: Builder;
  readonly request: Request;
  readonly site: Site;
  /** Folder for the files of the solves: each has one of its own in it. */
  readonly folder: string;
  /** A listener for one solve's progress. */
  readonly listen: () => (event: Event) => void;
  readonly say: (line: string) => void;
  /** Ends a solve whose answer nobody needs any more. */
  readonly ending?: AbortSignal;
  /** What a solve lets go first. */
  readonly after?: Promise<void>;
}

/** How a solve ended that did not stand still and was not cancelled. */
export type Baked =
  | Extract<Solved, { ok: true }>
  /** `step`: a step took longer than its limit. */
  | (Extract<Solved, { ok: false }> & { readonly why: "failed" | "step" });

/**
 * BuildKit moves a name or makes it, and does not see that somebody made it in between (measured: in 8 of 25 tries with
 * four builds at once). Only the kept name is another run's, too; from now on it is there to be moved.
 */
const MADE_IN_BETWEEN = new RegExp(`image "[^"]*${KEPT}[^"]*": already exists`);

/**
 * Solves; a solve that stands still is tried once more, without the caches of other places.
 * @param name the solve's own folder
 * @throws {Failure} when it stands still again, or was cancelled
 */
export async function bakeOrRetry(bench: Omit<Bench, "request">, name: string, solve: Solve): Promise<Baked> {
  const { engine, builder, say, after } = bench;
  const folder = `${bench.folder}/${name}`;
  const hear = bench.listen();
  await after;
  for (const attempt of [solve, withoutCaches(solve)]) {
    const solved = await engine.bake(attempt, { builder, folder, hear, ending: bench.ending });
    if (solved.ok) return solved;
    const { why } = solved;
    if (attempt === solve && MADE_IN_BETWEEN.test(solved.stderr)) {
      say("Another run named the app's kept image at the same moment: once more.");
      continue;
    }
    if (why === "failed" || why === "step") return { ...solved, why };
    if (why === "cancelled") throw cancelled();
    if (attempt === solve) say("The builder stands still: trying once more, without external caches.");
  }
  throw new Failure(
    "Build failed",
    `The builder ${builder.name} took the build twice and did not start a step. Restart it ` +
      "(`docker buildx inspect --bootstrap`), or use another one.",
  );
}
