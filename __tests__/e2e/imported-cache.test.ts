/** A cache that another builder exported: a builder that has built nothing yet takes the image's steps from it. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it, jest } from "@jest/globals";
import { onDjango } from "./harness/base.ts";
import { withNewBuilder } from "./harness/builders.ts";
import { type CacheService, startCacheService } from "./harness/cache-service.ts";
import { expectShipped, result } from "./harness/expectations.ts";
import { type Project, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";
import { folder } from "./harness/temporary.ts";

jest.setTimeout(300_000);

const KINDS = ["registry", "local", "gha"] as const;
type Kind = (typeof KINDS)[number];

const layers = join(folder("layers"), "cache");
const django = await onDjango();

interface Shop {
  readonly image: string;
  readonly checkout: Project;
  /** Where its cache is, as `cache-from` and `cache-to` write it. */
  readonly from: string;
  readonly to: string;
}

/** A shop for each kind of cache, with a step of its own that makes other bytes each time that it runs. */
const shops = Object.fromEntries(
  KINDS.map((kind) => {
    const image = registry.repoName(`imported-${kind}`);
    const checkout = project("plain", django, unique(), {
      // Of a local cache, BuildKit may execute the step right in front of the first one that changed: RUN is not that one.
      Dockerfile: (text) =>
        text.replace(
          "WORKDIR",
          `RUN echo ${kind} && head -c 16 /dev/urandom | od -An -tx1 > /stamp\nWORKDIR`,
        ),
    });
    const [from, to] = {
      registry: [`type=registry,ref=${image}-cache:latest`, `type=registry,ref=${image}-cache:latest`],
      local: [`type=local,src=${layers}`, `type=local,dest=${layers}`],
      gha: ["type=gha,scope=shop", "type=gha,scope=shop"],
    }[kind] as [string, string];
    return [kind, { image, checkout, from, to: `${to},mode=max` }];
  }),
) as Record<Kind, Shop>;
let service: CacheService;

beforeAll(async () => {
  service = await startCacheService();
  await withNewBuilder(async (builder) => {
    for (const { image, checkout, to } of Object.values(shops)) {
      const inputs = { image, builder, "cache-to": to, checks: "system" };
      const exported = await step(inputs, { project: checkout, number: 1, env: service.env });
      await expectShipped(exported, image, "build-1");
      expect(await stamp(image, 1)).toMatch(/[0-9a-f]/);
    }
  });
  expect(await registry.tags(`${shops.registry.image}-cache`)).toEqual(["latest"]);
  expect(readdirSync(layers)).toContain("index.json");
  expect(service.keys()).toContainEqual(expect.stringMatching(/^index-shop/));
}, 300_000);

/** Ships the shops on a builder that has built none of them yet, each with its own cache, and their steps are the cache's. */
async function shipAll(number: number, checkoutOf: (shop: Shop) => Project): Promise<void> {
  await withNewBuilder(async (builder) => {
    for (const shop of Object.values(shops)) {
      const { image, from } = shop;
      const inputs = { image, builder, "cache-from": from, checks: "system" };
      const tried = await step(inputs, { project: checkoutOf(shop), number, env: service.env });
      await expectShipped(tried, image, `build-${number}`);
      // Not by the log: BuildKit may report a step twice, and that it is cached only with the second record.
      expect([image, await stamp(image, number)]).toEqual([image, await stamp(image, 1)]);
      expect(result(tried).checks.system?.status).toBe("passed");
    }
  });
}

const stamp = (image: string, number: number) => registry.file(image, `build-${number}`, "stamp");
const bytes = async (image: string, number: number) =>
  (await registry.image(image, `build-${number}`)).digest;

it("answers for an unchanged image: its bytes are checked and released (registry, local and gha)", async () => {
  await shipAll(2, ({ checkout }) => checkout);
  for (const { image } of Object.values(shops)) expect(await bytes(image, 2)).toBe(await bytes(image, 1));
});

it("answers for the steps of a changed image that are as they were (registry, local and gha)", async () => {
  await shipAll(3, ({ checkout }) => checkout.change(unique()));
  for (const { image } of Object.values(shops)) expect(await bytes(image, 3)).not.toBe(await bytes(image, 1));
});

it("that has lost a layer costs the time to build it again, and nothing else", async () => {
  const { image, checkout, from } = shops.local;
  const blobs = join(layers, "blobs", "sha256");
  // Those of the base image are in its registry. A layer begins as all gzip files do.
  const lost = readdirSync(blobs).filter((name) => {
    const blob = readFileSync(join(blobs, name));
    return blob.length < 100_000 && blob.readUInt16BE(0) === 0x1f8b;
  });
  for (const name of lost) rmSync(join(blobs, name));
  await withNewBuilder(async (builder) => {
    const changed = checkout.change(unique(), { Dockerfile: (text) => `${text}\nRUN ls / | wc -l\n` });
    const inputs = { image, builder, "cache-from": from, checks: "system" };
    const tried = await step(inputs, { project: changed, number: 4, env: service.env });
    expect(tried.log).toMatch(
      /The build failed, and no step of the Dockerfile did: .*Trying once more, without external caches\./,
    );
    await expectShipped(tried, image, "build-4");
    expect(tried.commands.filter(({ name }) => name === "error")).toEqual([]);
  });
});
