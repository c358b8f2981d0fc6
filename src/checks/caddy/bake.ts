/**
 * The solve that runs Caddy on the Caddyfile, in a bake process of its own: an image that cannot be pulled affects no other
 * check. Pure.
 */
import { attributes, type BakeTarget, type Solve } from "../../docker/bake.ts";
import { CADDY_IMAGE, isStep, STAGES } from "../../docker/steps.ts";
import { NO_ATTESTATIONS } from "../../image/attestations.ts";
import type { BaseImage } from "../../image/base-image.ts";
import type { Stage } from "../../image/target.ts";
import { COPY_ROOM, exportReports, given, mounted, REPORT, type Secret } from "../dockerfile.ts";

/** Which Caddy is run. */
export type Binary =
  | { readonly from: "stock"; readonly image: string }
  | {
      readonly from: "own";
      /** Absolute paths. */
      readonly context: string;
      readonly dockerfile: string;
      readonly target: string;
      readonly args: ReadonlyMap<string, string>;
    };

/** What Caddy is given. */
export interface CaddyCheck {
  /** Folder with `caddy.sh`, `room/`, `caddyfiles/` and `asked/`. */
  readonly context: string;
  /** Where its output is exported to. */
  readonly report: string;
  /** `caddy-env` as assignments of a shell. */
  readonly env: Secret;
}

/** What Caddy runs in: an image by its name, or one that was built and is named by its bytes. */
export type CaddyBase = string | BaseImage;

/**
 * @param again not from the builder's cache
 * @param seconds the longest that Caddy may take
 */
export function planCaddy(
  base: CaddyBase,
  { context, report, env }: CaddyCheck,
  { again, seconds }: { readonly again: boolean; readonly seconds: number },
): Solve {
  const target: BakeTarget = {
    context,
    "dockerfile-inline": caddyDockerfile(typeof base === "string" ? base : CADDY_IMAGE, env),
    ...(typeof base === "string" ? {} : { contexts: { [CADDY_IMAGE]: base.context } }),
    ...given(env),
    attest: NO_ATTESTATIONS,
    ...(again ? { "no-cache-filter": [STAGES.caddy] } : {}),
    output: [attributes({ type: "local", dest: report })],
  };
  return {
    file: { target: { caddy: target } },
    targets: ["caddy"],
    allow: [],
    secrets: new Map([[env.variable, env.value]]),
    limit: { step: isStep("caddy"), seconds },
  };
}

/** The project's own Caddy image, as a stage that is built first and without a secret of ours. */
export function caddyStage(
  { context, dockerfile, target, args }: Extract<Binary, { from: "own" }>,
  staging: string,
): Stage {
  return {
    name: CADDY_IMAGE,
    platform: "",
    target: {
      context,
      dockerfile,
      ...(target === "" ? {} : { target }),
      args: Object.fromEntries(args),
    },
    staging: `${staging}-caddy`,
    allow: [],
    secrets: new Map(),
  };
}

/** Our Dockerfile: the Caddyfiles to their places, Caddy's output out. */
export function caddyDockerfile(from: string, env: Secret): string {
  const command = [
    "/bin/sh",
    "/.shipshape-caddy/caddy.sh",
    "/.shipshape-asked",
    REPORT,
    "/etc/caddy/Caddyfile",
    "/.shipshape-caddy-env",
  ];
  return [
    `FROM ${from} AS ${STAGES.caddy}`,
    COPY_ROOM,
    "COPY caddyfiles/ /",
    "RUN --network=none" +
      " --mount=type=bind,source=caddy.sh,target=/.shipshape-caddy/caddy.sh" +
      " --mount=type=bind,source=asked,target=/.shipshape-asked" +
      `${mounted(env, "/.shipshape-caddy-env")} ${JSON.stringify(command)}`,
    ...exportReports({ [STAGES.caddy]: "/" }),
  ].join("\n");
}
