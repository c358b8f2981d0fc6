import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Docker } from "../../../src/docker/docker.ts";
import { buildStage } from "../../../src/image/base-image.ts";
import type { Stage } from "../../../src/image/target.ts";
import { CLASSIC, OWN, TWO_NODES } from "../samples.ts";
import { ended, FakeBuilder, failed, solved } from "./fake-builder.ts";

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stage-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const STAGE: Stage = {
  name: "stage",
  platform: "",
  target: { context: "/ws", target: "dev", "cache-from": ["type=gha"] },
  staging: "shipshape/x:staging-stage",
  allow: ["network.host"],
  secrets: new Map([["SHIPSHAPE_BUILD_SECRET_0", "s3cret"]]),
};
const HOW = { context: "/ctx", explain: ({ reason }: { reason: string }) => `not built: ${reason}` };
const CONFIG = '{"config":{"User":"dev"}}';
const MANIFEST = JSON.stringify({ config: { digest: digestOf(CONFIG) } });
const BUILT = solved([], {
  stage: {
    "containerimage.digest": digestOf(MANIFEST),
    "containerimage.config.digest": digestOf(CONFIG),
    "buildx.build.ref": "cont/cont0/r9",
  },
});
const HISTORY: Partial<Docker> = {
  builtBlob: async (record, one) =>
    record !== "r9" ? undefined : one === digestOf(MANIFEST) ? MANIFEST : CONFIG,
};

describe("a stage that a check runs in", () => {
  it("is built in a solve of its own, and named by its bytes", async () => {
    const fake = new FakeBuilder([BUILT], HISTORY);
    const base = await buildStage(fake.solver({ folder, builder: OWN }), STAGE, HOW);
    expect(fake.folders).toEqual([join(folder, "stage-solve")]);
    expect(fake.asked[0]).toMatchObject({
      targets: ["stage"],
      allow: ["network.host"],
      secrets: STAGE.secrets,
    });
    expect(base.context.startsWith(`oci-layout://${join(folder, "layout-stage")}@sha256:`)).toBe(true);
    expect(base).toMatchObject({ platform: "", config: { User: "dev" } });
  });

  it("is named with its platform, so that the check runs on the same node", async () => {
    const fake = new FakeBuilder([BUILT], HISTORY);
    const stage = {
      ...STAGE,
      platform: "linux/arm64",
      target: { ...STAGE.target, platforms: ["linux/arm64"] },
    };
    const base = await buildStage(fake.solver({ folder, builder: TWO_NODES }), stage, HOW);
    expect(base.platform).toBe("linux/arm64");
    expect(base.layers?.file.target.layers?.platforms).toEqual(["linux/arm64"]);
  });

  it("can have its layers brought from the cache that it was built with", async () => {
    const fake = new FakeBuilder([BUILT], HISTORY);
    const { layers } = await buildStage(fake.solver({ folder, builder: OWN }), STAGE, HOW);
    expect(layers).toMatchObject({
      targets: ["layers"],
      secrets: STAGE.secrets,
      file: {
        target: {
          image: { context: "/ws", target: "dev", output: ["type=cacheonly"] },
          layers: { context: "/ctx", "cache-from": ["type=gha"] },
        },
      },
    });
  });

  it("has a name of its own on the classic store", async () => {
    const fake = new FakeBuilder([BUILT], { imageConfig: async () => '{"config":{"User":"dev"}}' });
    const base = await buildStage(fake.solver({ folder, builder: CLASSIC }), STAGE, HOW);
    expect(base).toMatchObject({ context: "docker-image://shipshape/x:staging-stage", layers: undefined });
  });

  it("that could not be built ends the check with the reason", async () => {
    const lost = failed("ERROR: context deadline exceeded");
    const fake = new FakeBuilder([lost, lost]);
    await expect(buildStage(fake.solver({ folder, builder: OWN }), STAGE, HOW)).rejects.toMatchObject({
      kind: "Build failed",
      message: "not built: context deadline exceeded",
    });
  });

  it("is cancelled with the job", async () => {
    const fake = new FakeBuilder([ended("cancelled")]);
    await expect(buildStage(fake.solver({ folder, builder: OWN }), STAGE, HOW)).rejects.toMatchObject({
      kind: "Cancelled",
    });
  });
});
