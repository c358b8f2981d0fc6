/** A builder with a node for linux/amd64 and one for linux/386, which runs natively here too: both are checked. */
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import { WITH_NODES } from "./harness/builders.ts";
import {
  expectFailure,
  expectNothingShipped,
  expectShipped,
  report,
  result,
} from "./harness/expectations.ts";
import { newField } from "./harness/faults.ts";
import { append, type Overlay, project, unique } from "./harness/project.ts";
import { registry } from "./harness/registry.ts";
import { type Step, step } from "./harness/step.ts";

jest.setTimeout(300_000);

const inputs = { builder: WITH_NODES, platforms: "linux/amd64,linux/386" };

/** Each platform's image knows which it is, and a check of the project says so. */
const knowsItself = (says: string): Overlay => ({
  Dockerfile: append("ARG TARGETARCH\nRUN echo $TARGETARCH > /architecture\n"),
  "shop/models.py": append(`

from django.core import checks


@checks.register()
def architecture(app_configs, **kwargs):
    found = open("/architecture").read().strip()
    return ${says}
`),
});

describe("an image that passes on both", () => {
  const image = registry.repoName("nodes");
  const shop = project("plain", unique(), knowsItself('[checks.Info(found, id="shop.I001")]'));
  let attested: Step;
  let bare: Step;
  beforeAll(async () => {
    const annotations = "index:on=the index\nmanifest[linux/386]:on=386";
    attested = await step({ image, ...inputs, annotations, checks: "system" }, { project: shop });
    bare = await step(
      { image, ...inputs, provenance: "false", checks: "system" },
      { project: shop, number: 8 },
    );
  });

  it.each([
    ["with attestations", "build-7", () => attested],
    ["without", "build-8", () => bare],
  ])("is released as one index of both, %s", async (_, tag, step) => {
    const shipped = step();
    await expectShipped(shipped, image, tag);
    const index = await registry.manifest(image, tag);
    const architectures = index?.manifests.map(({ platform }) => platform?.architecture);
    expect(architectures?.filter((one) => one !== "unknown").sort()).toEqual(["386", "amd64"]);
    expect(result(shipped)).toMatchObject({
      platforms: [
        { platform: "linux/amd64", checked: true },
        { platform: "linux/386", checked: true },
      ],
    });
    expect(shipped.log).toMatch(/^2 of 2 platforms checked: linux\/amd64, linux\/386$/m);
  });

  it("was checked on each", () => {
    const found = report(attested).findings.filter(({ id }) => id === "shop.I001");
    expect(found.map(({ message, platforms }) => [message, platforms]).sort()).toEqual([
      ["386", ["linux/386"]],
      ["amd64", ["linux/amd64"]],
    ]);
  });

  it("has the index's annotations, and no tag but its own", async () => {
    expect((await registry.manifest(image, "build-7"))?.annotations).toMatchObject({ on: "the index" });
    // buildx gives what several nodes push the tag `latest`, unless each pushes by itself.
    expect(await registry.tags(image)).toEqual(["build-7", "build-8"]);
  });
});

it("what is found on both is reported once, with its platforms; what one finds refuses both", async () => {
  const image = registry.repoName("nodes");
  const fails = '[checks.Error("fails there", id="shop.E001")] if found == "386" else []';
  const faulty = project("plain", newField, knowsItself(fails), unique());
  const tried = await step({ image, ...inputs, checks: "system\nmigrations" }, { project: faulty });
  expect(expectFailure(tried, "Checks failed").message).toContain("shop.E001");
  const found = report(tried).findings.filter(({ level }) => level === "ERROR");
  expect(found.map(({ id, platforms }) => [id, platforms]).sort()).toEqual([
    ["migrations.missing", ["linux/amd64", "linux/386"]],
    ["shop.E001", ["linux/386"]],
  ]);
  await expectNothingShipped(tried, image);
});
