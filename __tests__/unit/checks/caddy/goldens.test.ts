import { describe, it } from "@jest/globals";
import { ALL_GOLDENS, type Version } from "./all-goldens.ts";
import { expectGolden } from "./expectation.ts";
import { recorded } from "./recorded.ts";

describe.each<Version>(["2.6", "2.11"])("Caddy %s", (version) => {
  const outputOf = recorded(version);
  it.each(ALL_GOLDENS)("$what", (golden) => expectGolden(golden, outputOf(golden.what), version));
});
