/** How the pipeline takes an image out of its builder, and what it knows of the image's layers. */

import type { Solve } from "../docker/bake.ts";
import type { TargetMetadata } from "../docker/docker.ts";
import { type Layers, parseLayers } from "../docker/manifests.ts";
import type { Event } from "../docker/progress.ts";
import { IMAGE } from "../docker/steps.ts";
import { blame } from "../image/blame.ts";
import type { BuiltImage } from "../image/built-image.ts";
import { releaseFailure } from "../image/failures.ts";
import { planLoad, planPush } from "../image/release.ts";
import { builderPublisher } from "../publish/builder-publisher.ts";
import type { DriverPublisher } from "../publish/driver.ts";
import { enginePublisher } from "../publish/engine-publisher.ts";
import type { Prepared } from "./prepare.ts";

/**
 * The publisher that goes with the builder's driver.
 * @param pushing called when a builder of its own starts to push
 */
export function driverPublisher(step: Prepared, pushing: () => void): DriverPublisher {
  const { request, source, platforms, temporary, world } = step;
  const { builder } = source;
  const { docker, signal, log } = world;
  const common = { docker, request, platforms, signal, say: (line: string) => log.line(line) };
  if (builder.driver === "docker")
    return enginePublisher({
      ...common,
      builder,
      temporary,
      staging: source.names.staging,
    });
  return builderPublisher({
    ...common,
    loadInto: async (name) => (await release(step, planLoad(source, name), "engine"))[IMAGE] ?? {},
    pushByDigest: () => {
      pushing();
      return release(step, planPush(source), "registry");
    },
  });
}

/** Solves the image out of the builder's cache. Its steps were logged when they ran. */
async function release(
  { solver, request }: Prepared,
  solve: Solve,
  to: "registry" | "engine",
): Promise<Readonly<Record<string, TargetMetadata>>> {
  const quieter = solver.hearing((event: Event) =>
    event.type === "completed" && event.cached ? undefined : event,
  );
  const solved = await quieter.solve("release", solve);
  if (!solved.ok) throw releaseFailure(blame(solved.progress, solved.stderr), request.build, to);
  return solved.metadata;
}

/** What an image consists of. Undefined when it cannot be found out; that is never worth a failure. */
export async function layersOf(
  image: BuiltImage,
  { request, source, world }: Prepared,
): Promise<Layers | undefined> {
  const { builder, names } = source;
  const isAsked = request.summary || (request.push.push && builder.driver !== "docker");
  if (!isAsked) return undefined;
  try {
    if (builder.driver === "docker") return await world.docker.layers(names.staging);
    const [own] = image.platforms;
    if (own?.record === undefined || own.config === undefined) return undefined;
    const [manifest, config = ""] = await Promise.all([
      world.docker.builtBlob(own.record, own.digest),
      world.docker.builtBlob(own.record, own.config),
    ]);
    return manifest === undefined ? undefined : { packed: true, all: parseLayers(manifest, config) };
  } catch {
    return undefined;
  }
}
