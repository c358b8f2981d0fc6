/** What the builder's cache may answer, run after run: a pass may come from it, a failure never. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { expectFailure, expectShipped, failingIds, finding, result } from "./harness/expectations.ts";
import { inSettings, newField, newFieldMigrated } from "./harness/faults.ts";
import { append, type Overlay, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

const django = await onDjango();

/** A fault whose message is another one each time that the check runs. */
const flaky: Overlay = {
  "shop/models.py": append(`

import os

from django.core import checks


@checks.register()
def flaky(app_configs, **kwargs):
    return [checks.Error(os.urandom(16).hex(), id="shop.E001")]
`),
};

it("tells a failure, its fix and the failure again apart; a cache in a registry stays whole", async () => {
  const image = registry.repoName("cache");
  const to = `type=registry,ref=${image}-cache:latest,mode=max`;
  const checks = "system\nmigrations";
  const kept: number[] = [];
  const healthy = project("plain", django, unique());
  const broken = project("plain", django, unique(), newField, flaky);
  const fail = async (number: number) => {
    const tried = await step({ image, "cache-to": to, checks }, { project: broken, number });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["migrations.missing", "shop.E001"]);
    const cache = await registry.manifest(`${image}-cache`, "latest");
    kept.push((cache?.layers.length ?? 0) + (cache?.manifests.length ?? 0));
    expect(tried.log.includes("checking again")).toBe(number === 3);
    return finding(tried, "shop.E001").message;
  };

  const first = await fail(1);
  const fixed = healthy.change(newField, newFieldMigrated);
  await expectShipped(await step({ image, checks }, { project: fixed, number: 2 }), image, "build-2");
  // The same bytes as before: the builder's cache holds the answer, and the check has run again all the same.
  expect(await fail(3)).not.toBe(first);
  expect(await registry.tags(image)).toEqual(["build-2"]);
  expect(kept[0]).toBeGreaterThan(3);
  expect(kept[1]).toBe(kept[0]);
});

it("a cache in a registry stays whole on a builder of its own too", async () => {
  const image = registry.repoName("cache");
  const to = `type=registry,ref=${image}-cache:latest,mode=max`;
  const inputs = { image, builder: "shipshape-container", "cache-to": to, checks: "migrations" };
  const broken = project("plain", django, unique(), newField);
  const kept: number[] = [];
  for (const number of [1, 2]) {
    const tried = await step(inputs, { project: broken, number });
    expectFailure(tried, "Checks failed");
    expect(tried.log.includes("checking again")).toBe(number === 2);
    const cache = await registry.manifest(`${image}-cache`, "latest");
    kept.push((cache?.layers.length ?? 0) + (cache?.manifests.length ?? 0));
  }
  expect(kept[0]).toBeGreaterThan(2);
  expect(kept[1]).toBe(kept[0]);
});

it("a failure that is gone when the same bytes are checked again stops no release", async () => {
  for (let seconds = 8; ; seconds *= 2) {
    const then = Date.now() + seconds * 1000;
    const flaky = {
      "mysite/settings.py": (text: string) =>
        `import time\n${text.replace("DEBUG = False", `DEBUG = time.time() < ${then / 1000}`)}`,
    };
    const image = registry.repoName("flaky");
    const shop = project("plain", django, flaky);
    const failure = await step({ image, checks: "system" }, { project: shop });
    // A busy machine needs more time until it has been checked.
    if (Date.now() >= then) continue;
    expectFailure(failure, "Checks failed");
    expect(failingIds(failure)).toEqual(["security.W018"]);
    await sleep(then + 500 - Date.now());
    const passed = await step({ image, checks: "system" }, { project: shop });
    await expectShipped(passed, image);
    expect(passed.log).toContain("checking again");
    return;
  }
});

describe("a pass", () => {
  it("of the same bytes is believed, and said to be a cached one, but not with other values of env, which are in no build", async () => {
    const needs = inSettings('import os\nassert os.environ["MODE"] == "fine"');
    const plain = project("plain", django, unique(), needs);
    const image = registry.repoName("mode");
    const run = (mode: string, number: number) =>
      step({ image, env: `MODE=${mode}` }, { project: plain, number });

    const fresh = await run("fine", 1);
    await expectShipped(fresh, image, "build-1");
    expect(result(fresh).checks.system?.cached).toBe(false);
    expectFailure(await run("broken", 2), "Checks could not run");
    const again = await run("fine", 3);
    await expectShipped(again, image, "build-3");
    for (const name of ["system", "migrations", "static", "start"])
      expect(result(again).checks[name]).toMatchObject({ status: "passed", cached: true });
  });
});
