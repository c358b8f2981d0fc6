/**
 * The solve that asks Caddy about the Caddyfile: in a bake process of its own, so that an image that cannot be
 * pulled touches nothing else. Pure.
 */

import { attributes, type BakeTarget, type Solve } from "../../docker/bake.ts";
import { isCaddyStep } from "../../image/steps.ts";
import { exportReport, NO_ATTESTATIONS, REPORT } from "../../image/target.ts";

export const CADDY = "caddy";
/** The project's own Caddy image. */
const OWN = "caddy-image";
const STAGE = "caddy-run";
const ENVIRONMENT = "SHIPSHAPE_CADDY_ENV";

/** Which Caddy is asked. */
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

/** What the solve needs of the machine. */
export interface CaddySite {
  /** Folder with `caddy.sh`, `room/`, `caddyfiles/` and `asked/`. */
  readonly context: string;
  readonly reportFolder: string;
  /** `caddy-env` as assignments of a shell: a secret of the solve. */
  readonly environment: string;
}

/**
 * @param again not from the builder's cache
 * @param seconds the longest that Caddy may take
 */
export function planCaddy(
  binary: Binary,
  site: CaddySite,
  { again, seconds }: { readonly again: boolean; readonly seconds: number },
): Solve {
  const target: BakeTarget = {
    context: site.context,
    "dockerfile-inline": caddyDockerfile(binary),
    ...(binary.from === "own" ? { contexts: { [OWN]: `target:${OWN}` } } : {}),
    secret: [attributes({ id: "shipshape-caddy-env", env: ENVIRONMENT })],
    attest: NO_ATTESTATIONS,
    ...(again ? { "no-cache-filter": [STAGE] } : {}),
    output: [attributes({ type: "local", dest: site.reportFolder })],
  };
  return {
    file: { target: { [CADDY]: target, ...(binary.from === "own" ? { [OWN]: ownTarget(binary) } : {}) } },
    targets: [CADDY],
    allow: [],
    secrets: new Map([[ENVIRONMENT, site.environment]]),
    limit: { step: isCaddyStep, seconds },
  };
}

function ownTarget({ context, dockerfile, target, args }: Extract<Binary, { from: "own" }>): BakeTarget {
  return {
    context,
    dockerfile,
    ...(target === "" ? {} : { target }),
    args: Object.fromEntries(args),
    attest: NO_ATTESTATIONS,
    output: ["type=cacheonly"],
  };
}

/** Our Dockerfile: the Caddyfiles to their places, Caddy's words out. */
export function caddyDockerfile(binary: Binary): string {
  const command = [
    "/bin/sh",
    "/.shipshape-caddy/caddy.sh",
    "/.shipshape-asked",
    REPORT,
    "/etc/caddy/Caddyfile",
    "/.shipshape-caddy-env",
  ];
  return [
    `FROM ${binary.from === "own" ? OWN : binary.image} AS ${STAGE}`,
    "COPY --chmod=1777 room/ /",
    "COPY caddyfiles/ /",
    "RUN --network=none" +
      " --mount=type=bind,source=caddy.sh,target=/.shipshape-caddy/caddy.sh" +
      " --mount=type=bind,source=asked,target=/.shipshape-asked" +
      " --mount=type=secret,id=shipshape-caddy-env,target=/.shipshape-caddy-env,mode=0444,required" +
      ` ${JSON.stringify(command)}`,
    "FROM scratch",
    exportReport(STAGE),
    "",
  ].join("\n");
}
