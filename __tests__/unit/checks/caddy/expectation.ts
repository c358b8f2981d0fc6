/** Compares what shipshape reports with what a golden expects, for recorded and for fresh output of Caddy. */
import { expect } from "@jest/globals";
import type { CaddyOutput } from "../../../../src/checks/caddy/output-files.ts";
import { answersTo, shownFindings } from "./golden-answers.ts";
import type { Expected, Golden, Version } from "./goldens.ts";

export async function expectGolden(golden: Golden, output: CaddyOutput, version: Version): Promise<void> {
  const [caddy, format, hosts] = await answersTo(golden, output);
  if (!caddy || !format || !hosts) throw new Error("an answer is missing");
  expect(format.skipped).toBeUndefined();
  const { what, findings = [], like, unformatted } = golden;
  expect({ what, caddy: shownFindings(caddy) }).toEqual({ what, caddy: forVersion(findings, version) });
  const [first] = caddy.findings;
  if (like) expect(`${first?.message}\n${first?.hint}`).toMatch(like);
  const expected = unformatted === undefined ? [] : [`INFO caddy.not-formatted Caddyfile:${unformatted}`];
  expect({ what, format: shownFindings(format) }).toEqual({ what, format: expected });
  if (!golden.hosts) return;
  expect({ what, hosts: shownFindings(hosts) }).toEqual({ what, hosts: golden.hosts.findings });
  const [disagreement] = hosts.findings;
  if (golden.hosts.like) expect(`${disagreement?.message}\n${disagreement?.hint}`).toMatch(golden.hosts.like);
}

function forVersion(expected: Expected | Readonly<Record<Version, Expected>>, version: Version): Expected {
  return Array.isArray(expected) ? expected : (expected as Readonly<Record<Version, Expected>>)[version];
}
