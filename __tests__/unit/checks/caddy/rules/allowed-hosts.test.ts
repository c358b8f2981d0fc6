/** What the goldens do not say: who gave a setting its value. */
import { describe, expect, it } from "@jest/globals";
import { readAdapted } from "../../../../../src/checks/caddy/adapted.ts";
import { type Settings, settingsNotCompared } from "../../../../../src/checks/caddy/rules/django-settings.ts";
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

function notAllowed(value: readonly string[], supplied: string) {
  if (adapted === undefined) throw new Error("not read");
  const settings: Settings = { ALLOWED_HOSTS: { value, supplied } };
  return compareWithDjango(adapted, settings, { imagePorts: [8000], services: [], ownCaddy: false }).filter(
    ({ id }) => id === "hosts.not-allowed",
  );
}

describe("hosts that Django does not allow", () => {
  it.each([
    ["in the settings", ["other.acme.com"], "image", "WARNING"],
    ["in `env`, where production's belong", ["other.acme.com"], "user", "WARNING"],
    ["in `env`, for tests", ["localhost", "testserver"], "user", "INFO"],
    ["in the settings, which have those of tests", ["localhost"], "image", "WARNING"],
  ])("%s", (_, value, supplied, level) => expect(notAllowed(value, supplied)).toMatchObject([{ level }]));

  it("are said to belong into `env`, where that is where they come from", () => {
    expect(notAllowed(["other.acme.com"], "user")[0]?.hint).toContain("`env`");
    expect(notAllowed(["other.acme.com"], "image")[0]?.hint).not.toContain("`env`");
  });

  it("are not looked for in a value of ours, and that is said", () => {
    expect(notAllowed(["shipshape.example"], "shipshape")).toEqual([]);
    expect(settingsNotCompared({ ALLOWED_HOSTS: { value: [], supplied: "shipshape" } })).toEqual([
      "ALLOWED_HOSTS",
    ]);
    expect(settingsNotCompared({ ALLOWED_HOSTS: { value: [], supplied: "image" } })).toEqual([]);
  });
});
