/** The promise while other builds run: apps with the same first steps are built, checked and released at the same time. */
import { expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { expectChecked, expectShipped } from "./harness/expectations.ts";
import { inDockerfile, stamped } from "./harness/faults.ts";
import { gate } from "./harness/gate.ts";
import { firstStep, type Overlay, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

const django = await onDjango();

it.each([
  { builder: "shipshape-container", steps: "that the cache does not have yet", inputs: {} },
  { builder: "shipshape-remote", steps: "that take nothing from the cache", inputs: { "no-cache": "true" } },
])(
  "an image is released while others with the same first steps are built, $steps (builder: $builder)",
  async ({ builder, inputs }) => {
    const first = firstStep();
    const hold = await gate();
    const ships = async (name: string, ...more: Overlay[]) => {
      const image = registry.repoName(name);
      const shop = project("plain", django, unique(), stamped, first, ...more);
      const wishes = { image, builder, run: "test -s /stamp", checks: "system", ...inputs };
      const tried = await step(wishes, { project: shop });
      await expectShipped(tried, image, "build-7");
      await expectChecked(tried, image);
    };
    // The third app is still in its build while the first two are checked and released.
    const early = [ships("first"), ships("second")];
    void Promise.allSettled(early).then(hold.open);
    const third = ships("third", inDockerfile(hold.instruction));
    const apps = await Promise.allSettled([...early, third]);
    expect(apps.filter(({ status }) => status === "rejected")).toEqual([]);
  },
);
