/** How it matters who gave ALLOWED_HOSTS its value. All other cases are goldens. */
import { describe, expect, it } from "@jest/globals";
import { readAdapted } from "../../../../../src/checks/caddy/adapted.ts";
import { compareWithDjango } from "../../../../../src/checks/caddy/rules/rules.ts";
import { DjangoSettings, type Settings } from "../../../../../src/checks/django-settings.ts";
import { thisShop } from "../../../samples.ts";

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

const PROJECT = { imagePorts: [8000], services: [], ownCaddy: false, app: "", image: thisShop() };

function notAllowed(value: readonly string[], supplied: string, default_of = "") {
  if (adapted === undefined) throw new Error("the adapted Caddyfile cannot be read");
  const settings: Settings = { ALLOWED_HOSTS: { value, supplied, default_of } };
  return compareWithDjango(adapted, settings, PROJECT).filter(({ id }) => id === "hosts.not-allowed");
}

describe("a host that Django does not allow", () => {
  it.each([
    ["the settings have other hosts", ["other.acme.com"], "image", "", "WARNING"],
    ["`env` has other hosts", ["other.acme.com"], "user", "", "INFO"],
    ["`env` has only the hosts of tests", ["localhost", "testserver"], "user", "", "INFO"],
    ["the settings have only the hosts of tests", ["localhost"], "image", "", "WARNING"],
    ["a variable's default has other hosts", ["other.acme.com"], "project", "SHOP_HOSTS", "WARNING"],
    [
      "a variable's default has only those of one's own machine",
      ["localhost", "127.0.0.1"],
      "project",
      "SHOP_HOSTS",
      "INFO",
    ],
    ["a variable's default is empty", [], "project", "SHOP_HOSTS", "INFO"],
  ])("%s", (_, value, supplied, variable, level) =>
    expect(notAllowed(value, supplied, variable)).toMatchObject([{ level }]),
  );

  it("comes with a hint about `env` only when `env` sets ALLOWED_HOSTS", () => {
    expect(notAllowed(["other.acme.com"], "user")[0]?.hint).toContain("`env`");
    expect(notAllowed(["other.acme.com"], "image")[0]?.hint).not.toContain("`env`");
  });

  it("is not reported when shipshape supplied the value, or the probe hid it", () => {
    expect(notAllowed(["shipshape.example"], "shipshape")).toEqual([]);
    expect(notAllowed(["***"], "user")).toEqual([]);
  });

  it("names the variable whose default the value is", () => {
    const [found] = notAllowed(["localhost"], "project", "SHOP_HOSTS");
    expect(found?.hint).toContain("default of the variable SHOP_HOSTS");
  });
});

describe("settings that are not known", () => {
  const asked = (settings: Settings, ...names: readonly string[]) => {
    const django = new DjangoSettings(settings);
    for (const name of names) django.value(name);
    return django.notCompared;
  };

  it.each<[string, Settings, string]>([
    [
      "supplied by shipshape",
      { STATIC_ROOT: { value: "", supplied: "shipshape" } },
      "STATIC_ROOT not compared, because neither",
    ],
    [
      "hidden",
      { STATIC_ROOT: { value: "/***/static", supplied: "user" } },
      "STATIC_ROOT not compared, because it has the value of a secret",
    ],
    ["not in the report", {}, "STATIC_ROOT not compared, because the report"],
    ["None", { STATIC_ROOT: { value: null, supplied: "project" } }, ""],
  ])("are named, with the reason: %s", (_, settings, expected) => {
    const said = asked(settings, "STATIC_ROOT");
    if (expected === "") expect(said).toBe("");
    else expect(said).toContain(expected);
  });

  it("are not named where no rule asks for them", () => {
    expect(asked({ STATIC_ROOT: { value: "", supplied: "shipshape" } })).toBe("");
  });

  it("are noted while the rules run", () => {
    if (adapted === undefined) throw new Error("the adapted Caddyfile cannot be read");
    const settings: Settings = { SECURE_PROXY_SSL_HEADER: { value: ["***", "x"], supplied: "project" } };
    const django = new DjangoSettings(settings);
    compareWithDjango(adapted, settings, PROJECT, django);
    expect(django.notCompared).toContain("SECURE_PROXY_SSL_HEADER not compared, because it has");
  });
});
