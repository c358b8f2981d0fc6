import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { solveChecks } from "../../../../src/checks/django/run.ts";
import type { BakeOptions, Docker, Solved } from "../../../../src/docker/docker.ts";
import type { Event } from "../../../../src/docker/progress.ts";
import { aRequest, aSite, CONTAINERD } from "../../samples.ts";

it("the check solve tells that it has begun with its first word, and of the image when it is exported", async () => {
  const told: string[] = [];
  const baking = Promise.withResolvers<Solved>();
  const hearing = Promise.withResolvers<BakeOptions["hear"]>();
  const docker = {
    bake: (_: unknown, { hear }: BakeOptions) => {
      hearing.resolve(hear);
      return baking.promise;
    },
  } as unknown as Docker;
  const folder = mkdtempSync(join(tmpdir(), "shipshape-unit-"));
  const site = aSite({ reportFolder: join(folder, "report") });
  const solving = solveChecks(
    {
      docker,
      builder: CONTAINERD,
      request: aRequest(),
      site,
      folder: "/tmp",
      listen: () => () => {},
      say: () => {},
    },
    { begun: () => told.push("begun"), loaded: () => told.push("loaded") },
  );
  const hear = await hearing.promise;
  expect(told).toEqual([]);
  hear({ type: "started", step: "a", name: "[image internal] load build definition" });
  expect(told).toEqual(["begun"]);
  const exported: Event = {
    ...{ type: "completed", step: "b", name: "[image] exporting to image", cached: false, seconds: 1 },
    ...{ error: undefined, started: 0, inputs: [], bytes: 0 },
  };
  hear(exported);
  expect(told).toEqual(["begun", "begun", "loaded"]);
  baking.reject(new Error("enough"));
  await expect(solving).rejects.toThrow("enough");
  rmSync(folder, { recursive: true });
});
