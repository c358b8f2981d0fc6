/** All Caddyfiles of which the output of the real Caddy is recorded. */
import { GOLDENS, type Golden } from "./goldens.ts";
import { ROUTE_GOLDENS } from "./route-goldens.ts";

export type { Version } from "./goldens.ts";

export const ALL_GOLDENS: readonly Golden[] = [...GOLDENS, ...ROUTE_GOLDENS];
