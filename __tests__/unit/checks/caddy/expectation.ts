/** What a golden expects, of a Caddy's words recorded or fresh. */
import { expect } from "@jest/globals";
import type { CaddyOutput } from "../../../../src/checks/caddy/output-files.ts";
import { answersTo, saysOf } from "./golden-answers.ts";
import type { Golden, Says, Version } from "./goldens.ts";

export async function expectGolden(golden: Golden, output: CaddyOutput, version: Version): Promise<void> {
  const [caddy, format, hosts] = await answersTo(golden, output);
  if (!caddy || !format || !hosts) throw new Error("an answer is missing");
  const { what, says = [], like, unformatted, hosts: asked } = golden;
  expect({ what, says: saysOf(caddy) }).toEqual({ what, says: saysFor(says, version) });
  const [first] = caddy.findings;
  if (like) expect(`${first?.message}\n${first?.hint}`).toMatch(like);
  const expected = unformatted === undefined ? [] : [`INFO caddy.not-formatted Caddyfile:${unformatted}`];
  expect({ what, format: saysOf(format) }).toEqual({ what, format: expected });
  if (asked) expect({ what, hosts: saysOf(hosts) }).toEqual({ what, hosts: asked.says });
}

function saysFor(says: Says | Readonly<Record<Version, Says>>, version: Version): Says {
  return Array.isArray(says) ? says : (says as Readonly<Record<Version, Says>>)[version];
}
