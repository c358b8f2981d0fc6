/** What our own Dockerfiles and their solves share: the report's folder, secrets, the network. Pure. */
import { attributes, type BakeTarget } from "../docker/bake.ts";
import type { Builder } from "../docker/builder.ts";
import { IMAGE, STAGES } from "../docker/steps.ts";
import { Failure } from "../failure.ts";
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

/** A bake target whose Dockerfile starts FROM the image that is checked, on its platform. */
export function startingFrom({ context, platform }: BaseImage): Partial<BakeTarget> {
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

/** The secret as part of a bake target. */
export function given({ id, variable }: Secret): Pick<BakeTarget, "secret"> {
  return { secret: [attributes({ id, env: variable })] };
}

/** The secret as a mount of a RUN. */
export function mounted({ id }: Secret, target: string): string {
  return ` --mount=type=secret,id=${id},target=${target},mode=0444,required`;
}

/** The entitlement of a step that uses the machine's network: the target asks for it, and the call allows it. */
const HOST_NETWORK = "network.host";

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

/** What a target of ours asks for when the checks may use the machine's network. */
export function entitled({ checksNetwork }: Pick<Request, "checksNetwork">): Partial<BakeTarget> {
  return checksNetwork === "host" ? { entitlements: [HOST_NETWORK] } : {};
}

/** What the call of bake allows for it. */
export function allowed({ checksNetwork }: Pick<Request, "checksNetwork">): readonly string[] {
  return checksNetwork === "host" ? [HOST_NETWORK] : [];
}
