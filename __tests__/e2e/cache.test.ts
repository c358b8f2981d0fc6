/** What the builder's cache may answer: a pass may come from it, a failure never. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { withNewBuilders } from "./harness/builders.ts";
import { type CacheService, startCacheService } from "./harness/cache-service.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failingIds,
  result,
} from "./harness/expectations.ts";
import { inSettings, newField, newFieldMigrated } from "./harness/faults.ts";
import { type Project, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

/** Settings that misbehave until a moment: equal bytes, another outcome later. */
function untilThen(moment: number, behaviour: string) {
  return inSettings(`import time\nif time.time() < ${moment / 1000}:\n    ${behaviour}`);
}

async function until(moment: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - Date.now())));
}

describe("one builder, run after run", () => {
  it("tells a failure, its fix and the failure again apart", async () => {
    const image = registry.repoName("cache");
    const healthy = project("plain", unique());
    await expectShipped(await step({ image }, { project: healthy, number: 1 }), image, "build-1");

    const broken = healthy.change(newField);
    for (const number of [2, 3]) {
      const failed = await step({ image }, { project: broken, number });
      expectFailure(failed, "Checks failed");
      expect(failingIds(failed)).toEqual(["migrations.missing"]);
    }

    const fixed = broken.change(newFieldMigrated);
    await expectShipped(await step({ image }, { project: fixed, number: 4 }), image, "build-4");

    const again = fixed.change({ "shop/migrations/0002_product_weight.py": null });
    expectFailure(await step({ image }, { project: again, number: 5 }), "Checks failed");
    expect(await registry.tags(image)).toEqual(["build-1", "build-4"]);
  });

  it("believes a cached pass of the same bytes, and says that it was one", async () => {
    const plain = project("plain", unique());
    const image = registry.repoName("fresh");
    const fresh = await step({ image, app: "believed" }, { project: plain });
    await expectShipped(fresh, image);
    expect(result(fresh).checks.system?.cached).toBe(false);
    const second = registry.repoName("believed");
    const cached = await step({ image: second, app: "believed" }, { project: plain });
    await expectShipped(cached, second);
    const { system, migrations, static: files } = result(cached).checks;
    for (const check of [system, migrations, files])
      expect(check).toMatchObject({ status: "passed", cached: true });
  });

  it("gives a timeout, and a flaky failure, another chance", async () => {
    for (let seconds = 20; ; seconds *= 2) {
      const then = Date.now() + seconds * 1000;
      const slow = project("plain", untilThen(then, "time.sleep(3600)"));
      const flaky = project("plain", {
        "mysite/settings.py": (text) =>
          `import time\n${text.replace("DEBUG = False", `DEBUG = time.time() < ${then / 1000}`)}`,
      });
      const images = { slow: registry.repoName("slow"), flaky: registry.repoName("flaky") };
      const both = (timeout: string) =>
        Promise.all([
          step({ image: images.slow, timeout }, { project: slow }),
          step({ image: images.flaky }, { project: flaky }),
        ]);
      const [timeout, failure] = await both("4");
      // A busy machine needs more time until both have been checked.
      if (Date.now() >= then) continue;
      expectFailure(timeout, "Checks could not run");
      await expectNothingShipped(timeout, images.slow);
      expectFailure(failure, "Checks failed");
      expect(failingIds(failure)).toEqual(["security.W018"]);
      await until(then + 1000);
      const [done, passed] = await both("300");
      await expectShipped(done, images.slow);
      await expectShipped(passed, images.flaky);
      return;
    }
  });

  it.each(["default", "shipshape-container"])(
    "leaves a cache in a registry whole when it checks a failure again (builder: %s)",
    async (builder) => {
      const image = registry.repoName("exported");
      const to = `type=registry,ref=${image}-cache:latest,mode=max`;
      const broken = project("plain", unique(), newField);
      const kept: number[] = [];
      for (const number of [1, 2]) {
        const tried = await step({ image, builder, "cache-to": to }, { project: broken, number });
        expectFailure(tried, "Checks failed");
        const cache = await registry.manifest(`${image}-cache`, "latest");
        kept.push((cache?.layers.length ?? 0) + (cache?.manifests.length ?? 0));
        if (number === 2) expect(tried.log).toContain("checking again");
      }
      expect(kept[0]).toBeGreaterThan(3);
      expect(kept[1]).toBe(kept[0]);
    },
  );

  it("checks again when a value of env changed, though no value is part of the build", async () => {
    const plain = project("plain", unique(), inSettings('import os\nassert os.environ["MODE"] == "fine"'));
    const image = registry.repoName("mode");
    const options = (number: number) => ({ project: plain, number });
    await expectShipped(await step({ image, env: "MODE=fine" }, options(1)), image, "build-1");
    expectFailure(await step({ image, env: "MODE=broken" }, options(2)), "Checks could not run");
    const back = await step({ image, env: "MODE=fine" }, options(3));
    await expectShipped(back, image, "build-3");
    const once = await step({ image, env: "MODE=fine" }, options(4));
    await expectShipped(once, image, "build-4");
    expect(result(once).checks.system?.cached).toBe(true);
  });
});

