/** What the goldens do not show: a crash of Caddy, and a Caddyfile that the workflow does not name. */
import { describe, expect, it } from "@jest/globals";
import { notRun } from "../../../../src/checks/caddy/answers.ts";
import type { Settings } from "../../../../src/checks/django-settings.ts";
import { answersTo, shownFindings } from "./golden-answers.ts";
import { GOLDENS, type Golden, production } from "./goldens.ts";
import { recorded } from "./recorded.ts";

function golden(name: string): Golden {
  const found = GOLDENS.find(({ what }) => what === name);
  if (found === undefined) throw new Error(`there is no golden "${name}"`);
  return found;
}

describe("a Caddyfile that the workflow does not name", () => {
  const TYPO = golden("a typo in a directive");

  it("has findings of level INFO, whose hints say how to make them count", async () => {
    const [caddy] = await answersTo(TYPO, recorded("2.11")(TYPO.what), false);
    expect(caddy && shownFindings(caddy)).toEqual(["INFO caddy.invalid Caddyfile:3"]);
    expect(caddy?.findings[0]?.hint).toContain("`caddyfile: Caddyfile` makes them count");
  });

  it("does not stop the step when its checks cannot run", () => {
    const checks = ["caddy", "hosts"];
    expect(notRun(checks, "no image", { named: false })).toMatchObject([
      { name: "caddy", skipped: "no image", reason: "" },
      { name: "hosts", skipped: "no image", reason: "" },
    ]);
    expect(notRun(checks, "no image", { named: true })).toMatchObject([
      { name: "caddy", reason: "no image" },
      { name: "hosts", skipped: "caddy could not run", reason: "" },
    ]);
  });
});

it("a crash of Caddy is a check that could not run", async () => {
  const SITE = golden("one site and a proxy");
  const output = recorded("2.11")(SITE.what);
  const validate = { out: "", err: "panic: nil map.\n\ngoroutine 1 [running]:", code: 2 };
  const [caddy] = await answersTo(SITE, { ...output, validate });
  expect(caddy).toMatchObject({
    findings: [],
    reason: "Caddy 2.11.4 crashed: panic: nil map",
    output: expect.stringContaining("goroutine 1"),
  });
});

it("notes name the file, the Caddy that read it, and the default values that were used", async () => {
  const DEFAULTS = golden("variables with defaults");
  const [caddy] = await answersTo(DEFAULTS, recorded("2.11")(DEFAULTS.what));
  expect(caddy?.notes).toEqual([
    "Caddyfile, read by Caddy 2.11.4 from caddy:2",
    "Checked with the default values of DOMAIN (localhost), UPSTREAM (web:8000)",
  ]);
});

describe("`hosts`", () => {
  const SITE = golden("Caddy and Django agree");

  /** What it answers with these settings in the place of production's. */
  async function hosts(settings: Settings) {
    const changed = {
      ...SITE,
      hosts: { settings: { ...production(), ...settings }, ports: [8000], findings: [] },
    };
    const [, , answer] = await answersTo(changed, recorded("2.11")(SITE.what));
    return answer;
  }

  it("is skipped, and has not passed, where a setting was not compared", async () => {
    const answer = await hosts({ ALLOWED_HOSTS: { value: ["shipshape.example"], supplied: "shipshape" } });
    expect(answer).toMatchObject({
      name: "hosts",
      findings: [],
      skipped: expect.stringMatching(/^ALLOWED_HOSTS not compared, because neither the image nor `env` sets/),
    });
  });

  it("is not skipped where all was compared", async () => {
    const answer = await hosts({});
    expect([answer?.findings, answer?.skipped]).toEqual([[], undefined]);
  });

  it.each<[string, unknown, string]>([
    ["is there too", ["a.example.org"], "WARNING"],
    ["is not there", ["shop.example.org"], "INFO"],
  ])("a finding that %s without the DJANGO_ENV of ours", async (_, without, level) => {
    const answer = await hosts({ ALLOWED_HOSTS: { value: ["b.example.org"], supplied: "project", without } });
    expect(answer?.findings).toMatchObject([{ id: "hosts.not-allowed", level }]);
    expect(answer?.findings[0]?.hint.includes("only with DJANGO_ENV=production")).toBe(level === "INFO");
  });
});
