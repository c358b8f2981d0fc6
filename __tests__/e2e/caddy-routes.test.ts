/**
 * Compares what shipshape says of a request with what the real Caddy of both versions answers, request by request: for
 * every golden Caddyfile of the unit tests, and for Caddyfiles that are put together by chance.
 */
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { type Answer, follow } from "../../src/checks/caddy/routes/follow.ts";
import type { Asked } from "../../src/checks/caddy/routes/run.ts";
import { type Servers, serversOf } from "../../src/checks/caddy/routes/servers.ts";
import { sitesOf } from "../../src/checks/caddy/routes/sites.ts";
import { ALL_GOLDENS, type Version } from "../unit/checks/caddy/all-goldens.ts";
import { recorded } from "../unit/checks/caddy/recorded.ts";
import {
  caddyOf,
  type Json,
  type RealAnswer,
  RealCaddy,
  type RealRequest,
  type Seen,
} from "./harness/caddy-server.ts";
import { caddyfile } from "./harness/caddyfiles.ts";

jest.setTimeout(300_000);

/** Caddyfiles by chance. */
const GENERATED = 30;

/** Paths that are asked of every site, besides one for each of its path matchers. */
const TARGETS = [
  "/",
  "/static/admin/css/base.css",
  "/STATIC/app.js",
  "/static//app.js",
  "/static/../sub/page.html",
  "/media/photo.jpg",
  "/sub",
  "/sub/",
  "/sub/page",
  "/sub/page.html",
  "/sub/page.html/",
  "/docs/page.html?page=2",
  "/a%20b.txt",
  "/x%2Fy/z",
  "/x/y/z",
  "/abc/b",
  "/api/items?page=2&x=%2F",
  "/API/items/",
  "/v2/items.css",
  "/re/one/two.js",
  "/re/two/",
  "/admin/",
  "/secret/x",
  "/map/x",
  "/old/x?y=1",
  "/short",
  "/missing",
  "/nothing?page=1",
];

/** What differs between one of our answers and the real one. What we do not know differs from nothing. */
function difference(
  answer: Answer,
  real: RealAnswer,
  asked: RealRequest,
  version: Version,
): string | undefined {
  const has = (what: string, ours: unknown, theirs: unknown) =>
    ours === undefined || ours === theirs ? [] : [`${what}: ${ours} instead of ${theirs}`];
  const found: string[] = [];
  if (answer.by === "unknown") return undefined;
  // Before 2.7, file_server answered every method.
  if (version === "2.6" && answer.by !== "proxy" && answer.status === "405" && real.status === 200)
    return undefined;
  if (answer.by === "proxy") {
    // Our servers speak http, and an address with a slip in it leads to none of them.
    const isOurs = answer.over === "http" && answer.upstreams.some((one) => one.startsWith("127.0.0.1:"));
    if (real.status === 502 && !isOurs) return undefined;
    const upstream = real.headers["x-upstream"];
    if (typeof upstream !== "string")
      return `proxied, but the answer is ${real.status} ${real.body.slice(0, 80)}`;
    const seen = JSON.parse(decodeURIComponent(upstream)) as Seen;
    found.push(...has("upstream", answer.upstreams.includes(`127.0.0.1:${seen.port}`), true));
    found.push(...has("method", answer.method, seen.method), ...has("target", answer.target, seen.target));
    if (answer.host === null)
      found.push(...has("host", [...answer.upstreams, asked.host].includes(seen.headers.host ?? ""), true));
    else found.push(...has("host", answer.host, seen.headers.host));
    for (const [name, value] of Object.entries(answer.headers))
      if (!["connection", "upgrade"].includes(name))
        found.push(...has(name, value, seen.headers[name] ?? ""));
  } else if (answer.by === "files") {
    found.push(...has("status", answer.status, String(real.status)));
    if (asked.method !== "HEAD") found.push(...has("file", `FILE ${answer.file}`, real.body));
  } else {
    if (real.headers["x-upstream"] !== undefined) return `${answer.status}, but an upstream answered`;
    const status = answer.status === "abort" ? "cut" : answer.status;
    found.push(
      ...has("status", status, String(real.status)),
      ...has("location", answer.location, real.headers.location),
    );
  }
  for (const [name, value] of real.status === "cut" ? [] : Object.entries(answer.response))
    if (name !== "server" && value !== "" && real.headers[name] !== undefined)
      found.push(...has(name, value, String(real.headers[name])));
  return found.length === 0 ? undefined : found.join("; ");
}

