/** What the goldens do not show: a crash of Caddy, and a Caddyfile that the workflow does not name. */
import { describe, expect, it } from "@jest/globals";
import { notRun } from "../../../../src/checks/caddy/answers.ts";
import { answersTo, shownFindings } from "./golden-answers.ts";
import { GOLDENS, type Golden } from "./goldens.ts";
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
