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

/** Reads the output of `caddy adapt`; undefined when it is not JSON. */
export function readAdapted(text: string): AdaptedConfig | undefined {
  const config = parseJson(text);
  return config === undefined ? undefined : serversOf(object(object(object(config).apps).http));
}
