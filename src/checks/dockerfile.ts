/** What our own Dockerfiles and their solves share: the report's folder, secrets, the network. Pure. */
import { attributes, type BakeTarget, type Solve, type StepLimit } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import { IMAGE, STAGES } from "../docker/steps.ts";
import { Failure } from "../failure.ts";
import { NO_ATTESTATIONS } from "../image/attestations.ts";
import type { BaseImage } from "../image/base-image.ts";
import type { Request } from "../request/request.ts";

/** Where a container of ours leaves its report. The context's `room/` has this folder. */
export const REPORT = "/.shipshape/report";

/** Puts the report's folder into a stage. `--chmod` reaches what lies below `room/`, so any USER can write there. */
export const COPY_ROOM = "COPY --chmod=1777 room/ /";

/**
 * The last stage, which takes the reports of others out. The paths are plain, and the folder is two levels deep, for
 * BuildKit's sake: for a pattern it walks the whole image, and for any path all that lies in the parent folder (measured
 * with python:3.13-slim: 1 s, in which nothing else happens).
 * @param stages name → folder that the report is exported to
 */
export function exportReports(stages: Readonly<Record<string, string>>): string[] {
  return [
    `FROM scratch AS ${STAGES.report}`,
    ...Object.entries(stages).map(([stage, to]) => `COPY --from=${stage} ${REPORT}/ ${to}`),
    "",
  ];
}

/** One of our own Dockerfiles, and what its solve needs. */
export interface OwnDockerfile {
  readonly text: string;
  /** Folder of its build context. */
  readonly context: string;
  /** What names the images that it starts FROM, and their platform. */
  readonly images: Pick<BakeTarget, "contexts" | "platforms">;
  readonly secret?: Secret;
  readonly network: Request["checksNetwork"];
  /** Stages that are never answered from the builder's cache. */
  readonly uncached: readonly string[];
  /** Folder that the reports are exported to. */
  readonly report: string;
  readonly limit: StepLimit;
}

/**
 * The solve of one of our own Dockerfiles. A secret's value goes by environment. A step on the machine's network needs an
 * entitlement, which the target asks for and the call allows.
 * @param name of its bake target
 */
export function planOwn(name: string, own: OwnDockerfile): Solve {
  const { secret, uncached } = own;
  const entitlements = own.network === "host" ? ["network.host"] : [];
  const target: BakeTarget = {
    context: own.context,
    "dockerfile-inline": own.text,
    ...own.images,
    ...(secret === undefined ? {} : { secret: [attributes({ id: secret.id, env: secret.variable })] }),
    attest: NO_ATTESTATIONS,
    ...(uncached.length === 0 ? {} : { "no-cache-filter": uncached }),
    ...(entitlements.length === 0 ? {} : { entitlements }),
    output: [attributes({ type: "local", dest: own.report })],
  };
  return {
    file: { target: { [name]: target } },
    targets: [name],
    allow: entitlements,
    secrets: new Map(secret === undefined ? [] : [[secret.variable, secret.value]]),
    limit: own.limit,
  };
}

/** What names the image that is checked, for a Dockerfile that starts FROM it. */
export function naming({ context, platform }: BaseImage): OwnDockerfile["images"] {
  return { contexts: { [IMAGE]: context }, ...(platform === "" ? {} : { platforms: [platform] }) };
}

/** A secret of one of our solves: its value goes by environment, never into a file or an argument. */
export interface Secret {
  /**
   * It cannot be guessed, because it holds a slow hash of the value: BuildKit asks every client that shares a step for a secret, and
   * a base image may ask for one by its id. The id is part of the cache's key, which the value is not.
   */
  readonly id: string;
  readonly variable: string;
  readonly value: string;
}

/**
 * @param what it is of: `probe`, `caddy`
 * @param key the slow hash of the values, empty without values
 */
export function secretOf(what: string, key: string, value: string): Secret {
  const id = key === "" ? `shipshape-${what}` : `shipshape-${what}-${key.slice(0, 32)}`;
  return { id, variable: `SHIPSHAPE_${what.toUpperCase()}_ENV`, value };
}

/** The secret as a mount of a RUN. */
export function mounted({ id }: Secret, target: string): string {
  return ` --mount=type=secret,id=${id},target=${target},mode=0444,required`;
}

/** @throws {Failure} when the checks are to use a network that this builder does not share */
export function requireNetwork({ checksNetwork }: Request, builder: Builder): void {
  if (checksNetwork === "none" || builder.hostNetwork) return;
  throw new Failure(
    "Invalid input",
    `\`checks-network: host\` needs a builder that shares the network of the job's machine, and ${builder.name}, a ` +
      `${builder.driver} builder, does not, or does not say so. Use the engine's own builder (leave out ` +
      "docker/setup-buildx-action, or give its step `driver: docker`), or make one that does: give docker/setup-buildx-action\n" +
      "driver-opts: network=host",
  );
}
