/** Static files that Caddy serves elsewhere, or not at all. Other cases are goldens. */
import { describe, expect, it } from "@jest/globals";
import { type Compared, compared, fileServer, GUNICORN, proxy, shown } from "./compared.ts";

const ELSEWHERE = { mentions: { ...GUNICORN, staticFiles: true } };

describe("files under another path than STATIC_URL", () => {
  it.each<[string, string[], Compared]>([
    // Vite's folder: the project's frontend is served there, and Django may have no static files.
    [
      "are perhaps a frontend's",
      ["INFO hosts.static-url"],
      { routes: [fileServer("/assets/*", "/srv/spa"), proxy()] },
    ],
    [
      "are Django's, by their folder",
      ["WARNING hosts.static-url"],
      { routes: [fileServer("/assets/*", "/app/staticfiles"), proxy()] },
    ],
    [
      "are Django's, and something else may serve them",
      ["INFO hosts.static-url"],
      { routes: [fileServer("/assets/*", "/app/staticfiles"), proxy()], project: ELSEWHERE },
    ],
    [
      "are Django's, and the checkout was not read",
      ["INFO hosts.static-url"],
      { routes: [fileServer("/assets/*", "/app/staticfiles"), proxy()], project: { mentions: undefined } },
    ],
  ])("%s", (_, expected, given) => expect(shown(given)).toEqual(expected));
});

describe("a file_server behind a proxy", () => {
  const bare = [
    { handle: [{ handler: "vars", root: "/srv" }] },
    proxy(),
    { handle: [{ handler: "file_server" }] },
  ];
  const named = [
    ...bare.slice(0, 2),
    { match: [{ path: ["/static/*"] }], handle: [{ handler: "file_server" }] },
  ];
  const proxied = [{ match: [{ path: ["/static/*"] }], ...proxy() }, ...bare];
  it.each<[string, string, Compared]>([
    ["for static files", "WARNING", { routes: named }],
    ["for static files that something else may serve", "INFO", { routes: named, project: ELSEWHERE }],
    ["for all paths", "INFO", { routes: bare }],
    ["for all paths, where the proxy has a matcher for static files", "INFO", { routes: proxied }],
  ])("%s", (_, level, given) => expect(shown(given)).toEqual([`${level} hosts.static-unreached`]));
});

describe("the files that a site is asked for", () => {
  const styles = {
    match: [{ path: ["*.css"] }],
    handle: [{ handler: "vars", root: "/srv" }, { handler: "file_server" }],
    terminal: true,
  };

  it("are those that were collected", () => {
    const asked = (...collected: string[]) => shown({ routes: [styles, proxy()], project: { collected } });
    expect(asked("logo.webp")).toEqual([]);
    expect(asked("logo.webp", "site.css")).toEqual(["INFO hosts.static-root"]);
  });

  it("are made up where nothing was collected", () => {
    expect(shown({ routes: [styles, proxy()], project: { collected: [] } })).toEqual([
      "INFO hosts.static-root",
    ]);
  });
});

describe("a STATIC_URL that comes from `env`", () => {
  const given = (routes: readonly object[]) =>
    compared({ routes, settings: { STATIC_URL: "/s3cr3t/" }, supplied: { STATIC_URL: "user" } });

  it.each([
    ["under another path", [fileServer("/assets/*", "/app/staticfiles"), proxy()]],
    [
      "never reached",
      [{ handle: [{ handler: "vars", root: "/srv" }] }, proxy(), { handle: [{ handler: "file_server" }] }],
    ],
    [
      "in another folder",
      [
        { handle: [{ handler: "vars", root: "/srv" }] },
        { match: [{ path: ["/s3*"] }], handle: [{ handler: "file_server" }] },
        proxy(),
      ],
    ],
  ])("is not printed, and what it leads to is INFO: %s", (_, routes) => {
    const found = given(routes);
    expect(found).toMatchObject([{ level: "INFO" }]);
    expect(JSON.stringify(found.map(({ message, hint }) => [message, hint]))).not.toContain("s3cr3t");
  });
});
