/** What every solve needs, and how one is run: once more where that is not the image's fault. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Solve, withoutCaches } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import type { Docker, Solved } from "../docker/docker.ts";
import type { Event } from "../docker/progress.ts";
import { cancelled, Failure } from "../failure.ts";
import type { Digest, Request } from "../request/request.ts";
import type { Held, Pushed } from "./built-image.ts";
import { KEPT } from "./names.ts";
import type { Named, Site } from "./target.ts";

/** What solving needs from the story. */
export interface Bench {
  readonly docker: Docker;
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
  /** What left the builder in place of the image that was checked: it is what is looked at now. */
  readonly pushed?: Pushed;
}

/** The image under the name that it has: the registry's, or until the verdict the engine's. */
export function namedImage({ builder, site, pushed }: Bench): Named | undefined {
  if (pushed) return { context: `docker-image://${pushed.pinned}` };
  return builder.driver === "docker" ? { context: `docker-image://${site.staging}` } : undefined;
}

/**
 * An image that a builder of its own holds, named by its bytes: an OCI image layout (image-spec, "Image Layout") of
 * nothing but its manifest and config. The builder asks the step for those two and has the layers itself.
 * @param name of the layout's folder
 * @returns undefined where the builder's history cannot be read (it takes buildx 0.20)
 */
export async function layoutOf(
  { record, digest, config }: Held,
  { docker, folder }: Bench,
  name: string,
): Promise<Named | undefined> {
  if (record === undefined || config === undefined) return undefined;
  const [manifest, settings] = await Promise.all([
    docker.built(record, digest),
    docker.built(record, config),
  ]);
  if (manifest === undefined || settings === undefined) return undefined;
  const layout = join(folder, `layout-${name}`);
  const blobs = join(layout, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const descriptor = {
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest,
    size: Buffer.byteLength(manifest),
  };
  await Promise.all([
    writeFile(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" })),
    writeFile(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [descriptor] })),
    writeFile(join(blobs, encoded(digest)), manifest),
    writeFile(join(blobs, encoded(config)), settings),
  ]);
  return { context: `oci-layout://${layout}@${digest}` };
}

function encoded(digest: Digest): string {
  return digest.slice("sha256:".length);
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
  const { docker, builder, say, after } = bench;
  const folder = `${bench.folder}/${name}`;
  const hear = bench.listen();
  await after;
  for (const attempt of [solve, withoutCaches(solve)]) {
    const solved = await docker.bake(attempt, { builder, folder, hear, ending: bench.ending });
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
