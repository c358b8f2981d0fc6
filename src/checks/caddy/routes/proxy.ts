/** Caddy's handler `reverse_proxy`: which upstream gets the request, and what it sees of it. Pure. */
import { list, object, objectOrNone, text } from "../../../request/json.ts";
import { changeRequest } from "./headers.ts";
import { targetOf } from "./paths.ts";
import { rewrite } from "./rewrite.ts";
import { Run, type Value } from "./run.ts";

/** A request as an upstream gets it. What is undefined is not known. */
export interface Proxied {
  readonly by: "proxy";
  /** `web:8000`, `unix//run/web.sock`; none for dynamic upstreams. */
  readonly upstreams: readonly string[];
  readonly over: "http" | "https" | "fastcgi" | "unknown";
  readonly method: string;
  /** Path and query. */
  readonly target: Value;
  /** The header `Host`; null when it is the upstream's own name because Caddy says so by default, which 2.10 did not. */
  readonly host: Value | null;
  /** The other headers that Caddy sets or removes (as empty texts), by lower-case name. */
  readonly headers: Readonly<Record<string, Value>>;
  /** Caddy passes on what a proxy in front of it says in X-Forwarded headers. */
  readonly trustsProxies: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** What the upstreams of a handler see. The request itself stays as it is. */
export function proxied(handler: Json, run: Run, serverTrusts: boolean): Proxied {
  const sent = new Run(run.asked, run.ask);
  for (const [name, values] of run.headers) sent.headers.set(name, values);
  const original = { method: run.method, url: run.url };
  rewrite(object(handler.rewrite), run);
  Object.assign(sent, { method: run.method, url: run.url, host: run.host });
  Object.assign(run, original);
  sent.headers.set("x-forwarded-proto", [run.asked.https ? "https" : "http"]);
  sent.headers.set("x-forwarded-host", [run.host]);
  const dynamic = handler.dynamic_upstreams !== undefined;
  const upstreams = dynamic
    ? []
    : list(handler.upstreams).flatMap((one) => dial(text(object(one).dial), run));
  const over = transportOf(object(handler.transport), upstreams);
  const [only, ...others] = upstreams;
  const known = others.length === 0 && only !== undefined && !only.includes("{") ? only : undefined;
  for (const [part, value] of Object.entries(placeholdersOf(known)))
    run.placeholders.set(`http.reverse_proxy.upstream.${part}`, value);
  // Placeholders mean the request as it came to the proxy.
  const operations = object(object(handler.headers).request);
  const host = changeRequest(sent.headers, sent.host, operations, run);
  const setsHost = Object.keys(object(operations.set)).some((name) => name.toLowerCase() === "host");
  return {
    by: "proxy",
    upstreams,
    over,
    method: sent.method,
    target: targetOf(sent.url),
    host: over === "https" && !setsHost ? null : host,
    headers: changedHeaders(sent),
    trustsProxies: serverTrusts || list(handler.trusted_proxies).length > 0,
  };
}

/** An upstream's address. A placeholder without a known value stays in it. */
function dial(address: string, run: Run): string | readonly string[] {
  return address === "" ? [] : (run.replace(address) ?? address);
}

function placeholdersOf(upstream: Value): Readonly<Record<string, Value>> {
  const hostport = upstream?.replace(/^\w+\//, "");
  const port = /:(\d+)$/.exec(hostport ?? "")?.[1];
  return {
    address: upstream,
    hostport,
    host: hostport?.replace(/:\d+$/, ""),
    port,
  };
}

function transportOf(transport: Json, upstreams: readonly string[]): Proxied["over"] {
  const protocol = text(transport.protocol) || "http";
  if (protocol === "fastcgi") return "fastcgi";
  if (protocol !== "http") return "unknown";
  const tls = objectOrNone(transport.tls);
  if (tls === undefined) return "http";
  const plain = list(tls.except_ports).map(String);
  return upstreams.some((one) => plain.includes(/\d+$/.exec(one)?.[0] ?? "")) ? "unknown" : "https";
}

/** Headers that are not the client's own any more. */
function changedHeaders({ headers, asked }: Run): Proxied["headers"] {
  const changed = [...headers].filter(([name, values]) => asked.headers.get(name) !== values);
  return Object.fromEntries(
    changed.map(([name, values]) => [name, values.includes(undefined) ? undefined : values.join(",")]),
  );
}
