/**
 * The solve that runs Caddy on the Caddyfile, in a bake process of its own: an image that cannot be pulled affects no other
 * check. Pure.
 */
import type { Solve } from "../../docker/bake.ts";
import { CADDY_IMAGE, isStep, STAGES } from "../../docker/steps.ts";
import type { BaseImage } from "../../image/base-image.ts";
import type { Stage } from "../../image/target.ts";
import type { CaddyWish } from "../../request/request.ts";
import { COPY_ROOM, exportReports, mounted, planOwn, REPORT, type Secret } from "../dockerfile.ts";

/** What Caddy is given. */
export interface CaddyCheck {
  /** Folder with `caddy.sh`, `room/`, `caddyfiles/` and `asked/`. */
  readonly context: string;
  /** Where its output is exported to. */
  readonly report: string;
  /** Path of the Caddyfile in the container. */
  readonly file: string;
  /** `caddy-env` as assignments of a shell. */
  readonly env: Secret;
}

/**
 * @param image that Caddy runs in: by its name, or one that was built, by its bytes
 * @param again not from the builder's cache
 * @param seconds the longest that Caddy may take
 */
export function planCaddy(
  image: string | BaseImage,
  { context, report, env, file }: CaddyCheck,
  { again, seconds }: { readonly again: boolean; readonly seconds: number },
): Solve {
  const isNamed = typeof image === "string";
  return planOwn("caddy", {
    context,
    text: caddyDockerfile(isNamed ? image : CADDY_IMAGE, file, env),
    images: isNamed ? {} : { contexts: { [CADDY_IMAGE]: image.context } },
    secret: env,
    network: "none",
    uncached: again ? [STAGES.caddy] : [],
    report,
    limit: { step: isStep("caddy"), seconds },
  });
}

/** Where the project's own Caddy image is built, by absolute paths. */
export interface OwnCaddy {
  readonly context: string;
  readonly dockerfile: string;
}

/** The project's own Caddy image, as a stage that is built first and without a secret of ours. */
export function caddyStage(
  { context, dockerfile }: OwnCaddy,
  { target, args }: Pick<CaddyWish, "target" | "args">,
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
export function caddyDockerfile(from: string, file: string, env: Secret): string {
  const command = [
    "/bin/sh",
    "/.shipshape-caddy/caddy.sh",
    "/.shipshape-asked",
    REPORT,
    file,
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
