/** What may let Django know that the browser came by https, besides SECURE_PROXY_SSL_HEADER. Other cases are goldens. */
import { describe, expect, it } from "@jest/globals";
import { type Compared, compared, GUNICORN, proxy, shown } from "./compared.ts";

const LOOP = { SECURE_PROXY_SSL_HEADER: null };
const FORMS = { ...LOOP, SECURE_SSL_REDIRECT: false };

describe("a redirect to https again and again", () => {
  it.each<[string, string, Compared]>([
    ["a plain server", "WARNING", {}],
    // gunicorn's forwarded_allow_ips, uvicorn's --proxy-headers, uWSGI.
    [
      "a server that may get the option",
      "INFO",
      { project: { mentions: { ...GUNICORN, forwardedProto: true } } },
    ],
    ["a server that no file names", "INFO", { project: { mentions: { ...GUNICORN, plainServer: false } } }],
    ["a checkout that was not read", "INFO", { project: { mentions: undefined } }],
    ["a socket, which gunicorn trusts", "INFO", { routes: [proxy("unix//run/gunicorn.sock")] }],
    ["loopback, which gunicorn and uvicorn trust", "INFO", { routes: [proxy("127.0.0.1:8000")] }],
    ["localhost", "INFO", { routes: [proxy("localhost:8000")] }],
    [
      "a header that Caddy removes",
      "WARNING",
      {
        routes: [
          proxy("localhost:8000", { headers: { request: { set: { "X-Forwarded-Proto": ["http"] } } } }),
        ],
      },
    ],
    ["a redirect that only `env` switches on", "INFO", { supplied: { SECURE_SSL_REDIRECT: "user" } }],
  ])("%s", (_, level, given) => {
    const found = compared({ settings: LOOP, ...given });
    expect(found.filter(({ id }) => id === "hosts.redirect-loop")).toMatchObject([{ level }]);
  });

  it("has a hint with the option of the server", () => {
    expect(compared({ settings: LOOP })[0]?.hint).toContain("`--forwarded-allow-ips`");
    const [unsure] = compared({ settings: LOOP, project: { mentions: undefined } });
    expect(unsure?.message).toContain("unless the server takes the scheme from X-Forwarded-Proto");
  });

  it("is not reported where a proxy in front of Caddy may say https", () => {
    const passedOn = { set: { "X-Forwarded-Proto": ["{http.request.header.X-Forwarded-Proto}"] } };
    const routes = [proxy("web:8000", { headers: { request: passedOn } })];
    expect(shown({ routes, settings: { SECURE_SSL_REDIRECT: true } })).toEqual([]);
  });
});

describe("the only upstream", () => {
  it.each<[string, string, Compared]>([
    ["has a port of the image", "WARNING", {}],
    // A frontend that asks Django itself, say.
    ["has a port, and none of the image is known", "INFO", { project: { imagePorts: [] } }],
    ["has another port", "INFO", { routes: [proxy("frontend:3000")] }],
    ["is a socket", "WARNING", { routes: [proxy("unix//run/shop.sock")], project: { imagePorts: [] } }],
  ])("%s", (_, level, given) => {
    const found = compared({ settings: { ALLOWED_HOSTS: ["backend"] }, ...given });
    expect(found.filter(({ id }) => id === "hosts.not-allowed")).toMatchObject([{ level }]);
  });
});

describe("an origin that Django does not trust", () => {
  it.each<[string, string, Compared]>([
    ["the settings do not have it", "WARNING", {}],
    ["`env` does not have it", "INFO", { supplied: { CSRF_TRUSTED_ORIGINS: "user" } }],
    ["a variable's default is empty", "INFO", { defaults: { CSRF_TRUSTED_ORIGINS: "ORIGINS" } }],
    [
      "a variable's default is one's own machine",
      "INFO",
      {
        settings: { ...FORMS, CSRF_TRUSTED_ORIGINS: ["http://localhost:8000"] },
        defaults: { CSRF_TRUSTED_ORIGINS: "ORIGINS" },
      },
    ],
    [
      "a variable's default is another site",
      "WARNING",
      {
        settings: { ...FORMS, CSRF_TRUSTED_ORIGINS: ["https://other.acme.com"] },
        defaults: { CSRF_TRUSTED_ORIGINS: "ORIGINS" },
      },
    ],
    ["the server may know the scheme", "INFO", { project: { mentions: undefined } }],
  ])("%s", (_, level, given) => {
    const found = compared({ settings: FORMS, ...given }).filter(({ id }) => id === "hosts.csrf-origin");
    expect(found).toMatchObject([{ level }]);
  });

  it("says who gave the list", () => {
    const hint = (given: Compared) => compared({ settings: FORMS, ...given })[0]?.hint;
    expect(hint({ supplied: { CSRF_TRUSTED_ORIGINS: "user" } })).toContain("`env` sets CSRF_TRUSTED_ORIGINS");
    expect(hint({ defaults: { CSRF_TRUSTED_ORIGINS: "ORIGINS" } })).toContain(
      "default of the variable ORIGINS",
    );
  });
});

describe("values of `env`", () => {
  it("are not printed with Strict-Transport-Security", () => {
    const header = { handler: "headers", response: { set: { "Strict-Transport-Security": ["max-age=1"] } } };
    const routes = [{ handle: [header] }, proxy()];
    const settings = { SECURE_HSTS_SECONDS: 12345678 };
    const own = compared({ routes, settings });
    expect(own[0]?.message).toContain("max-age=12345678");
    const [found] = compared({ routes, settings, supplied: { SECURE_HSTS_SECONDS: "user" } });
    expect(found).toMatchObject({ id: "hosts.hsts", message: expect.stringContaining("comes from `env`") });
    expect(JSON.stringify(found)).not.toContain("12345678");
  });
});
