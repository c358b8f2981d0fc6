/** Builds a stage of a user's Dockerfile that a check runs in, and names it by its bytes. */
import { join } from "node:path";
import type { Event } from "../docker/progress.ts";
import { Failure } from "../failure.ts";
import { type BaseImage, baseImage } from "./base-image.ts";
import { type Blame, blame } from "./blame.ts";
import { platformImage } from "./built-image.ts";
import { planLayers } from "./release.ts";
import type { Solver } from "./solver.ts";
import { planStage, type Stage } from "./target.ts";

/**
 * Builds a stage, in a solve of its own without a secret of ours.
 * @param context a folder with `room/`
 * @param explain says why it could not be built
 * @throws {Failure} `Build failed`, `Cancelled`
 */
export async function buildStage(
  solver: Solver,
  stage: Stage,
  { context, explain }: { readonly context: string; readonly explain: (blame: Blame) => string },
): Promise<BaseImage> {
  const { builder, docker, folder } = solver;
  const solved = await solver.hearing(ofStage(stage)).solve(`${stage.name}-solve`, planStage(stage, builder));
  if (!solved.ok) throw new Failure("Build failed", explain(blame(solved.progress, solved.stderr)));
  return baseImage(platformImage(solved.metadata[stage.name] ?? {}, stage.platform), {
    docker,
    builder,
    folder: join(folder, `layout-${stage.name}`),
    staging: stage.staging,
    layers: planLayers(stage, context),
  });
}

/** BuildKit names the target of a step only when a solve has several. The log is to say whose steps these are. */
function ofStage({ name }: Stage): (event: Event) => Event {
  return (event) =>
    event.type === "warning"
      ? event
      : { ...event, name: event.name.replace(/^\[(?=[^\]]*\d+\/\d+\] )/, `[${name} `) };
}
