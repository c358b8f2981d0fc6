/**
 * What `caddy adapt` made of the Caddyfile (caddyserver.com/docs/json). The JSON is untrusted: a value of an unexpected
 * type is ignored. Pure.
 */
import { object, parseJson } from "../../request/json.ts";
import type { Proxied } from "./routes/proxy.ts";
import type { Value } from "./routes/run.ts";
import { type Servers, serversOf } from "./routes/servers.ts";

/** Everything that listens by an adapted Caddyfile, and its routes. */
export type AdaptedConfig = Servers;

/** Which requests of a browser something applies to. */
export interface Scope {
  /** Host names in lower case; empty = every host. */
  readonly hosts: readonly string[];
  readonly https: boolean;
  /** `:443`, as in a browser's address; empty for the scheme's own port. */
  readonly port: string;
}

/** In a header: the host that the browser asked for. */
export const BROWSERS_HOST = "{host}";

/** Requests that a `reverse_proxy` sends on, and what its upstreams see of them. */
export interface ProxyRoute extends Scope, Pick<Proxied, "upstreams" | "over" | "host" | "trustsProxies"> {
  /** Request headers that Caddy sets or removes (an empty text), by lower-case name. */
  readonly headers: ReadonlyMap<string, Value>;
}

/** Levels of lists and objects in a config. No project's has as many, and following them takes as many calls. */
const MAX_DEPTH = 200;

/** Reads the output of `caddy adapt`; undefined when it is not JSON, or is nested too deeply to be followed. */
export function readAdapted(text: string): AdaptedConfig | undefined {
  const config = parseJson(text);
  return config === undefined || isDeeper(config, MAX_DEPTH)
    ? undefined
    : serversOf(object(object(object(config).apps).http));
}

/** Whether a value is nested deeper than that. It looks at one level after the other. */
function isDeeper(value: unknown, limit: number): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= limit) return true;
    level = level.flatMap((one) => Object.values(one).filter(isNested));
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
