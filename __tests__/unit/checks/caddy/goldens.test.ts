import { describe, it } from "@jest/globals";
import { expectGolden } from "./expectation.ts";
import { GOLDENS, type Version } from "./goldens.ts";
import { recorded } from "./recorded.ts";

describe.each<Version>(["2.6", "2.11"])("Caddy %s", (version) => {
  const outputOf = recorded(version);
  it.each(GOLDENS)("$what", (golden) => expectGolden(golden, outputOf(golden.what), version));
});
