/** What people see of a push that takes its time. */
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { djangoImage, onDjango } from "./harness/base.ts";
import { docker } from "./harness/docker.ts";
import { expectShipped } from "./harness/expectations.ts";
import { inDockerfile } from "./harness/faults.ts";
import { directly, moodyRegistry } from "./harness/moody.ts";
import { project, unique } from "./harness/project.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

/** Two layers that no registry has, and that do not get smaller; the larger one takes 24 seconds. */
const BYTES_A_SECOND = 100_000;
const layers = inDockerfile(
  "RUN head -c 600000 /dev/urandom > /small",
  "RUN head -c 2400000 /dev/urandom > /large",
);
const django = await djangoImage();

async function shipSlowly(inputs: Readonly<Record<string, string>>): Promise<Step> {
  const registry = await moodyRegistry(() => undefined, BYTES_A_SECOND);
  const image = registry.repoName("slow");
  // The base is there already: not every engine knows where it could mount it from.
  await docker("buildx", "imagetools", "create", "--tag", `${directly(image)}:base`, django);
  const slow = project("plain", await onDjango(), unique(), layers);
  const shipped = await step({ image, checks: "system", ...inputs }, { project: slow });
  await expectShipped(shipped, image);
  return shipped;
}

function published({ log }: Step): string {
  return log.slice(log.indexOf("::group::Publish"));
}

describe("a push of half a minute", () => {
  let engine: Step;
  let own: Step;
  beforeAll(async () => {
    [engine, own] = await Promise.all([
      shipSlowly({}),
      shipSlowly({ builder: "shipshape-container", summary: "false" }),
    ]);
  });

  it("from the engine tells the bytes of its layers, how far it is, and the sum", () => {
    const log = published(engine);
    expect(log).toMatch(/^[0-9a-f]{12}: Pushed, 60\d\.\d kB$/m);
    expect(log).toMatch(/^[0-9a-f]{12}: Pushed, 2\.4 MB$/m);
    expect(log).toMatch(
      /^pushing … still running, [2-9]\d s, \d+\.\d MB of \d+\.\d MB are in the registry$/m,
    );
    expect(log).toMatch(/^3\.0 MB pushed; the registry had \d+\.\d MB$/m);
  });

  it("from a builder of its own tells that it pushes, and how much that is at most", () => {
    const log = published(own);
    expect(log).toMatch(/^Image: \d+\.\d MB compressed in \d+ layers$/m);
    expect(log).toMatch(/^exporting to image \(pushing layers\) … still running, [2-9]\d s$/m);
    // They were logged when they were made.
    expect(log).not.toMatch(/… cached/);
  });
});