function askedOf({ method, https, host, target, headers }: RealRequest): Asked {
  const sent = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  return {
    method,
    https,
    host,
    target,
    headers: new Map([["connection", ["keep-alive"]], ...sent]),
    mayHaveMore: false,
  };
}

/** The requests for one configuration. */
function requestsFor(
  servers: Servers,
  seed: number,
  version: Version,
): { readonly request: RealRequest; readonly server: Json }[] {
  const { httpPort } = servers;
  return sitesOf(servers).flatMap(({ host: pattern, https, server, patterns }, index) => {
    const [ownPort = 0] = server.ports;
    const host = pattern.replace("*", "some") || "any.test";
    // Without a name of its own, a site has no certificate.
    const schemes = https && pattern === "" ? [false] : https ? [true, false] : [false];
    const examples = patterns
      .filter((one) => one.startsWith("/"))
      .map((one) => one.replaceAll("*", "x").replaceAll(/[?[\]]/g, "p"));
    return [...TARGETS, ...examples].flatMap((target, at) => {
      const number = seed + index + at;
      // Every third path is asked of the other scheme's port too: a redirect, mostly.
      return schemes.slice(0, number % 3 === 0 ? 2 : 1).flatMap((secure) => {
        const port = secure || !https ? ownPort : httpPort;
        const chosen = servers.all.find(({ ports }) => ports.includes(port));
        if (chosen === undefined) return [];
        if (version === "2.6" && target.endsWith("page.html/")) return [];
        const method = ["GET", "GET", "GET", version === "2.6" ? "GET" : "POST", "HEAD"][number % 5] ?? "GET";
        const named =
          number % 4 === 0
            ? `${host.toUpperCase()}:${port}`
            : number % 7 === 0 && !secure
              ? "other.test"
              : host;
        const headers =
          number % 6 === 0 ? { "x-kind": "one-two" } : number % 6 === 1 ? { "x-kind": "three" } : {};
        const request: RealRequest = {
          method,
          https: secure,
          port,
          host: named,
          name: host,
          target,
          headers,
        };
        return [{ request, server: chosen.json as Json }];
      });
    });
  });
}

let total = 0;

describe.each<Version>(["2.6", "2.11"])("Caddy %s", (version) => {
  it("answers each request as shipshape says, as far as that can be known", async () => {
    const caddy = new RealCaddy();
    await caddy.start(caddyOf(`caddy:${version}`));
    const wrong: string[] = [];
    const counts = { configurations: 0, requests: 0, unknown: 0 };
    const outputOf = recorded(version);
    const sources: (() => Promise<readonly [string, Json | undefined]>)[] = [
      ...ALL_GOLDENS.map(({ what, text }) => async () => {
        const { code, out } = outputOf(what).adapt;
        return [text, code === 0 ? (JSON.parse(out) as Json) : undefined] as const;
      }),
      ...Array.from({ length: GENERATED }, (_, seed) => async () => {
        const text = caddyfile(seed);
        return [text, await caddy.adapt(text)] as const;
      }),
    ];
    for (const [seed, source] of sources.entries()) {
      const [text, adapted] = await source();
      const http = adapted && (await caddy.serve(adapted));
      if (http === undefined) continue;
      counts.configurations++;
      // Whether a program of expressions matches, and who asks, is not known.
      const mayBeUnknown = /"(expression|remote_ip)"/.test(JSON.stringify(http));
      for (const { request, server } of requestsFor(serversOf(http), seed, version)) {
        const real = await caddy.ask(request);
        const ways = follow(server, askedOf(request), { world: caddy.world, budget: { steps: 100_000 } });
        counts.requests++;
        const isUnknown = ways.length > 1 || ways[0]?.by === "unknown";
        if (isUnknown) counts.unknown++;
        const differences = ways.map((answer) => difference(answer, real, request, version));
        if (differences.includes(undefined) && (mayBeUnknown || !isUnknown)) continue;
        wrong.push(`${JSON.stringify(request)}\n${differences.join("\n or ") || "not known"}\n${text}`);
      }
    }
    total += counts.requests;
    expect(wrong.slice(0, 5).join("\n\n")).toBe("");
    expect(counts.configurations).toBeGreaterThan(80);
    expect(counts.unknown).toBeLessThan(counts.requests * 0.05);
  });
});

afterAll(() => expect(total).toBeGreaterThan(2000));
