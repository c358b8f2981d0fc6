/**
 * What no real Caddy can show: answers that are not known, and configurations that nobody would write. All else is compared
 * with the real Caddy in __tests__/e2e/caddy-routes.test.ts.
 */
import { describe, expect, it, jest } from "@jest/globals";
import { readAdapted } from "../../../../src/checks/caddy/adapted.ts";
import { follow } from "../../../../src/checks/caddy/routes/follow.ts";
import { search } from "../../../../src/checks/caddy/routes/regexp.ts";
import { serversOf } from "../../../../src/checks/caddy/routes/servers.ts";
import { compareWithDjango } from "../../../../src/checks/caddy/rules/rules.ts";
import { thisShop } from "../../samples.ts";
import { production } from "./goldens.ts";

/** Who answers a browser that asks for a page, in every way that is possible: upstreams and statuses. */
function answers(routes: readonly unknown[], more: Record<string, unknown> = {}, steps = 10_000): string[] {
  const asked = {
    ...{ method: "GET", https: true, host: "shop.test", target: "/page" },
    ...{ headers: new Map<string, string[]>(), mayHaveMore: true },
  };
  const ways = follow({ routes, ...more }, asked, { world: () => undefined, budget: { steps } });
  return ways.map((answer) =>
    answer.by === "proxy"
      ? answer.upstreams.join()
      : answer.by === "files"
        ? `${answer.file}`
        : answer.by === "caddy"
          ? `${answer.status}`
          : `unknown: ${answer.why}`,
  );
}

const to = (dial: string, ...match: readonly unknown[]) => ({
  ...(match.length === 0 ? {} : { match }),
  handle: [{ handler: "reverse_proxy", upstreams: [{ dial }] }],
});
const UNKNOWN = { expression: "{http.request.remote.host} in list" };
const NO = { path: ["/other"] };
const YES = { path: ["/page"] };

describe("a matcher of which nobody knows whether it matches", () => {
  it.each<[string, readonly unknown[], readonly string[]]>([
    ["alone", [UNKNOWN], ["a", "b"]],
    ["with another that does not match", [{ ...UNKNOWN, ...NO }], ["b"]],
    ["with another that matches", [{ ...UNKNOWN, ...YES }], ["a", "b"]],
    ["next to a set that matches", [NO, YES, UNKNOWN], ["a"]],
    ["next to a set that does not match", [NO, UNKNOWN], ["a", "b"]],
    ["negated", [{ not: [UNKNOWN] }], ["b", "a"]],
    ["negated next to a set that matches", [{ not: [YES, UNKNOWN] }], ["b"]],
    ["negated next to a set that does not match", [{ not: [NO, UNKNOWN] }], ["b", "a"]],
    ["in a negation of a negation", [{ not: [{ not: [{ ...UNKNOWN, ...NO }] }] }], ["b"]],
    ["of a header that browsers choose", [{ header: { "User-Agent": ["*Mobile*"] } }], ["a", "b"]],
    ["of a plugin", [{ geoip: { country: "DE" } }], ["a", "b"]],
    ["of the client's address", [{ client_ip: { ranges: ["10.0.0.0/8"] } }], ["a", "b"]],
    ["with an environment variable", [{ path: ["{env.PREFIX}/*"] }], ["a", "b"]],
    ["of an expression that Go alone understands", [{ path_regexp: { pattern: "\\pL+" } }], ["a", "b"]],
  ])("%s", (_, match, expected) => {
    expect(answers([to("a", ...match), to("b")])).toEqual(expected);
  });

  it("has one answer while a request is followed", () => {
    expect(answers([to("a", UNKNOWN), to("b", UNKNOWN), to("c")])).toEqual(["a", "c"]);
  });

  it("is not followed without end", () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      match: [{ expression: `${index}` }],
      handle: [{ handler: "headers" }],
    }));
    // All ways lead to one end, but nobody can try them all.
    expect(answers([...many, to("a")])).toEqual(["unknown: too much depends on what is not known"]);
  });
});

describe("what answers", () => {
  it("may be a plugin's handler", () => {
    expect(answers([{ handle: [{ handler: "rate_limit" }] }, to("a")])).toEqual(["unknown: rate_limit", "a"]);
  });

  it("may be an upstream that checks a login first", () => {
    const check = {
      handler: "reverse_proxy",
      upstreams: [{ dial: "auth:1" }],
      handle_response: [{ match: { status_code: [2] }, routes: [] }],
    };
    expect(answers([{ handle: [check] }, to("a")])).toEqual(["a", "auth:1"]);
  });

  it("may be a file, a page for an error, or that error", () => {
    const files = [{ handle: [{ handler: "file_server", root: "/srv" }] }];
    const page = {
      handle: [
        { handler: "rewrite", uri: "/404.html" },
        { handler: "file_server", root: "/srv" },
      ],
    };
    expect(answers(files)).toEqual(expect.arrayContaining(["/srv/page", "404"]));
    expect(answers(files, { errors: { routes: [page] } })).toContain("/srv/404.html");
  });
});

