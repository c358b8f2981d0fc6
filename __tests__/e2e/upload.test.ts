/** What people see of a push that takes its time. */
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { expectShipped } from "./harness/expectations.ts";
import { inDockerfile } from "./harness/faults.ts";
import { directly, moodyRegistry } from "./harness/moody.ts";
import { project, unique } from "./harness/project.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Two layers that no registry has, and that do not get smaller; the larger one takes 24 seconds. */
const BYTES_A_SECOND = 1_000_000;
const layers = inDockerfile(
  "RUN head -c 6000000 /dev/urandom > /small",
  "RUN head -c 24000000 /dev/urandom > /large",
);

async function shipSlowly(inputs: Readonly<Record<string, string>>): Promise<Step> {
  const registry = await moodyRegistry(() => undefined, BYTES_A_SECOND);
  const image = registry.repoName("slow");
  // The base is there already: not every engine knows where it could mount it from.
  const before = await step({ image: directly(image), ...inputs }, { project: project("plain"), number: 1 });
  await expectShipped(before, directly(image), "build-1");
  const shipped = await step({ image, ...inputs }, { project: project("plain", unique(), layers) });
  await expectShipped(shipped, image);
  return shipped;
}

function published({ log }: Step): string {
  return log.slice(log.indexOf("::group::Publish"));
}

describe("a push of half a minute", () => {
  let engine: Step;
  let bare: Step;
  let own: Step;
  beforeAll(async () => {
    [engine, bare, own] = await Promise.all([
      shipSlowly({}),
      shipSlowly({ provenance: "false" }),
      shipSlowly({ builder: "shipshape-container", summary: "false" }),
    ]);
  });

  it.each([
    ["with attestations", () => engine],
    ["without", () => bare],
  ])("from the engine tells the bytes of its layers, how far it is, and the sum (%s)", (_, shipped) => {
    const log = published(shipped());
    expect(log).toMatch(/^[0-9a-f]{12}: Pushed, 6\.0 MB$/m);
    expect(log).toMatch(/^[0-9a-f]{12}: Pushed, 24\.0 MB$/m);
    expect(log).toMatch(/^pushing … still running, 2\d s, \d+\.\d MB of \d+\.\d MB are in the registry$/m);
    expect(log).toMatch(/^30\.\d MB pushed; the registry had \d+\.\d MB$/m);
  });

  it("from a builder of its own tells that it pushes, and how much that is at most", () => {
    const log = published(own);
    expect(log).toMatch(/^Image: \d+\.\d MB compressed in \d+ layers$/m);
    expect(log).toMatch(/^exporting to image \(pushing layers\) … still running, 2\d s$/m);
    // They were logged when they were made.
    expect(log).not.toMatch(/… cached/);
  });
});
