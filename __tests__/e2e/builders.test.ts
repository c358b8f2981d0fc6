/** The same promise on every kind of builder. */
import { describe, expect, it, jest } from "@jest/globals";
import { hasImage, stagingNames } from "./harness/docker.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  failingIds,
  report,
  result,
  summaryText,
} from "./harness/expectations.ts";
import { failingRun, missingPng, newField, usesSecret } from "./harness/faults.ts";
import { project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { step } from "./harness/step.ts";

jest.setTimeout(300_000);

describe.each(["shipshape-container", "shipshape-bridged", "shipshape-remote"])("on %s", (builder) => {
  it("ships, and the registry has the digest that was checked, with and without attestations", async () => {
    const plain = project("plain", unique());
    for (const provenance of ["false", ""]) {
      const image = registry.repoName("builder");
      const shipped = await step({ image, builder, provenance }, { project: plain });
      await expectShipped(shipped, image);
      expect(await stagingNames(shipped.outputs.app)).toEqual([]);
      expect(await hasImage(`${image}:build-7`)).toBe(false);
      const top = await registry.manifest(image, "build-7");
      expect(top?.mediaType).toMatch(/^application\/vnd\.oci\.image\./);
      expect(summaryText(shipped)).toMatch(/### Image: [\d.]+ MB compressed in \d+ layers\n/);
      expect(summaryText(shipped)).toContain("RUN pip install");
    }
  });

  it("refuses, and leaves nothing", async () => {
    const image = registry.repoName("builder");
    const tried = await step({ image, builder }, { project: project("plain", newField, missingPng) });
    expectFailure(tried, "Checks failed");
    expect(failingIds(tried)).toEqual(["migrations.missing", "static.missing-reference"]);
    await expectNothingShipped(tried, image);
    // It is in the builder alone, which knows them.
    expect(summaryText(tried)).toMatch(/### Image: [\d.]+ MB compressed in \d+ layers\n/);
    expect(summaryText(tried)).toContain("RUN pip install");
  });

  it("blames the Dockerfile", async () => {
    const image = registry.repoName("builder");
    const tried = await step({ image, builder }, { project: project("plain", failingRun) });
    expect(expectFailure(tried, "Build failed")).toMatchObject({ file: "Dockerfile", line: "4" });
    await expectNothingShipped(tried, image);
  });

  it("leaves a tag with the same bytes as it is, and refuses one with others", async () => {
    const image = registry.repoName("builder");
    const plain = project("plain", unique());
    const first = await step({ image, builder }, { project: plain });
    await expectShipped(first, image);
    const again = await step({ image, builder }, { project: plain });
    await expectShipped(again, image);
    expect(again.outputs.digest).toBe(first.outputs.digest);
    const other = await step({ image, builder }, { project: project("plain", unique()) });
    expectFailure(other, "Publish failed");
    expect((await registry.manifest(image, "build-7"))?.digest).toBe(first.outputs.digest);
  });

  it("keeps a secret", async () => {
    const image = registry.repoName("builder");
    const plain = project("plain", usesSecret);
    const inputs = { image, builder, secrets: "token=tok_55d0a1be", env: "KEY=key_7be2291c" };
    const shipped = await step(inputs, { project: plain });
    await expectShipped(shipped, image);
    const said = shipped.log + shipped.summary + JSON.stringify([shipped.outputs, report(shipped)]);
    expect(said).not.toMatch(/tok_55d0a1be|key_7be2291c/);
    for (const secret of ["tok_55d0a1be", "key_7be2291c"]) {
      expect(await registry.holds(image, "build-7", secret)).toBe(false);
    }
  });

  it("load puts the image into the engine as well", async () => {
    const image = registry.repoName("builder");
    const { docker } = await import("./harness/docker.ts");
    const { afterwards } = await import("./harness/temporary.ts");
    afterwards(async () => void (await docker("image", "rm", "--force", `${image}:build-7`)));
    await expectShipped(await step({ image, builder, load: "true" }, { project: project("plain") }), image);
    expect(await hasImage(`${image}:build-7`)).toBe(true);
  });
});

describe("the builder's network", () => {
  it("is closed to the checks on every builder", async () => {
    const overlay = {
      "shop/apps.py": `import socket

from django.apps import AppConfig
from django.core.checks import Error, register


def own(app_configs, **kwargs):
    names = [name for _, name in socket.if_nameindex()]
    return [] if names == ["lo"] else [Error(f"there is a network: {names}", id="shop.E001")]


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        register(own)
`,
    };
    for (const builder of ["", "shipshape-container", "shipshape-bridged", "shipshape-remote"]) {
      const image = registry.repoName("network");
      const tried = await step({ image, builder, push: "false" }, { project: project("plain", overlay) });
      expect({ builder, status: result(tried).status, code: tried.code }).toEqual({
        builder,
        status: "passed",
        code: 0,
      });
    }
  });
});

it("asks a builder without a history of its builds to keep one", async () => {
  const image = registry.repoName("forgetful");
  const tried = await step(
    { image, builder: "shipshape-forgetful" },
    { project: project("plain", unique()) },
  );
  expect(expectFailure(tried, "Checks could not run").message).toMatch(
    /shipshape-forgetful keeps no history of its builds.*`\[history\]`.*`maxEntries` above 0/,
  );
  await expectNothingShipped(tried, image);
});