describe("regular expressions", () => {
  it.each(["(a+)+$", "(a|a)*$", "((a*)*)*b", "(?:x+){2,}"])(
    "%s, which may take forever, is not tried",
    (pattern) => {
      expect(search(pattern, `${"a".repeat(40)}!`)).toBeUndefined();
    },
  );

  it("of Go are read", () => {
    expect(search("(?i)^/RE/(?P<name>\\w+)\\z", "/re/one")?.groups.get("name")).toBe("one");
    expect(search("[[:alpha:]]", "a")).toBeUndefined();
    expect(search("(", "a")).toBeUndefined();
  });
});

jest.setTimeout(60_000);

describe("configurations of any size and shape", () => {
  const http = (routes: unknown) =>
    JSON.stringify({ apps: { http: { servers: { a: { listen: [":443"], routes } } } } });
  const PROJECT = { imagePorts: [8000], services: [], ownCaddy: false, app: "shop", image: thisShop() };
  const judged = (json: string) => {
    const adapted = readAdapted(json);
    if (adapted === undefined) throw new Error("not JSON");
    return compareWithDjango(adapted, production(), PROJECT);
  };

  it("10 MB of sites are judged as far as there is time", () => {
    const sites = Array.from({ length: 60_000 }, (_, index) => ({
      match: [{ host: [`shop-${index}.example.org`], path: [`/${"x".repeat(20)}${index}/*`] }],
      handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }],
    }));
    const json = http(sites);
    expect(json.length).toBeGreaterThan(9_000_000);
    const before = performance.now();
    judged(json);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it("a matcher with 300,000 hosts is read", () => {
    const hosts = Array.from({ length: 300_000 }, (_, index) => `s${index}.example.org`);
    const before = performance.now();
    judged(
      http([
        {
          match: [{ host: hosts }],
          handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }],
        },
      ]),
    );
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it("5,000 subroutes within each other are not followed", () => {
    const open = '{"handle":[{"handler":"subroute","routes":[';
    const deep = `${open.repeat(5000)}{"handle":[{"handler":"reverse_proxy"}]}${"]}]}".repeat(5000)}`;
    expect(readAdapted(http("ROUTES").replace('"ROUTES"', `[${deep}]`))).toBeUndefined();
  });

  it("named routes that invoke themselves end", () => {
    const again = { handle: [{ handler: "invoke", name: "again" }] };
    expect(answers([again], { named_routes: { again } })).toEqual([
      "unknown: the configuration is too large",
    ]);
  });

  it.each<unknown>([null, 1, "x", true, [], [[]], [null], { a: [null] }, [{ handle: 1 }]])(
    "values of unexpected types are no fault: %j",
    (odd) => {
      const handlers = [
        "subroute",
        "vars",
        "map",
        "rewrite",
        "headers",
        "file_server",
        "reverse_proxy",
        "static_response",
        "error",
        "invoke",
      ];
      const fields = [
        "routes",
        "errors",
        "uri",
        "strip_path_prefix",
        "uri_substring",
        "path_regexp",
        "query",
        "request",
        "response",
        "root",
        "hide",
        "index_names",
        "upstreams",
        "headers",
        "transport",
        "handle_response",
        "status_code",
        "destinations",
        "mappings",
        "name",
        "rewrite",
      ];
      const matchers = [
        "host",
        "path",
        "path_regexp",
        "method",
        "protocol",
        "tls",
        "query",
        "header",
        "header_regexp",
        "vars",
        "vars_regexp",
        "not",
        "file",
      ];
      const routes = [
        { match: odd, handle: odd },
        ...matchers.map((matcher) => ({ match: [{ [matcher]: odd }], handle: [] })),
        ...handlers.flatMap((handler) => fields.map((field) => ({ handle: [{ handler, [field]: odd }] }))),
      ];
      for (const route of routes) expect(() => answers([route])).not.toThrow();
      expect(() =>
        serversOf({
          servers: { a: odd, b: { listen: odd, routes: odd, automatic_https: odd, errors: odd } },
        }),
      ).not.toThrow();
      expect(() => judged(http(routes))).not.toThrow();
    },
  );
});
