/** A cache that another builder exported: a builder that has built nothing yet takes the image's steps from it. */
import { readdirSync } from "node:fs";
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

const image = registry.repoName("imported");
const layers = join(folder("layers"), "cache");
const sources: Readonly<Record<Kind, string>> = {
  registry: `type=registry,ref=${image}-cache:latest`,
  local: `type=local,src=${layers}`,
  gha: "type=gha,scope=shop",
};
/** Its image has a step that makes other bytes each time that it runs. */
const shop = project("plain", await onDjango(), unique(), {
  // Of a local cache, BuildKit may execute the step right in front of the first one that changed: RUN is not that one.
  Dockerfile: (text) =>
    text.replace("WORKDIR", "RUN head -c 16 /dev/urandom | od -An -tx1 > /stamp\nWORKDIR"),
});
let service: CacheService;

beforeAll(async () => {
  service = await startCacheService();
  const destinations = [
    `${sources.registry},mode=max`,
    `type=local,dest=${layers},mode=max`,
    `${sources.gha},mode=max`,
  ].join("\n");
  await withNewBuilder(async (builder) => {
    const inputs = { image, builder, "cache-to": destinations, checks: "system" };
    const exported = await step(inputs, { project: shop, number: 1, env: service.env });
    await expectShipped(exported, image, "build-1");
  });
  expect(await registry.tags(`${image}-cache`)).toEqual(["latest"]);
  expect(await stamp(1)).toMatch(/[0-9a-f]/);
  expect(readdirSync(layers)).toContain("index.json");
  expect(service.keys()).toContainEqual(expect.stringMatching(/^index-shop/));
}, 300_000);

/** Ships on a builder that has built nothing yet, and the step is the cache's. */
async function ship(kind: Kind, checkout: Project, number: number): Promise<void> {
  await withNewBuilder(async (builder) => {
    const inputs = { image, builder, "cache-from": sources[kind], checks: "system" };
    const tried = await step(inputs, { project: checkout, number, env: service.env });
    await expectShipped(tried, image, `build-${number}`);
    // Not by the log: BuildKit may report a step twice, and that it is cached only with the second record.
    expect(await stamp(number)).toBe(await stamp(1));
    expect(result(tried).checks.system?.status).toBe("passed");
  });
}

const stamp = (number: number) => registry.file(image, `build-${number}`, "stamp");
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
