/** How it matters who gave ALLOWED_HOSTS its value. All other cases are goldens. */
import { describe, expect, it } from "@jest/globals";
import { readAdapted } from "../../../../../src/checks/caddy/adapted.ts";
import { notCompared, type Settings } from "../../../../../src/checks/caddy/rules/django-settings.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";

const adapted = readAdapted(
  JSON.stringify({
    apps: {
      http: {
        servers: {
          srv0: {
            listen: [":443"],
            routes: [
              {
                match: [{ host: ["shop.acme.com"] }],
                handle: [
                  {
                    handler: "subroute",
                    routes: [{ handle: [{ handler: "reverse_proxy", upstreams: [{ dial: "web:8000" }] }] }],
                  },
                ],
              },
            ],
          },
        },
      },
    },
  }),
);

function notAllowed(value: readonly string[], supplied: string, default_of = "") {
  if (adapted === undefined) throw new Error("the adapted Caddyfile cannot be read");
  const settings: Settings = { ALLOWED_HOSTS: { value, supplied, default_of } };
  return compareWithDjango(adapted, settings, {
    imagePorts: [8000],
    services: [],
    ownCaddy: false,
    app: "",
    image: "",
  }).filter(({ id }) => id === "hosts.not-allowed");
}

describe("a host that Django does not allow", () => {
  it.each([
    ["the settings have other hosts", ["other.acme.com"], "image", "WARNING"],
    ["`env` has other hosts", ["other.acme.com"], "user", "WARNING"],
    ["`env` has only the hosts of tests", ["localhost", "testserver"], "user", "INFO"],
    ["the settings have only the hosts of tests", ["localhost"], "image", "WARNING"],
  ])("%s", (_, value, supplied, level) => expect(notAllowed(value, supplied)).toMatchObject([{ level }]));

  it("comes with a hint about `env` only when `env` sets ALLOWED_HOSTS", () => {
    expect(notAllowed(["other.acme.com"], "user")[0]?.hint).toContain("`env`");
    expect(notAllowed(["other.acme.com"], "image")[0]?.hint).not.toContain("`env`");
  });

  it("is not reported when shipshape supplied the value, and the setting is named as not compared", () => {
    expect(notAllowed(["shipshape.example"], "shipshape")).toEqual([]);
    expect(notCompared({ ALLOWED_HOSTS: { value: [], supplied: "shipshape" } })).toContain(
      "ALLOWED_HOSTS not compared",
    );
    expect(notCompared({ ALLOWED_HOSTS: { value: [], supplied: "image" } })).toBe("");
  });

  it("is named as not compared when the probe hid the value", () => {
    expect(notAllowed(["***"], "user")).toEqual([]);
    expect(notCompared({ ALLOWED_HOSTS: { value: ["***"], supplied: "user" } })).toContain("ALLOWED_HOSTS");
  });

  it("names the variable whose default the value is", () => {
    const [found] = notAllowed(["localhost"], "project", "SHOP_HOSTS");
    expect(found).toMatchObject({ level: "WARNING" });
    expect(found?.hint).toContain("default of the variable SHOP_HOSTS");
  });
});