/** Names of the Dockerfile's steps that the builder took from a cache. */
function cachedSteps(tried: Step): string[] {
  return [...tried.log.matchAll(/^.*\b(RUN|COPY|WORKDIR)\b.*… cached$/gm)].map(([, name = ""]) => name);
}

describe("a cache that another builder exported", () => {
  const KINDS = ["registry", "local", "gha"] as const;
  const image = registry.repoName("imported");
  const layers = join(folder("layers"), "cache");
  const sources = {
    registry: `type=registry,ref=${image}-cache:latest`,
    local: `type=local,src=${layers}`,
    gha: "type=gha,scope=shop",
  };
  const shop = project("plain", unique());
  let service: CacheService;

  beforeAll(async () => {
    service = await startCacheService();
    const destinations = [
      `${sources.registry},mode=max`,
      `type=local,dest=${layers},mode=max`,
      `${sources.gha},mode=max`,
    ].join("\n");
    await withNewBuilders(1, async (builder = "") => {
      const inputs = { image, builder, "cache-to": destinations };
      const exported = await step(inputs, { project: shop, number: 1, env: service.env });
      await expectShipped(exported, image, "build-1");
    });
    expect(await registry.tags(`${image}-cache`)).toEqual(["latest"]);
    expect(readdirSync(layers)).toContain("index.json");
    expect(service.keys()).toContainEqual(expect.stringMatching(/^index-shop/));
  }, 300_000);

  /** Ships on a builder that has built nothing yet, with the steps of the cache. */
  async function ship(kind: (typeof KINDS)[number], checkout: Project, number: number): Promise<void> {
    await withNewBuilders(1, async (builder = "") => {
      const inputs = { image, builder, "cache-from": sources[kind] };
      const tried = await step(inputs, { project: checkout, number, env: service.env });
      await expectShipped(tried, image, `build-${number}`);
      expect(cachedSteps(tried)).toContain("RUN");
      for (const name of ["system", "migrations", "static"])
        expect(result(tried).checks[name]?.status).toBe("passed");
    });
  }

  const bytes = async (number: number) => (await registry.image(image, `build-${number}`)).digest;

  it.each(KINDS)("answers for an unchanged image: its bytes are checked and released (%s)", async (kind) => {
    const number = 10 + KINDS.indexOf(kind);
    await ship(kind, shop, number);
    expect(await bytes(number)).toBe(await bytes(1));
  });

  it.each(KINDS)("answers for the steps of a changed image that are as they were (%s)", async (kind) => {
    const number = 20 + KINDS.indexOf(kind);
    await ship(kind, shop.change(unique()), number);
    expect(await bytes(number)).not.toBe(await bytes(1));
  });
});
