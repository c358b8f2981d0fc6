/** What the reporters are told, for the tests of this room. */
import type { Outcome } from "../../../src/reporters/outcome.ts";
import type { Step } from "../../../src/reporters/trace.ts";
import type { Checkout } from "../../../src/request/checkout.ts";
import { aBuiltImage, aRelease, aRequest, aVerdict } from "../samples.ts";

/** A pass that was released. */
export function aPass(more: Partial<Outcome> = {}): Outcome {
  return {
    app: "shop",
    request: aRequest(),
    image: aBuiltImage(),
    verdict: aVerdict(),
    release: aRelease(),
    ...more,
  };
}

export const CHECKOUT: Checkout = {
  folder: "",
  sha: "c0ffee",
  source: "https://github.com/acme/shop",
  annotated: true,
};

/** A step that is done. */
export function aStep(more: Partial<Step> = {}): Step {
  return {
    type: "completed",
    step: "sha256:a",
    name: "[image build 1/2] RUN make",
    cached: false,
    seconds: 1,
    error: undefined,
    started: 0,
    inputs: [],
    bytes: 0,
    ...more,
  };
}
